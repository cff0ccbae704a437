package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.List;

/** What is captured and what is not. */
final class FilterScenarios {

    private static final String TABLES =
            """
            CREATE SCHEMA s1; CREATE SCHEMA s2;
            CREATE TABLE s1.a (id int PRIMARY KEY, v text, w text); CREATE TABLE s1.b (id int PRIMARY KEY, v text, w text);
            CREATE TABLE s2.a (id int PRIMARY KEY, v text, w text); CREATE TABLE s2."B" (id int PRIMARY KEY, v text, w text);
            INSERT INTO s1.a VALUES (1, 'v', 'w'); INSERT INTO s1.b VALUES (1, 'v', 'w');
            INSERT INTO s2.a VALUES (1, 'v', 'w'); INSERT INTO s2."B" VALUES (1, 'v', 'w')
            """;

    private static final String[] CHANGES = {
        "INSERT INTO s1.a VALUES (2, 'v', 'w')",
        "INSERT INTO s1.b VALUES (2, 'v', 'w')",
        "INSERT INTO s2.a VALUES (2, 'v', 'w')",
        "INSERT INTO s2.\"B\" VALUES (2, 'v', 'w')",
        "UPDATE s1.a SET v = 'x'",
        "UPDATE s2.\"B\" SET w = 'x'",
        "DELETE FROM s1.b",
        "DELETE FROM s2.a",
    };

    private static final String KEY_STAYS =
            "a key column that is left out of the values keeps its value in the key; Debezium's snapshot writes 0 there";

    private static final String NOT_PUBLISHED =
            "a table that the publication lacks is left out, with a warning, of the snapshot too: its rows would stand in the"
                    + " topic and never change";

    private static final String SEQUENCE = ".* value\\.source\\.sequence";
    private static final String COMMITS_OF_SKIPPED =
            "the sequence and lsn_commit name the last commit before, also of a transaction whose changes were all skipped";

    private FilterScenarios() {}

    static List<Scenario> all() {
        return List.of(
                filter("tables-included", "tables by list")
                        .with("table.include.list", "s1.a, s2\\.B")
                        .using("publication.autocreate.mode", "all_tables")
                        .build(),
                filter("tables-included-by-expression", "tables by an expression, without regard to case")
                        .with("table.include.list", "S[12]\\.a,.*\\.b")
                        .build(),
                filter("tables-excluded", "tables but these")
                        .with("table.exclude.list", "s1\\..*,s2.b")
                        .build(),
                filter("schemas-included", "schemas by list")
                        .with("schema.include.list", "s2")
                        .build(),
                filter("schemas-excluded", "schemas but these")
                        .with("schema.exclude.list", "S2,public")
                        .using("publication.autocreate.mode", "all_tables")
                        .build(),
                filter("schemas-and-tables", "a schema's tables but one")
                        .with("schema.include.list", "s1")
                        .with("table.exclude.list", "s1.b")
                        .using("publication.autocreate.mode", "all_tables")
                        .build(),
                filter("anchored", "an expression matches the whole name")
                        .with("table.include.list", "s1,a,1.a,s2.a")
                        .build(),
                filter("columns-included", "columns by list")
                        .with("column.include.list", "s1\\.a\\.v,s2\\..*\\.id,s1.b.(id|w)")
                        .differs(".* key(-schema)?\\.id", KEY_STAYS)
                        .build(),
                filter("columns-excluded", "columns but these")
                        .with("column.exclude.list", ".*\\.w, s2.b.V")
                        .build(),
                filter("key-column-excluded", "a key column that is excluded stays in the key")
                        .with("column.exclude.list", "s1\\.a\\.id")
                        .differs(".* key(-schema)?\\.id", KEY_STAYS)
                        .build(),
                filter("columns-excluded-filtered", "columns but these, with the publication of the captured tables")
                        .with("column.exclude.list", ".*\\.w")
                        .with("publication.autocreate.mode", "filtered")
                        .with("table.include.list", "s1.*")
                        .build(),
                filter("publication-all-tables", "a publication of all tables")
                        .with("publication.autocreate.mode", "all_tables")
                        .with("table.include.list", "s1.a")
                        .build(),
                filter("publication-filtered", "a publication of the captured tables")
                        .with("publication.autocreate.mode", "filtered")
                        .with("table.include.list", "s1.a,s2.a")
                        .build(),
                filter("publication-disabled", "a publication that somebody else made")
                        .with("publication.autocreate.mode", "disabled")
                        .before("CREATE PUBLICATION {publication} FOR TABLE s1.a, s1.b, zz_marker.marker")
                        .differs("server\\.s2\\..*", NOT_PUBLISHED)
                        .build(),
                filter("publication-row-filter", "a publication with a row filter and a column list")
                        .with("publication.autocreate.mode", "disabled")
                        .before("CREATE PUBLICATION {publication} FOR TABLE s1.a WHERE (id > 1), s1.b (id, v),"
                                + " zz_marker.marker")
                        .differs("server\\.s2\\..*", NOT_PUBLISHED)
                        .differs(
                                "server\\.s1\\..*",
                                "a snapshot reads the rows and columns that the publication sends, so that none is there"
                                        + " whose changes never come")
                        .build(),
                filter("publication-missing", "a publication that is not there and may not be made")
                        .with("publication.autocreate.mode", "disabled")
                        .fails()
                        .build(),
                filter("publication-inserts-only", "a publication of inserts alone")
                        .with("publication.autocreate.mode", "disabled")
                        .before("CREATE PUBLICATION {publication} FOR ALL TABLES WITH (publish = 'insert')")
                        .build(),
                skipped("u").differs(SEQUENCE, COMMITS_OF_SKIPPED).build(),
                skipped("d").build(),
                skipped("c")
                        .differs(SEQUENCE + "|offset offset\\.lsn_commit", COMMITS_OF_SKIPPED)
                        .build(),
                skipped("u,d,t").differs(SEQUENCE, COMMITS_OF_SKIPPED).build(),
                skipped("none").build(),
                scenario("filters/without-change", "updates that change no captured column")
                        .with("skip.messages.without.change", "true")
                        .with("column.exclude.list", "public.t.w")
                        .before(
                                "CREATE TABLE t (id int PRIMARY KEY, v text, w text, l text); ALTER TABLE t REPLICA IDENTITY FULL;"
                                        + " ALTER TABLE t ALTER l SET STORAGE EXTERNAL;"
                                        + " CREATE TABLE d (id int PRIMARY KEY, v text); INSERT INTO d VALUES (1, 'a');"
                                        + " INSERT INTO t VALUES (1, 'v', 'w', repeat('x', 5000))")
                        .then(
                                "UPDATE t SET w = 'x'",
                                "UPDATE t SET v = 'v'",
                                "UPDATE t SET v = 'y'",
                                "UPDATE t SET l = repeat('y', 5000)",
                                "UPDATE d SET v = 'a'",
                                "UPDATE d SET v = 'b'",
                                "UPDATE t SET id = 2",
                                "DELETE FROM t")
                        .build(),
                scenario(
                                "filters/without-change-included",
                                "updates that change no captured column, of an include list")
                        .with("skip.messages.without.change", "true")
                        .with("column.include.list", "public.t.(id|v)")
                        .differs(".* key(-schema)?\\.id", KEY_STAYS)
                        .before(
                                "CREATE TABLE t (id int PRIMARY KEY, v text, w text); ALTER TABLE t REPLICA IDENTITY FULL;"
                                        + " INSERT INTO t VALUES (1, 'v', 'w')")
                        .then("UPDATE t SET w = 'x'", "UPDATE t SET v = 'z', w = 'z'", "DELETE FROM t")
                        .build(),
                filter("builtin-tables", "built-in tables are not captured")
                        .with("table.ignore.builtin", "true")
                        .build(),
                filter("new-table", "a table that is made while the connectors stream")
                        .before("CREATE TABLE n0 (id int PRIMARY KEY)")
                        .then("CREATE TABLE n1 (id int PRIMARY KEY, v text)", "INSERT INTO n1 VALUES (1, 'a')")
                        .with("publication.autocreate.mode", "all_tables")
                        .build(),
                filter("guardrail-warn", "more tables than the guard rail, which warns")
                        .with("guardrail.collections.max", "2")
                        .with("guardrail.collections.limit.action", "warn")
                        .build(),
                filter("guardrail-fail", "more tables than the guard rail, which fails")
                        .with("guardrail.collections.max", "2")
                        .with("guardrail.collections.limit.action", "fail")
                        .fails()
                        .build());
    }

    private static Scenario.Builder filter(String name, String title) {
        return scenario("filters/" + name, title).before(TABLES).then(CHANGES);
    }

    private static Scenario.Builder skipped(String operations) {
        return scenario(
                        "filters/skipped-" + operations.replace(',', '-'),
                        "operations that are left out: " + operations)
                .with("skipped.operations", operations)
                .before("CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a')")
                .then(
                        "INSERT INTO t VALUES (2, 'b')",
                        "UPDATE t SET v = 'c'",
                        "UPDATE t SET id = 3 WHERE id = 2",
                        "TRUNCATE t",
                        "DELETE FROM t WHERE id = 1",
                        "INSERT INTO t VALUES (9, 'end')");
    }
}
