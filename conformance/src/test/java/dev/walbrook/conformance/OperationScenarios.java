package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.List;

/** Inserts, updates, deletes and what they look like under each replica identity. */
final class OperationScenarios {

    private OperationScenarios() {}

    static List<Scenario> all() {
        return List.of(
                scenario("operations/basic", "inserts, updates and deletes of one row each")
                        .before("CREATE TABLE t (id int PRIMARY KEY, v text, n int NOT NULL DEFAULT 7);"
                                + " INSERT INTO t VALUES (1, 'a', 1), (2, NULL, 2)")
                        .then(
                                "INSERT INTO t VALUES (3, 'c', 3)",
                                "UPDATE t SET v = 'A' WHERE id = 1",
                                "UPDATE t SET v = NULL WHERE id = 3",
                                "DELETE FROM t WHERE id = 2")
                        .build(),
                scenario("operations/one-transaction", "many changes of several tables in one transaction")
                        .before(
                                "CREATE TABLE a (id int PRIMARY KEY, v text)",
                                "CREATE TABLE b (id bigint PRIMARY KEY, v text)")
                        .transaction(
                                "INSERT INTO a SELECT i, 'x' || i FROM generate_series(1, 20) i",
                                "INSERT INTO b SELECT i, 'y' || i FROM generate_series(1, 20) i",
                                "UPDATE a SET v = v || '!' WHERE id % 2 = 0",
                                "DELETE FROM b WHERE id > 10",
                                "SAVEPOINT s",
                                "INSERT INTO a VALUES (99, 'rolled back')",
                                "ROLLBACK TO s",
                                "INSERT INTO a VALUES (100, 'kept')")
                        .build(),
                scenario("operations/key-change", "an update of the key is a delete and an insert")
                        .before("CREATE TABLE t (a int, b text, v text, PRIMARY KEY (b, a));"
                                + " INSERT INTO t VALUES (1, 'x', 'v')")
                        .then("UPDATE t SET a = 2", "UPDATE t SET b = 'y', v = 'w'", "UPDATE t SET a = a")
                        .build(),
                identity("default", "DEFAULT").build(),
                identity("full", "FULL").build(),
                identity("index", "USING INDEX t_code")
                        .differs("server\\..*", RestartScenarios.NULL_KEY)
                        .build(),
                scenario("operations/no-key", "a table without key")
                        .sharing("tables")
                        .before("CREATE TABLE t (id int, v text); INSERT INTO t VALUES (1, 'a')")
                        .then("INSERT INTO t VALUES (2, 'b')")
                        .build(),
                scenario("operations/no-key-full", "a table without key, REPLICA IDENTITY FULL")
                        .sharing("tables")
                        .before("CREATE TABLE t (id int, v text); ALTER TABLE t REPLICA IDENTITY FULL;"
                                + " INSERT INTO t VALUES (1, 'a')")
                        .then("INSERT INTO t VALUES (2, 'b')", "UPDATE t SET v = 'c'", "DELETE FROM t")
                        .differs(
                                "server\\..*\\.t\\[\\d+]",
                                "a delete without key has no tombstone: a null key means nothing to compaction, and a compacted topic refuses it")
                        .build(),
                scenario("operations/truncate-skipped", "truncates are left out by default")
                        .covers("skipped.operations")
                        .before("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)")
                        .then("TRUNCATE t", "INSERT INTO t VALUES (2)")
                        .build(),
                scenario("operations/truncate", "truncates of several tables")
                        .with("skipped.operations", "none")
                        .before("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)")
                        .then("INSERT INTO t VALUES (1)", "TRUNCATE t, u", "INSERT INTO t VALUES (2)")
                        .build(),
                scenario("operations/tombstones-off", "deletes without tombstones")
                        .with("tombstones.on.delete", "false")
                        .before("CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a'), (2, 'b')")
                        .then("DELETE FROM t WHERE id = 1", "UPDATE t SET id = 3")
                        .build());
    }

    private static Scenario.Builder identity(String name, String identity) {
        return scenario("operations/identity-" + name, "each operation under REPLICA IDENTITY " + identity)
                .sharing("tables")
                .before(
                        """
                        CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL, v text, large text);
                        CREATE UNIQUE INDEX t_code ON t (code);
                        ALTER TABLE t ALTER large SET STORAGE EXTERNAL;
                        ALTER TABLE t REPLICA IDENTITY %s;
                        INSERT INTO t VALUES (1, 'one', 'a', repeat('x', 5000))
                        """
                                .formatted(identity))
                .then(
                        "INSERT INTO t VALUES (2, 'two', 'b', repeat('y', 5000))",
                        "UPDATE t SET v = 'A' WHERE id = 1",
                        "UPDATE t SET code = 'eins' WHERE id = 1",
                        "UPDATE t SET id = 11 WHERE id = 1",
                        "UPDATE t SET large = repeat('z', 5000) WHERE id = 2",
                        "UPDATE t SET large = NULL WHERE id = 2",
                        "DELETE FROM t WHERE id = 11",
                        "DELETE FROM t");
    }
}
