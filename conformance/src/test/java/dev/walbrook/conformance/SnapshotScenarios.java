package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.ArrayList;
import java.util.List;

/** Reading the tables' contents: modes, order, marks, overrides. */
final class SnapshotScenarios {

    private static final String TABLES =
            """
            CREATE TABLE a (id int PRIMARY KEY, v text); CREATE TABLE b (id int PRIMARY KEY, v text);
            CREATE TABLE c (id int PRIMARY KEY, v text); CREATE TABLE empty (id int PRIMARY KEY);
            INSERT INTO a SELECT i, 'a' || i FROM generate_series(1, 3) i; INSERT INTO b VALUES (1, 'b');
            INSERT INTO c SELECT i, 'c' || i FROM generate_series(1, 25) i
            """;

    private static final String[] CHANGES = {
        "INSERT INTO a VALUES (10, 'x')",
        "UPDATE b SET v = 'y'",
        "DELETE FROM c WHERE id = 2",
        "INSERT INTO empty VALUES (1)"
    };

    private static final String FROM_THE_SLOT =
            "with a slot that is there already, the changes since its position follow the snapshot; Debezium begins at the"
                    + " snapshot and loses what was deleted in between";

    private static final String MARKS = ".* value\\.source\\.snapshot";
    private static final String ORDERED =
            "tables are read in the order asked for; Debezium's connector accepts the property" + " and orders nothing";
    private static final String COMMIT_AT_ONCE =
            "lsn_commit is in the offset from the snapshot on, so that nothing is repeated after a restart before the first"
                    + " commit";

    private SnapshotScenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(List.of(
                snapshot("initial", "tables, then changes")
                        .with("snapshot.mode", "initial")
                        .build(),
                snapshot("no-data", "changes alone")
                        .with("snapshot.mode", "no_data")
                        .build(),
                snapshot("always", "tables, then changes, at each start")
                        .with("snapshot.mode", "always")
                        .build(),
                snapshot("when-needed", "tables if there is nothing to continue")
                        .with("snapshot.mode", "when_needed")
                        .build(),
                scenario("snapshot/initial-only", "tables alone")
                        .with("snapshot.mode", "initial_only")
                        .before(TABLES)
                        .snapshotOnly()
                        .build(),
                configured("data-and-stream", "true").build(),
                configured("stream", "false").build(),
                scenario("snapshot/configuration-based-data", "configured: tables alone")
                        .with("snapshot.mode", "configuration_based")
                        .with("snapshot.mode.configuration.based.snapshot.data", "true")
                        .with("snapshot.mode.configuration.based.snapshot.schema", "true")
                        .before(TABLES)
                        .snapshotOnly()
                        .build(),
                restarted("initial", "a restart continues").build(),
                restarted("always", "a restart reads the tables again")
                        .differs("server\\..*", FROM_THE_SLOT)
                        .build(),
                restarted("when_needed", "a restart continues").build(),
                restarted("no_data", "a restart continues").build(),
                snapshot("override", "a table's own SELECT")
                        .with("snapshot.select.statement.overrides", "public.c,public.a")
                        .with(
                                "snapshot.select.statement.overrides.public.c",
                                "SELECT * FROM c WHERE id > 20 ORDER BY id DESC")
                        .with("snapshot.select.statement.overrides.public.a", "SELECT * FROM a WHERE v = 'a2'")
                        .build(),
                snapshot("override-columns", "a SELECT of some columns")
                        .with("snapshot.select.statement.overrides", "public.c")
                        .with("snapshot.select.statement.overrides.public.c", "SELECT id FROM public.c WHERE id < 3")
                        .differs("failure", "a SELECT of some of the columns is read; Debezium stops")
                        .build(),
                snapshot("include-list", "some tables")
                        .with("snapshot.include.collection.list", "public.b,public.c")
                        .build(),
                snapshot("include-list-order", "some tables, in the order of the list")
                        .with("snapshot.include.collection.list", "public.c,public.a")
                        .build(),
                snapshot("order-ascending", "small tables first")
                        .with("snapshot.tables.order.by.row.count", "ascending")
                        .before("ANALYZE")
                        .differs(MARKS, ORDERED)
                        .build(),
                snapshot("order-descending", "large tables first")
                        .with("snapshot.tables.order.by.row.count", "descending")
                        .before("ANALYZE")
                        .differs(MARKS, ORDERED)
                        .build(),
                snapshot("fetch-size", "rows in small portions")
                        .with("snapshot.fetch.size", "2")
                        .build(),
                snapshot("locking-shared", "tables locked while their schema is read")
                        .with("snapshot.locking.mode", "shared")
                        .with("snapshot.lock.timeout.ms", "5000")
                        .build(),
                snapshot("delay", "a pause before the snapshot")
                        .with("snapshot.delay.ms", "300")
                        .build(),
                snapshot("streaming-delay", "a pause before the stream")
                        .with("streaming.delay.ms", "300")
                        .build(),
                snapshot("empty-database", "no tables at all")
                        .using("table.include.list", "none.none")
                        .build(),
                scenario("snapshot/types-of-rows", "the marks of first and last rows")
                        .before("CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);"
                                + " CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE d (id int PRIMARY KEY);"
                                + " INSERT INTO b VALUES (1); INSERT INTO c VALUES (1), (2), (3), (4)")
                        .differs("offset offset\\.lsn_commit", COMMIT_AT_ONCE)
                        .build(),
                scenario("snapshot/one-row", "a single row is first and last")
                        .with("snapshot.include.collection.list", "public.t")
                        .before("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)")
                        .differs("offset offset\\.lsn_commit", COMMIT_AT_ONCE)
                        .build(),
                scenario("snapshot/publication-limits", "a snapshot reads tables that the publication lacks")
                        .with("publication.autocreate.mode", "disabled")
                        .before(TABLES, "CREATE PUBLICATION {publication} FOR TABLE a, zz_marker.marker")
                        .differs(
                                "server\\.public\\.[bc]\\[.*",
                                "a table that the publication lacks is left out, with a warning: its rows would stand in the"
                                        + " topic and never change")
                        .then(CHANGES)
                        .build(),
                scenario("snapshot/existing-slot", "the slot is there already")
                        .before(
                                TABLES,
                                "CREATE PUBLICATION {publication} FOR ALL TABLES",
                                "SELECT pg_create_logical_replication_slot('{slot}', 'pgoutput')",
                                "INSERT INTO a VALUES (5, 'after the slot')")
                        .then(CHANGES)
                        .differs("server\\.public\\.a\\[\\d+]( value\\.source\\.sequence)?", FROM_THE_SLOT)
                        .build(),
                scenario("snapshot/existing-slot-no-data", "the slot is there already, and no snapshot is wanted")
                        .with("snapshot.mode", "no_data")
                        .before(
                                TABLES,
                                "CREATE PUBLICATION {publication} FOR ALL TABLES",
                                "SELECT pg_create_logical_replication_slot('{slot}', 'pgoutput')",
                                "INSERT INTO a VALUES (5, 'after the slot')")
                        .then(CHANGES)
                        .build()));
        for (String isolation : List.of("serializable", "repeatable_read", "read_committed", "read_uncommitted")) {
            all.add(snapshot("isolation-" + isolation.replace('_', '-'), "isolation " + isolation)
                    .with("snapshot.isolation.mode", isolation)
                    .build());
        }
        return all;
    }

    private static Scenario.Builder snapshot(String name, String title) {
        return scenario("snapshot/" + name, title).before(TABLES).then(CHANGES);
    }

    private static Scenario.Builder configured(String name, String data) {
        return snapshot("configuration-based-" + name, "configured: data " + data + ", then the stream")
                .with("snapshot.mode", "configuration_based")
                .with("snapshot.mode.configuration.based.snapshot.data", data)
                .with("snapshot.mode.configuration.based.snapshot.schema", "true")
                .with("snapshot.mode.configuration.based.start.stream", "true");
    }

    private static Scenario.Builder restarted(String mode, String title) {
        return snapshot("restart-" + mode.replace('_', '-'), mode + ": " + title)
                .with("snapshot.mode", mode)
                .stop()
                .then("INSERT INTO a VALUES (20, 'while stopped')")
                .resume()
                .then("INSERT INTO a VALUES (21, 'afterwards')");
    }
}
