package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.walbrook.capture.SnapshotPolicy.Reads;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots while others change the tables, while the connector is stopped and started, and while locks are in the way. */
@Timeout(120)
class SnapshotConcurrencyIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestPostgres.source().createDatabase();
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY, v text)",
                "INSERT INTO a SELECT i, repeat('x', 100) FROM generate_series(1, 5000) i",
                "CREATE TABLE b (id int PRIMARY KEY, v int)",
                "INSERT INTO b VALUES (1, 1), (2, 2)");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void aTableDroppedBeforeItIsReadHasNoRows() throws Exception {
        try (CapturedStream stream = heldUpInA(snapshot(SnapshotMode.INITIAL))) {
            database.execute("DROP TABLE b", "INSERT INTO a VALUES (6000, 'y')");

            stream.until(lines -> lines.contains("CREATE a - [6000, y]"));

            assertThat(stream.lines()).hasSize(5001);
            assertThat(stream.markers().get(4999)).isEqualTo(SnapshotMarker.LAST);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE b RENAME TO c",
                "ALTER TABLE b RENAME COLUMN v TO w",
                "ALTER TABLE b ALTER COLUMN v TYPE bigint",
                "TRUNCATE b; INSERT INTO b VALUES (1, 1), (2, 2)"
            })
    void aTableChangedBeforeItIsReadLosesNoRows(String change) throws Exception {
        try (CapturedStream stream = heldUpInA(snapshot(SnapshotMode.INITIAL))) {
            database.execute(change);

            stream.until(lines -> lines.stream()
                            .filter(line -> line.matches("READ [bc] - \\[[12], [12]\\]"))
                            .count()
                    == 2);
        }
    }

    @Test
    void anAlterWaitsForASnapshotThatLocks() throws Exception {
        try (CapturedStream stream = heldUpInA(snapshot(SnapshotMode.INITIAL, SOON, 1))) {
            try (Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET lock_timeout = '100ms'");
                assertThatThrownBy(() -> statement.execute("ALTER TABLE b RENAME TO c"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("lock timeout");
            }
            stream.until(lines -> lines.size() == 5002);
            await().untilAsserted(() -> database.execute("SET lock_timeout = '100ms'; ALTER TABLE b RENAME TO c"));
        }
    }

    @Test
    void aLockThatDoesNotComeInTimeIsTriedAgain() throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE b IN ACCESS EXCLUSIVE MODE");
            CaptureSettings settings = settings(snapshot(SnapshotMode.INITIAL_ONLY, Duration.ofMillis(50), 1), 1 << 20);
            try (CapturedStream stream = CapturedStream.start(settings, null)) {
                await().until(this::waiting);

                connection.rollback();

                stream.until(lines -> lines.size() == 5002);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stopsSoonWhileATableIsLocked(int connections) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            CaptureSettings settings = settings(snapshot(SnapshotMode.INITIAL_ONLY, null, connections), 8 << 20);
            statement.execute("LOCK TABLE b IN ACCESS EXCLUSIVE MODE");
            CapturedStream stream = CapturedStream.start(settings, null);
            await().until(this::waiting);

            assertTimeoutPreemptively(SOON, stream::close);

            await().until(() -> sessions().isEmpty());
        }
    }

    @Test
    void stopsSoonWhileThePublicationWaitsForALock() throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE b IN ACCESS EXCLUSIVE MODE");
            CapturedStream stream = CapturedStream.start(settings(snapshot(SnapshotMode.INITIAL), 1 << 20), null);
            await().until(() -> !database.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND application_name LIKE 'walbrook catalog%' AND datname = current_database()")
                    .isEmpty());

            assertTimeoutPreemptively(SOON, stream::close);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stopsSoonWhileNobodyTakesRows(int connections) throws Exception {
        CapturedStream stream =
                CapturedStream.start(settings(snapshot(SnapshotMode.INITIAL, null, connections), 1), null);
        stream.until(lines -> !lines.isEmpty());

        assertTimeoutPreemptively(SOON, stream::close);

        await().until(() -> sessions().isEmpty());
    }

    @Test
    void aFailureOfOneReaderEndsTheOthers() throws Exception {
        SnapshotSettings wrong = new SnapshotSettings(
                SnapshotPolicy.of(SnapshotMode.INITIAL),
                List.of(),
                Map.of(
                        "public.a",
                        "SELECT id, pg_sleep(60)::text AS v FROM a",
                        "public.b",
                        "SELECT id / 0 AS id, v FROM b"),
                SnapshotSettings.Order.DISABLED,
                true,
                null,
                Duration.ZERO,
                Duration.ZERO,
                2,
                null);

        try (CapturedStream stream = CapturedStream.start(settings(wrong, 1 << 20), null)) {
            assertThatThrownBy(() -> stream.until(lines -> false))
                    .hasMessageContaining("public.b")
                    .hasMessageContaining("division by zero");
        }
    }

    @Test
    void anInterruptedSnapshotIsReadAgainWhole() throws Exception {
        CapturePosition interrupted;
        try (CapturedStream stream = heldUpInA(snapshot(SnapshotMode.INITIAL))) {
            interrupted = stream.position();
        }
        database.execute("DELETE FROM b WHERE id = 1", "UPDATE b SET v = 3 WHERE id = 2");

        try (CapturedStream stream =
                CapturedStream.start(settings(snapshot(SnapshotMode.INITIAL), 1 << 20), interrupted)) {
            stream.until(lines -> lines.size() == 5003);

            assertThat(stream.lines().subList(5000, 5003))
                    .containsExactly("READ b - [2, 3]", "DELETE b [1, n] -", "UPDATE b - [2, 3]");
        }
    }

    @Test
    void alwaysReadsAtEveryStartButNotAfterAnOutage() throws Exception {
        CaptureSettings always = settings(snapshot(SnapshotMode.ALWAYS), 1 << 20);
        CapturePosition complete;
        try (CapturedStream stream = CapturedStream.start(always, null)) {
            complete = stream.until(lines -> lines.size() == 5002).position();
        }
        try (CapturedStream stream = CapturedStream.start(always, complete)) {
            stream.until(lines -> lines.size() == 5002);
            await().until(() -> !database.query("SELECT 1 FROM pg_replication_slots WHERE active AND slot_name = '"
                            + CapturedStream.slot(database) + "'")
                    .isEmpty());
            database.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND application_name LIKE 'walbrook%'",
                    "INSERT INTO b VALUES (3, 3)");

            assertThat(stream.until(lines -> lines.size() == 5003).lines()).endsWith("CREATE b - [3, 3]");
        }
    }

    @Test
    void withoutContentsAnInterruptedSnapshotIsGivenUpOnlyIfThatWasAskedFor() throws Exception {
        CapturePosition interrupted;
        try (CapturedStream stream = heldUpInA(snapshot(SnapshotMode.INITIAL))) {
            interrupted = stream.position();
        }
        database.execute("INSERT INTO b VALUES (3, 3)");

        CaptureSettings noData = settings(snapshot(SnapshotMode.NO_DATA), 1 << 20);
        try (CapturedStream stream = CapturedStream.start(noData, interrupted)) {
            assertThat(stream.until(lines -> !lines.isEmpty()).lines()).containsExactly("CREATE b - [3, 3]");
        }
        CaptureSettings streamOnly =
                settings(SnapshotSettings.of(new SnapshotPolicy(Reads.NEVER, true, false, false)), 1 << 20);
        try (CapturedStream stream = CapturedStream.start(streamOnly, interrupted)) {
            assertThatThrownBy(() -> stream.until(lines -> false)).hasMessageContaining("a snapshot was interrupted");
        }
    }

    @Test
    void initialOnlyMakesNoSlotAndReadsOnce() throws Exception {
        CaptureSettings initialOnly = settings(snapshot(SnapshotMode.INITIAL_ONLY), 1 << 20);
        CapturePosition complete;
        try (CapturedStream stream = CapturedStream.start(initialOnly, null)) {
            complete = stream.until(lines -> lines.size() == 5002).position();
        }
        try (CapturedStream stream = CapturedStream.start(initialOnly, complete)) {
            assertThat(stream.capture().handOver().take(1, Duration.ofSeconds(1)))
                    .isEmpty();
        }

        assertThat(database.query(
                        "SELECT 1 FROM pg_replication_slots WHERE slot_name = '" + CapturedStream.slot(database) + "'"))
                .isEmpty();
    }

    @Test
    void afterASnapshotOfEmptyTablesNothingIsLost() throws Exception {
        database.execute("DELETE FROM a", "DELETE FROM b");
        CaptureSettings initial = settings(snapshot(SnapshotMode.INITIAL), 1 << 20);
        try (CapturedStream stream = CapturedStream.start(initial, null)) {
            database.execute("INSERT INTO b VALUES (1, 1)");
            stream.until(lines -> !lines.isEmpty());
        }
        database.execute("DELETE FROM b", "INSERT INTO b VALUES (7, 7)");

        // Nothing was stored, as when no record was delivered: a snapshot of now, then all that was not confirmed.
        try (CapturedStream stream = CapturedStream.start(initial, null)) {
            stream.until(
                    lines -> lines.size() >= 3 && lines.get(lines.size() - 1).equals("CREATE b - [7, 7]"));

            assertThat(stream.lines()).startsWith("READ b - [7, 7]").contains("DELETE b [1, n] -");
        }
    }

    private CapturedStream heldUpInA(SnapshotSettings snapshot) throws InterruptedException {
        // A hand-over of one byte takes no second chunk before the first is taken.
        return CapturedStream.start(settings(snapshot, 1), null).until(lines -> !lines.isEmpty());
    }

    private CaptureSettings settings(SnapshotSettings snapshot, long handOverBytes) {
        return CapturedStream.settings(
                CapturedStream.connection(database),
                new TableFilter(null, null, "public.*", null),
                100,
                handOverBytes,
                snapshot);
    }

    private static SnapshotSettings snapshot(SnapshotMode mode) {
        return snapshot(mode, null, 1);
    }

    private static SnapshotSettings snapshot(SnapshotMode mode, @Nullable Duration lockTimeout, int connections) {
        return CapturedStream.snapshot(mode, lockTimeout, connections, null);
    }

    /** Whether a snapshot waits for a lock. */
    private boolean waiting() {
        return database.query("SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'walbrook snapshot%'"
                                + " AND wait_event_type = 'Lock' AND datname = current_database()")
                        .size()
                > 0;
    }

    private List<List<@Nullable String>> sessions() {
        return database.query("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'walbrook snapshot%'"
                + " AND datname = current_database()");
    }
}
