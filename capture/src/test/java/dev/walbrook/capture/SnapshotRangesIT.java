package dev.walbrook.capture;

import static dev.walbrook.capture.SnapshotMarker.FIRST;
import static dev.walbrook.capture.SnapshotMarker.FIRST_IN_TABLE;
import static dev.walbrook.capture.SnapshotMarker.LAST;
import static dev.walbrook.capture.SnapshotMarker.LAST_IN_TABLE;
import static dev.walbrook.capture.SnapshotMarker.MIDDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.walbrook.testkit.Seeds;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that several connections read at the same time, in ranges of few blocks. */
@Timeout(120)
class SnapshotRangesIT {

    private static final int CONNECTIONS = 3;
    private static final long BLOCK = 8192;
    private static final Duration SOON = Duration.ofSeconds(5);

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestPostgres.source().createDatabase();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "CREATE TABLE t (id int, v text)",
                "CREATE TABLE t (id int, v text) PARTITION BY RANGE (id);"
                        + " CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (MINVALUE) TO (200);"
                        + " CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (200) TO (9000) PARTITION BY HASH (id);"
                        + " CREATE TABLE t2a PARTITION OF t2 FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
                        + " CREATE TABLE t2b PARTITION OF t2 FOR VALUES WITH (MODULUS 2, REMAINDER 1);"
                        + " CREATE TABLE t3 PARTITION OF t FOR VALUES FROM (9000) TO (MAXVALUE)"
            })
    void everyRowOfTheSnapshotComesOnce(String definition) throws Exception {
        Random random = Seeds.random();
        database.execute(definition);
        database.execute(
                "SELECT setseed(" + random.nextDouble() + ")",
                "INSERT INTO t SELECT i, repeat(md5(i::text), (random() * random() * 100)::int)"
                        + " FROM generate_series(1, 3000) i",
                "DELETE FROM t WHERE random() < 0.3",
                "UPDATE t SET v = v || 'u' WHERE random() < 0.3");
        if (random.nextBoolean()) {
            database.execute("VACUUM t");
        }
        database.query("SELECT relid::regclass FROM pg_partition_tree('t') WHERE isleaf UNION SELECT 't'::regclass")
                .forEach(table -> database.execute("ALTER TABLE " + table.get(0) + " REPLICA IDENTITY FULL"));
        List<String> expected = rows();
        try (CapturedStream stream =
                CapturedStream.start(settings(true, ranges(4, 1), 1), null).until(lines -> !lines.isEmpty())) {
            database.execute("UPDATE t SET v = 'late' WHERE id % 3 = 0", "DELETE FROM t WHERE id % 3 = 1");
            database.execute("INSERT INTO t SELECT i, 'late' FROM generate_series(10001, 11000) i");

            stream.until(lines -> lines.size() >= expected.size());

            List<String> read = stream.lines().subList(0, expected.size());
            assertThat(read.stream().map(line -> line.substring(line.indexOf('['))))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertMarkers(stream, expected.size());
            stream.until(lines -> lines.get(lines.size() - 1).startsWith("CREATE t - [11000, "));
        }
    }

    @Test
    void marksRowsOfSmallAndAllButEmptyTables() throws Exception {
        database.execute(
                "CREATE TABLE a (id int, v text)",
                "CREATE TABLE b (id int, v text)",
                "CREATE TABLE c (id int, v text)",
                "CREATE TABLE d (id int, v text)",
                "CREATE TABLE e (id int, v text)",
                "INSERT INTO a SELECT i, repeat('x', 1000) FROM generate_series(1, 200) i",
                "DELETE FROM a WHERE id <> 150",
                "INSERT INTO c SELECT i, repeat('x', 1000) FROM generate_series(1, 200) i",
                "DELETE FROM c WHERE id NOT IN (20, 170)",
                "INSERT INTO d VALUES (1, 'x')",
                "INSERT INTO e SELECT i, repeat('x', 1000) FROM generate_series(1, 200) i",
                "DELETE FROM e");

        try (CapturedStream stream = CapturedStream.start(settings(false, ranges(5, 1), 1 << 20), null)
                .until(lines -> lines.size() == 4)) {

            assertMarkers(stream, 4);
            Map<String, List<SnapshotMarker>> markers = byTable(stream, 4);
            assertThat(markers).hasSize(3);
            assertThat(markers.get("a")).containsAnyOf(FIRST, LAST).hasSize(1);
            assertThat(markers.get("c")).startsWith(FIRST_IN_TABLE).hasSize(2);
            assertThat(markers.get("d")).containsAnyOf(LAST_IN_TABLE, LAST).hasSize(1);
        }
    }

    @Test
    void rangesKeepToTheRowFilterOfThePublication() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, repeat('x', 500) FROM generate_series(1, 1000) i",
                "CREATE PUBLICATION walbrook FOR TABLE t WHERE (id < 100 OR id > 900)");
        CaptureSettings settings = CapturedStream.settings(
                CapturedStream.connection(database),
                new TableFilter(null, null, "public.*", null),
                100,
                1 << 20,
                snapshot(ranges(4, 1), null));

        try (CapturedStream stream = CapturedStream.start(settings, null).until(lines -> lines.size() == 199)) {
            assertMarkers(stream, 199);
        }
    }

    @Test
    void theServerReadsTheBlocksOfARangeAlone() throws Exception {
        database.execute(
                "CREATE TABLE t (id int, v text) PARTITION BY RANGE (id)",
                "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (5000)",
                "CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (5000) TO (10000)",
                "INSERT INTO t SELECT i, repeat('x', 500) FROM generate_series(0, 9999) i");

        for (String condition : BlockRanges.conditions(List.of(300L, 300L), 3, 1)) {
            String plan = database.query("EXPLAIN SELECT id, v FROM t WHERE " + condition)
                    .toString();

            assertThat(plan).contains("Tid Range Scan on t1").contains("Tid Range Scan on t2");
        }
    }

    @Test
    void anInterruptedSnapshotIsReadAgainWhole() throws Exception {
        createLarge();
        CapturePosition interrupted;
        try (CapturedStream stream = heldUp(null)) {
            interrupted = stream.position();
        }

        try (CapturedStream stream = CapturedStream.start(settings(false, ranges(4, 1), 1 << 20), interrupted)) {
            stream.until(lines -> lines.size() == 2000);

            assertThat(stream.lines()).doesNotHaveDuplicates().allMatch(line -> line.startsWith("READ "));
            assertMarkers(stream, 2000);
        }
    }

    @Test
    void stopsSoonWhileNobodyTakesRows() throws Exception {
        createLarge();
        CapturedStream stream = heldUp(null);

        assertTimeoutPreemptively(SOON, stream::close);

        await().until(() -> database.query("SELECT 1 FROM pg_stat_activity WHERE application_name LIKE"
                        + " 'walbrook snapshot%' AND datname = current_database()")
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAlterWaitsForTheRangesAndTheyDoNotWaitForIt(boolean shared) throws Exception {
        createLarge();
        database.execute("CREATE TABLE u AS SELECT * FROM t");

        try (CapturedStream stream = heldUp(shared ? SOON : null)) {
            CompletableFuture<Void> alter =
                    CompletableFuture.runAsync(() -> database.execute("ALTER TABLE t ADD COLUMN w int"));
            await().until(() -> waits("ALTER TABLE"));

            stream.until(lines -> lines.size() == 4000);

            assertMarkers(stream, 4000);
            alter.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void connectionsThatWaitForTheSameLockLetOthersGoBetween() throws Exception {
        createLarge();
        try (Connection holder = database.connection();
                Connection first = database.connection();
                Connection second = database.connection();
                Statement statement = holder.createStatement()) {
            List.of(holder, first, second).forEach(SnapshotRangesIT::begin);
            statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Void> locked = CompletableFuture.runAsync(() -> lock(List.of(first, second)));
            await().until(() -> waits("SELECT * FROM t"));
            CompletableFuture<Void> alter =
                    CompletableFuture.runAsync(() -> database.execute("ALTER TABLE t ADD COLUMN w int"));
            await().until(() -> waits("ALTER TABLE"));

            holder.rollback();

            alter.get(10, TimeUnit.SECONDS);
            locked.get(10, TimeUnit.SECONDS);
            assertThat(database.query("SELECT 1 FROM pg_locks WHERE relation = 't'::regclass AND granted"
                            + " AND mode = 'AccessShareLock'"))
                    .hasSize(2);
        }
    }

    private static void begin(Connection connection) {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void lock(List<Connection> connections) {
        try {
            new SnapshotLocks(connections, () -> false).lock("SELECT * FROM t");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPartitionThatIsAttachedWhileRangesAreReadIsNotReadInPart() throws Exception {
        database.execute(
                "CREATE TABLE t (id int, v text) PARTITION BY RANGE (id)",
                "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (5000)",
                "INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 1000) i",
                "CREATE TABLE late (id int, v text)",
                "INSERT INTO late SELECT i, repeat('x', 1000) FROM generate_series(5001, 6000) i");
        try (CapturedStream stream =
                CapturedStream.start(settings(true, ranges(4, 1), 1), null).until(lines -> !lines.isEmpty())) {
            database.execute("ALTER TABLE t ATTACH PARTITION late FOR VALUES FROM (5000) TO (10000)");

            stream.until(lines -> stream.markers().contains(LAST));

            List<String> lastAttempt = stream.lines()
                    .subList(stream.lines().size() - 2000, stream.lines().size());
            assertThat(lastAttempt).doesNotHaveDuplicates().allMatch(line -> line.startsWith("READ t "));
        }
    }

    private void createLarge() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, repeat('x', 300) FROM generate_series(1, 2000) i");
    }

    private List<String> rows() {
        return database.query("SELECT id, v FROM t").stream()
                .map(List::toString)
                .toList();
    }

    private boolean waits(String statement) {
        return !database.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '"
                        + statement + "%' AND datname = current_database()")
                .isEmpty();
    }

    /** The first and the last row of each table, and of all, are marked, and those alone. */
    private static void assertMarkers(CapturedStream stream, int rows) {
        assertThat(stream.markers().subList(0, rows)).endsWith(LAST).containsOnlyOnce(LAST);
        byTable(stream, rows).forEach((table, markers) -> {
            if (markers.size() > 1) {
                assertThat(markers.get(0)).as("first of %s", table).isIn(FIRST, FIRST_IN_TABLE);
                assertThat(markers.get(markers.size() - 1))
                        .as("last of %s", table)
                        .isIn(LAST, LAST_IN_TABLE);
                assertThat(markers.subList(1, markers.size() - 1))
                        .as("of %s", table)
                        .allMatch(MIDDLE::equals);
            }
        });
    }

    private static Map<String, List<SnapshotMarker>> byTable(CapturedStream stream, int rows) {
        Map<String, List<SnapshotMarker>> markers = new LinkedHashMap<>();
        for (int i = 0; i < rows; i++) {
            String table = stream.lines().get(i).split(" ", 3)[1];
            markers.computeIfAbsent(table, any -> new ArrayList<>())
                    .add(stream.markers().get(i));
        }
        return markers;
    }

    private CapturedStream heldUp(@Nullable Duration lockTimeout) throws InterruptedException {
        // A hand-over of one byte takes no second chunk before the first is taken.
        CaptureSettings settings = CapturedStream.settings(
                CapturedStream.connection(database),
                new TableFilter(null, null, "public.*", null),
                100,
                1,
                snapshot(ranges(4, 1), lockTimeout));
        return CapturedStream.start(settings, null).until(lines -> !lines.isEmpty());
    }

    private static RangeSettings ranges(int perConnection, int smallestBlocks) {
        return new RangeSettings(perConnection, Map.of(), smallestBlocks * BLOCK);
    }

    private static SnapshotSettings snapshot(RangeSettings ranges, @Nullable Duration lockTimeout) {
        return CapturedStream.snapshot(SnapshotMode.INITIAL, lockTimeout, CONNECTIONS, ranges);
    }

    private CaptureSettings settings(boolean viaPartitionRoot, RangeSettings ranges, long handOverBytes) {
        CaptureSettings base = CapturedStream.settings(database);
        return new CaptureSettings(
                base.name(),
                base.connection(),
                base.slot(),
                base.failoverSlot(),
                base.dropSlotOnStop(),
                base.publication(),
                base.publicationMode(),
                viaPartitionRoot,
                new TableFilter(null, null, viaPartitionRoot ? "public.t" : "public.*", null),
                snapshot(ranges, null),
                base.chunkEvents(),
                handOverBytes,
                base.position(),
                base.statusInterval(),
                base.slotRetries(),
                base.slotRetryDelay(),
                base.maxRetries(),
                base.maxRetryDelay(),
                base.details());
    }
}
