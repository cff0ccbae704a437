package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.List;

/** What a snapshot reads of which tables, and which settings are accepted or refused. */
final class SnapshotContentScenarios {

    private static final String THREE_TABLES =
            """
            CREATE TABLE a (id int PRIMARY KEY, v text);
            CREATE TABLE b (id int PRIMARY KEY, v text);
            CREATE TABLE c (id int PRIMARY KEY, v text);
            INSERT INTO a VALUES (1, 'a'), (2, 'b'), (3, 'c');
            INSERT INTO c VALUES (1, 'd'), (2, NULL)""";

    private static final String ONLY_ONCE =
            "Each row is read once, under the name that its changes have in the stream; Debezium reads it under every name"
                    + " that a query finds it under.";

    private SnapshotContentScenarios() {}

    static List<Scenario> all() {
        return List.of(
                scenario(
                                "snapshot-content/marks",
                                "the first and the last rows of tables and of the snapshot; an empty table")
                        .before(THREE_TABLES, "CREATE TABLE d (id int PRIMARY KEY); INSERT INTO d VALUES (1)")
                        .then("INSERT INTO b VALUES (1, 'x')")
                        .build(),
                scenario(
                                "snapshot-content/first-table-empty",
                                "tables in the order of table.include.list, the first empty")
                        .with("table.include.list", "public\\.b,public\\.c,public\\.a")
                        .before(THREE_TABLES)
                        .then("INSERT INTO b VALUES (1, 'x')")
                        .build(),
                scenario("snapshot-content/some-tables", "the contents of some tables, the changes of all")
                        .with("snapshot.include.collection.list", "PUBLIC\\.C, public\\.nowhere")
                        .before(THREE_TABLES)
                        .then("INSERT INTO a VALUES (4, 'x')", "UPDATE c SET v = 'e'")
                        .build(),
                scenario("snapshot-content/override", "the rows that a SELECT gives, in its order")
                        .with("snapshot.select.statement.overrides", "public.a, public.B, public.c")
                        .using(
                                "snapshot.select.statement.overrides.public.a",
                                "SELECT id, v FROM a WHERE id > 1 ORDER BY id DESC")
                        .using("snapshot.select.statement.overrides.public.B", "SELECT 1 / 0")
                        .before(THREE_TABLES)
                        .then("DELETE FROM a")
                        .build(),
                scenario("snapshot-content/override-without-column", "a column that a SELECT leaves out is null")
                        .with("snapshot.select.statement.overrides", "public.t")
                        .using("snapshot.select.statement.overrides.public.t", "SELECT n, id FROM t")
                        .before("CREATE TABLE t (id int PRIMARY KEY, v text, n int); INSERT INTO t VALUES (1, 'a', 2)")
                        .then("INSERT INTO t VALUES (2, 'b', 3)")
                        .build(),
                scenario("snapshot-content/override-with-other-column", "a SELECT of what is no column is refused")
                        .with("snapshot.select.statement.overrides", "public.t")
                        .using("snapshot.select.statement.overrides.public.t", "SELECT id, 1 AS other FROM t")
                        .before("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)")
                        .fails()
                        .build(),
                refused("mode-never", "snapshot.mode", "never"),
                refused("mode-custom", "snapshot.mode", "custom"),
                refused("locking-custom", "snapshot.locking.mode", "custom"),
                refused("query-custom", "snapshot.query.mode", "custom"),
                scenario("snapshot-content/accepted", "how the contents are read")
                        .with("snapshot.isolation.mode", "read_committed")
                        .with("snapshot.locking.mode", "shared")
                        .with("snapshot.lock.timeout.ms", "5000")
                        .with("snapshot.query.mode", "select_all")
                        .with("snapshot.fetch.size", "2")
                        .with("query.fetch.size", "3")
                        .with("snapshot.delay.ms", "50")
                        .with("streaming.delay.ms", "50")
                        .with("snapshot.max.threads", "1")
                        .with("snapshot.max.threads.multiplier", "2")
                        .with("legacy.snapshot.max.threads", "true")
                        .with("snapshot.tables.order.by.row.count", "disabled")
                        .with("incremental.snapshot.chunk.size", "10")
                        .with("incremental.snapshot.watermarking.strategy", "insert_delete")
                        .with("incremental.snapshot.allow.schema.changes", "false")
                        .before(THREE_TABLES)
                        .then("INSERT INTO a VALUES (4, 'x')")
                        .build(),
                scenario("snapshot-content/generated-column", "a generated column")
                        .before(
                                "CREATE TABLE t (id int PRIMARY KEY, g int GENERATED ALWAYS AS (2 * id) STORED, v text);"
                                        + " INSERT INTO t (id, v) VALUES (1, 'a')")
                        .then("INSERT INTO t (id, v) VALUES (2, 'b')")
                        .differs(
                                "server\\.public\\.t\\[0\\] (.*\\.g|value-schema\\.(before|after))",
                                "Before PostgreSQL 18 the stream has no generated columns, so that a schema with them"
                                        + " would hold for the snapshot's rows alone. Neither has them, then.")
                        .build(),
                scenario("snapshot-content/row-filter", "a publication that sends some rows")
                        .using("publication.autocreate.mode", "disabled")
                        .before(
                                "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a'), (2, 'b')",
                                "CREATE PUBLICATION {publication} FOR TABLE t WHERE (id < 2 OR id > 3), zz_marker.marker")
                        .then("INSERT INTO t VALUES (3, 'c'), (4, 'd')")
                        .differs(
                                "server\\.public\\.t\\[.*",
                                "The snapshot reads the rows that the publication would send, so that none is there"
                                        + " whose changes never come.")
                        .build(),
                scenario("snapshot-content/partitions", "a partitioned table, captured partition by partition")
                        .before(
                                """
                                CREATE TABLE p (id int PRIMARY KEY, v text) PARTITION BY RANGE (id);
                                CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
                                CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
                                INSERT INTO p VALUES (1, 'a'), (2, 'b'), (11, 'c')""")
                        .then("INSERT INTO p VALUES (3, 'x')")
                        .differs(
                                "server\\.public\\.p\\[.*|server\\.public\\.p1\\[0] value\\.source\\.snapshot",
                                ONLY_ONCE)
                        .build(),
                scenario("snapshot-content/inheritance", "a table that inherits from another")
                        .before(
                                """
                                CREATE TABLE u (id int PRIMARY KEY);
                                CREATE TABLE v (PRIMARY KEY (id)) INHERITS (u);
                                INSERT INTO u VALUES (1); INSERT INTO v VALUES (2)""")
                        .then("INSERT INTO v VALUES (3)")
                        .differs("server\\.public\\.u\\[.*", ONLY_ONCE)
                        .build());
    }

    private static Scenario refused(String name, String property, String value) {
        return scenario("snapshot-content/refused-" + name, value + " is refused")
                .with(property, value)
                .before("CREATE TABLE t (id int PRIMARY KEY)")
                .fails()
                .build();
    }
}
