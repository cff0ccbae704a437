package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.List;

/**
 * Tables that change their columns while they are read. Debezium asks the catalog when it processes a change, so these wait
 * until both are at the end before each change of a table; without that, what it writes depends on time.
 */
final class SchemaChangeScenarios {

    private static final String TABLE =
            "CREATE TABLE t (id int PRIMARY KEY, a text, b int NOT NULL DEFAULT 1); INSERT INTO t VALUES (1, 'x', 1)";

    private SchemaChangeScenarios() {}

    static List<Scenario> all() {
        return List.of(
                change("add-column", "ALTER TABLE t ADD c int", "INSERT INTO t VALUES (3, 'z', 3, 3)"),
                change(
                        "add-column-default",
                        "ALTER TABLE t ADD c int NOT NULL DEFAULT 7",
                        "INSERT INTO t VALUES (3, 'z', 3, 3)",
                        "UPDATE t SET a = 'y'"),
                change("drop-column", "ALTER TABLE t DROP a", "INSERT INTO t VALUES (3, 3)", "UPDATE t SET b = 5"),
                change("rename-column", "ALTER TABLE t RENAME a TO renamed", "UPDATE t SET renamed = 'y'"),
                change("retype-column", "ALTER TABLE t ALTER b TYPE bigint", "UPDATE t SET b = 9223372036854775807"),
                change(
                        "retype-column-text",
                        "ALTER TABLE t ALTER b DROP DEFAULT; ALTER TABLE t ALTER b TYPE text USING b::text || '!'",
                        "UPDATE t SET b = 'y'"),
                change("widen-varchar", "ALTER TABLE t ALTER a TYPE varchar(40)", "UPDATE t SET a = 'y'"),
                change("drop-not-null", "ALTER TABLE t ALTER b DROP NOT NULL", "UPDATE t SET b = NULL"),
                change("set-not-null", "ALTER TABLE t ALTER a SET NOT NULL", "UPDATE t SET b = 3"),
                change("set-default", "ALTER TABLE t ALTER a SET DEFAULT 'd'", "UPDATE t SET b = 3"),
                change("drop-default", "ALTER TABLE t ALTER b DROP DEFAULT", "UPDATE t SET b = 3"),
                change(
                        "reorder-columns",
                        "ALTER TABLE t DROP a; ALTER TABLE t ADD a text",
                        "INSERT INTO t VALUES (3, 3, 'last')"),
                change(
                        "change-key",
                        "ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ADD PRIMARY KEY (b, id)",
                        "INSERT INTO t VALUES (3, 'z', 3)",
                        "UPDATE t SET a = 'k'",
                        "DELETE FROM t WHERE id = 3"),
                change(
                        "drop-key",
                        "ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t REPLICA IDENTITY FULL",
                        "INSERT INTO t VALUES (3, 'z', 3)",
                        "UPDATE t SET a = 'k'"),
                change("identity-full", "ALTER TABLE t REPLICA IDENTITY FULL", "UPDATE t SET a = 'k'", "DELETE FROM t"),
                change(
                        "rename-table",
                        "ALTER TABLE t RENAME TO renamed",
                        "INSERT INTO renamed VALUES (3, 'z', 3)",
                        "UPDATE renamed SET a = 'k'"),
                change(
                        "drop-and-create",
                        "DROP TABLE t; CREATE TABLE t (other text PRIMARY KEY, id int)",
                        "INSERT INTO t VALUES ('o', 1)"),
                change("add-enum-label", "ALTER TYPE mood ADD VALUE 'new'", "UPDATE e SET m = 'new'"),
                change("rename-enum-label", "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'", "UPDATE e SET m = 'fine'"),
                change(
                        "new-table",
                        "CREATE TABLE n (id int PRIMARY KEY, v text)",
                        "INSERT INTO n VALUES (1, 'a')",
                        "UPDATE n SET v = 'b'"),
                scenario("schema-change/inside-transaction", "a column is added between two changes of a transaction")
                        .before(TABLE)
                        .transaction(
                                "INSERT INTO t VALUES (2, 'before', 2)",
                                "ALTER TABLE t ADD c int DEFAULT 5",
                                "INSERT INTO t VALUES (3, 'after', 3, 3)")
                        .settle()
                        .then("UPDATE t SET c = 6 WHERE id = 3")
                        .build(),
                scenario(
                                "schema-change/drop-inside-transaction",
                                "a column is dropped between two changes of a transaction")
                        .before(TABLE)
                        .transaction(
                                "INSERT INTO t VALUES (2, 'before', 2)",
                                "ALTER TABLE t DROP a",
                                "INSERT INTO t VALUES (3, 3)")
                        .settle()
                        .then("UPDATE t SET b = 6 WHERE id = 3")
                        .build(),
                scenario("schema-change/while-stopped", "a column is added while the connectors are stopped")
                        .before(TABLE)
                        .then("INSERT INTO t VALUES (2, 'b', 2)")
                        .stop()
                        .then("INSERT INTO t VALUES (3, 'before', 3)")
                        .script("ALTER TABLE t ADD c int")
                        .then("INSERT INTO t VALUES (4, 'after', 4, 4)")
                        .resume()
                        .then("INSERT INTO t VALUES (5, 'later', 5, 5)")
                        .build(),
                scenario("schema-change/propagated", "a column's type changes where types are propagated")
                        .using("column.propagate.source.type", ".*")
                        .before(
                                "CREATE TABLE t (id int PRIMARY KEY, v varchar(5), n numeric(4,1)); INSERT INTO t VALUES (1, 'a', 1)")
                        .settle()
                        .script("ALTER TABLE t ALTER v TYPE varchar(9), ALTER n TYPE numeric(6,3)")
                        .then("UPDATE t SET v = 'b', n = 2.125")
                        .build());
    }

    private static Scenario change(String name, String ddl, String... afterwards) {
        return scenario("schema-change/" + name, ddl)
                .before(
                        TABLE,
                        "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE e (id int PRIMARY KEY, m mood);"
                                + " INSERT INTO e VALUES (1, 'sad')")
                .then("INSERT INTO t VALUES (2, 'y', 2)", "UPDATE e SET m = 'ok'")
                .settle()
                .script(ddl)
                .then(afterwards)
                .settle()
                .then("UPDATE e SET m = 'sad'")
                .build();
    }
}
