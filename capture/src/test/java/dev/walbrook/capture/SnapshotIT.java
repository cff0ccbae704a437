package dev.walbrook.capture;

import static dev.walbrook.capture.SnapshotMarker.FIRST;
import static dev.walbrook.capture.SnapshotMarker.FIRST_IN_TABLE;
import static dev.walbrook.capture.SnapshotMarker.LAST;
import static dev.walbrook.capture.SnapshotMarker.LAST_IN_TABLE;
import static dev.walbrook.capture.SnapshotMarker.MIDDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.capture.SnapshotSettings.Order;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a snapshot reads, in which order, and how its rows are marked. */
@Timeout(120)
class SnapshotIT {

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestPostgres.source().createDatabase();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void marksTheFirstAndLastRowsOfTablesAndSnapshot() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int PRIMARY KEY)",
                "CREATE TABLE c (id int PRIMARY KEY)",
                "CREATE TABLE d (id int PRIMARY KEY)",
                "CREATE TABLE e (id int PRIMARY KEY)",
                "INSERT INTO a VALUES (1), (2), (3)",
                "INSERT INTO c VALUES (1)",
                "INSERT INTO d VALUES (1), (2)");

        try (CapturedStream stream = read(settings("public.*", Map.of()), 6)) {
            assertThat(stream.markers())
                    .containsExactly(FIRST, MIDDLE, LAST_IN_TABLE, LAST_IN_TABLE, FIRST_IN_TABLE, LAST);
            assertThat(stream.position())
                    .extracting(CapturePosition::snapshot)
                    .isEqualTo(CapturePosition.SnapshotState.COMPLETED);
        }
    }

    @Test
    void noRowIsTheFirstOfTheSnapshotIfTheFirstTableIsEmpty() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int PRIMARY KEY)",
                "INSERT INTO b VALUES (1), (2)");

        try (CapturedStream stream = read(settings("public.*", Map.of()), 2)) {
            assertThat(stream.markers()).containsExactly(FIRST_IN_TABLE, LAST);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'public\\..*',                    DISABLED,   abc",
        "'public\\.c,public\\.a,public\\.b', DISABLED,   cab",
        "'public\\.c,public\\.[ab]',        DISABLED,   cab",
        "'public\\..*',                    ASCENDING,  bca",
        "'public\\..*',                    DESCENDING, acb"
    })
    void readsTablesInTheOrderAskedFor(String tables, Order order, String expected) throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int PRIMARY KEY)",
                "CREATE TABLE c (id int PRIMARY KEY)",
                "INSERT INTO a SELECT generate_series(1, 500)",
                "INSERT INTO b VALUES (1)",
                "INSERT INTO c SELECT generate_series(1, 50)",
                "ANALYZE");
        CaptureSettings settings =
                settings(tables, snapshot(List.of(), Map.of(), order, null, 1), CapturedStream.connection(database));

        try (CapturedStream stream = read(settings, 551)) {
            assertThat(stream.lines().stream()
                            .map(line -> line.split(" ")[1])
                            .distinct()
                            .toList())
                    .containsExactly(expected.split(""));
        }
    }

    @Test
    void readsOnlyTheTablesAskedForAndStreamsAll() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int PRIMARY KEY)",
                "INSERT INTO a VALUES (1)",
                "INSERT INTO b VALUES (1)");
        SnapshotSettings onlyB =
                snapshot(TableFilter.patterns("PUBLIC\\.B, public\\.none"), Map.of(), Order.DISABLED, null, 1);

        try (CapturedStream stream = read(settings("public.*", onlyB, CapturedStream.connection(database)), 1)) {
            database.execute("INSERT INTO a VALUES (2)");

            assertThat(stream.until(lines -> lines.size() == 2).lines())
                    .containsExactly("READ b - [1]", "CREATE a - [2]");
            assertThat(stream.markers()).startsWith(LAST);
        }
    }

    @Test
    void readsTheRowsAndColumnsThatThePublicationSends() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY, v text, secret text, region text)",
                "CREATE PUBLICATION walbrook FOR TABLE a (id, v, region) WHERE (region = 'eu') WITH (publish = 'insert')",
                "INSERT INTO a VALUES (1, 'x', 's', 'eu'), (2, 'y', 's', 'us')");

        try (CapturedStream stream = read(settings("public.*", Map.of()), 1)) {
            database.execute("INSERT INTO a VALUES (3, 'z', 's', 'us'), (4, 'w', 's', 'eu')");

            assertThat(stream.until(lines -> lines.size() == 2).lines())
                    .containsExactly("READ a - [1, x, eu]", "CREATE a - [4, w, eu]");
        }
    }

    @Test
    void readsWhatAnOverrideSelectsByName() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY, v text, n int NOT NULL, q int GENERATED ALWAYS AS (n) STORED)",
                "CREATE TABLE \"B\" (id int PRIMARY KEY, \"Ä\" text)",
                "CREATE TABLE c (id int PRIMARY KEY)",
                "INSERT INTO a (id, v, n) VALUES (1, 'x', 10), (2, 'y', 20), (3, 'z', 30)",
                "INSERT INTO \"B\" VALUES (1, 'ä')",
                "INSERT INTO c VALUES (7)");
        Map<String, String> selects = Map.of(
                "public.a", "SELECT q, n, id FROM a WHERE v LIKE '_' AND n > 10 ORDER BY id DESC -- not ? all\n ;",
                "public.B", "WITH one AS (SELECT * FROM \"B\") SELECT \"Ä\", id FROM one -- comment",
                "public.C", "SELECT 1/0 AS id");

        try (CapturedStream stream = read(settings("public.*", selects), 4)) {
            assertThat(stream.lines())
                    .containsExactly("READ B - [1, ä]", "READ a - [3, n, 30]", "READ a - [2, n, 20]", "READ c - [7]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SELECT id, v FROM a                  | does not select n, which cannot be null
                    SELECT v, n FROM a                   | does not select id, which cannot be null
                    SELECT id, n, 1 AS extra FROM a      | selects extra, which is no column of the table
                    SELECT *, id FROM a                  | selects id twice
                    SELECT id, n FROM nowhere            | cannot be run
                    DELETE FROM a RETURNING *            | cannot be run
                    SELECT * FROM a; DROP TABLE a        | cannot be run
                    """)
    void aWrongOverrideIsRefusedBeforeThereIsASlot(String select, String problem) throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY, v text, n int NOT NULL)");
        CaptureSettings settings = settings("public.*", Map.of("public.a", select));

        try (CapturedStream stream = CapturedStream.start(settings, null)) {
            assertThatThrownBy(() -> stream.until(lines -> false))
                    .hasMessageContaining("snapshot.select.statement.overrides.public.a")
                    .hasMessageContaining(problem);
        }

        assertThat(slots()).isEmpty();
    }

    @Test
    void readsTablesSideBySideOnOneSnapshot() throws Exception {
        int tables = 7;
        int rows = 3000;
        for (int i = 0; i < tables; i++) {
            database.execute(
                    "CREATE TABLE t%d (id int PRIMARY KEY, v int)".formatted(i),
                    "INSERT INTO t%d SELECT i, 0 FROM generate_series(1, %d) i".formatted(i, i == 3 ? 0 : rows));
        }
        SnapshotSettings sideBySide = snapshot(List.of(), Map.of(), Order.DISABLED, null, 3);
        CaptureSettings settings = settings("public.*", sideBySide, CapturedStream.connection(database));
        int all = (tables - 1) * rows;
        try (CapturedStream stream = read(settings, 1)) {
            String everyTable = String.join(
                    "; ",
                    IntStream.range(0, tables)
                            .mapToObj("UPDATE t%d SET v = 1 WHERE id = 1"::formatted)
                            .toList());
            database.execute(everyTable);

            stream.until(lines -> lines.size() == all + tables - 1);

            Map<String, List<Integer>> ids = new HashMap<>();
            for (String line : stream.lines().subList(0, all)) {
                assertThat(line).startsWith("READ ").endsWith(", 0]");
                String[] words = line.split("[ \\[,]+");
                ids.computeIfAbsent(words[1], table -> new ArrayList<>()).add(Integer.valueOf(words[3]));
            }
            List<Integer> inOrder = IntStream.rangeClosed(1, rows).boxed().toList();
            assertThat(ids).hasSize(tables - 1).allSatisfy((table, read) -> assertThat(read)
                    .isEqualTo(inOrder));
            assertThat(stream.lines().subList(all, all + tables - 1)).allMatch(line -> line.startsWith("UPDATE "));
            List<SnapshotMarker> markers = stream.markers().subList(0, all);
            assertThat(markers).containsOnlyOnce(FIRST).containsOnlyOnce(LAST).endsWith(LAST);
            assertThat(markers).filteredOn(FIRST_IN_TABLE::equals).hasSize(tables - 2);
            assertThat(markers).filteredOn(LAST_IN_TABLE::equals).hasSize(tables - 2);
        }
    }

    @Test
    void namesAllTablesItMayNotReadBeforeThereIsASlot() throws Exception {
        String role = "reader_" + database.name();
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY, v text)",
                "CREATE TABLE b (id int PRIMARY KEY, v text)",
                "CREATE TABLE c (id int PRIMARY KEY, v text)",
                "CREATE PUBLICATION walbrook FOR TABLE a (id), b, c",
                "CREATE ROLE " + role + " LOGIN REPLICATION PASSWORD 'p'",
                "GRANT SELECT (id) ON a TO " + role);
        try {
            ConnectionSettings connection =
                    new ConnectionSettings(database.host(), database.port(), database.name(), role, "p", Map.of());
            CaptureSettings settings =
                    settings("public.*", SnapshotSettings.of(SnapshotPolicy.of(SnapshotMode.INITIAL)), connection);

            try (CapturedStream stream = CapturedStream.start(settings, null)) {
                assertThatThrownBy(() -> stream.until(lines -> false))
                        .hasMessageContaining(
                                "GRANT SELECT ON \"public\".\"b\", \"public\".\"c\" TO \"" + role + "\";");
            }

            assertThat(slots()).isEmpty();
        } finally {
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @Test
    void viewsAndTablesOutsideTheWalAreNotCaptured() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE VIEW v AS SELECT * FROM a",
                "CREATE MATERIALIZED VIEW m AS SELECT * FROM a",
                "CREATE UNLOGGED TABLE u (id int PRIMARY KEY)",
                "CREATE FOREIGN DATA WRAPPER w",
                "CREATE SERVER s FOREIGN DATA WRAPPER w",
                "CREATE FOREIGN TABLE f (id int) SERVER s",
                "INSERT INTO a VALUES (1)",
                "INSERT INTO u VALUES (1)");

        try (CapturedStream stream = read(settings("public.*", Map.of()), 1)) {
            assertThat(stream.lines()).containsExactly("READ a - [1]");
            assertThat(stream.markers()).containsExactly(LAST);
        }
    }

    @Test
    void readsThroughTheTimeoutsOfItsRole() throws Exception {
        String role = "hasty_" + database.name();
        String transactionTimeout =
                TestPostgres.version() >= 17 ? "ALTER ROLE " + role + " SET transaction_timeout = '50ms'" : "SELECT 1";
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "INSERT INTO a SELECT generate_series(1, 3)",
                "CREATE PUBLICATION walbrook FOR TABLE a",
                "CREATE ROLE " + role + " LOGIN REPLICATION PASSWORD 'p'",
                "GRANT SELECT ON a TO " + role,
                "ALTER ROLE " + role + " SET statement_timeout = '50ms'",
                "ALTER ROLE " + role + " SET idle_in_transaction_session_timeout = '50ms'",
                transactionTimeout);
        try {
            ConnectionSettings connection =
                    new ConnectionSettings(database.host(), database.port(), database.name(), role, "p", Map.of());
            SnapshotSettings slow = snapshot(
                    List.of(),
                    Map.of("public.a", "SELECT id FROM a WHERE pg_sleep(0.2) IS NOT NULL"),
                    Order.DISABLED,
                    null,
                    1);

            try (CapturedStream stream = read(settings("public.*", slow, connection), 3)) {
                assertThat(stream.lines()).containsExactly("READ a - [1]", "READ a - [2]", "READ a - [3]");
            }
        } finally {
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    private CaptureSettings settings(String tables, Map<String, String> selects) {
        return settings(
                tables, snapshot(List.of(), selects, Order.DISABLED, null, 1), CapturedStream.connection(database));
    }

    private static CaptureSettings settings(String tables, SnapshotSettings snapshot, ConnectionSettings connection) {
        return CapturedStream.settings(connection, new TableFilter(null, null, tables, null), 100, 1 << 20, snapshot);
    }

    private static SnapshotSettings snapshot(
            List<Pattern> tables,
            Map<String, String> selects,
            Order order,
            @Nullable Duration lockTimeout,
            int connections) {
        return new SnapshotSettings(
                SnapshotPolicy.of(SnapshotMode.INITIAL),
                tables,
                selects,
                order,
                true,
                lockTimeout,
                Duration.ZERO,
                Duration.ZERO,
                connections,
                null);
    }

    private static CapturedStream read(CaptureSettings settings, int rows) throws InterruptedException {
        return CapturedStream.start(settings, null).until(lines -> lines.size() >= rows);
    }

    private List<List<String>> slots() {
        return database.query(
                "SELECT slot_name FROM pg_replication_slots WHERE slot_name = '" + CapturedStream.slot(database) + "'");
    }
}
