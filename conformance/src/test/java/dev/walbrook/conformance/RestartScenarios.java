package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.List;

/** Orderly restarts, and the settings of the running connector. */
final class RestartScenarios {

    private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a')";

    static final String NULL_KEY =
            "the replica identity does not tell the primary key of a deleted row, so it is null; Debezium's is 0, which may be"
                    + " another row's";

    private RestartScenarios() {}

    static List<Scenario> all() {
        return List.of(
                restart("restart/once", "changes before, during and after a stop")
                        .build(),
                restart("restart/twice", "two stops")
                        .stop()
                        .then("UPDATE t SET v = 'again'")
                        .resume()
                        .then("DELETE FROM t WHERE id > 3")
                        .build(),
                restart("restart/nothing-happened", "a stop during which nothing happens")
                        .stop()
                        .resume()
                        .build(),
                scenario("restart/large-transaction", "a large transaction while stopped")
                        .before(TABLE)
                        .stop()
                        .transaction(
                                "INSERT INTO t SELECT i, 'x' FROM generate_series(2, 1000) i",
                                "UPDATE t SET v = 'y' WHERE id % 3 = 0",
                                "DELETE FROM t WHERE id % 5 = 0")
                        .resume()
                        .then("INSERT INTO t VALUES (5000, 'end')")
                        .build(),
                small("runtime/small-batches", "batches of three")
                        .with("max.batch.size", "3")
                        .with("max.queue.size", "4")
                        .build(),
                small("runtime/small-queue", "a queue of few bytes")
                        .with("max.queue.size.in.bytes", "2000")
                        .build(),
                small("runtime/poll-interval", "a longer poll")
                        .with("poll.interval.ms", "200")
                        .build(),
                small("runtime/status-interval", "frequent status updates")
                        .with("status.update.interval.ms", "100")
                        .build(),
                small("runtime/lsn-flush-manual", "a slot that somebody else advances")
                        .with("lsn.flush.mode", "manual")
                        .build(),
                small("runtime/lsn-flush-driver", "the driver confirms, too")
                        .with("lsn.flush.mode", "connector_and_driver")
                        .differs("__debezium-heartbeat.*", "an idle slot advances without a heartbeat")
                        .build(),
                small("runtime/xmin", "the slot's xmin in the source block")
                        .with("xmin.fetch.interval.ms", "1")
                        .build(),
                small("runtime/initial-statements", "statements for each connection")
                        .with("database.initial.statements", "SET application_name TO 'conformance'; SELECT 'a;;b'")
                        .build(),
                small("runtime/slot-drop", "the slot goes with the connector")
                        .with("slot.drop.on.stop", "true")
                        .build(),
                small("runtime/read-only", "a connector that writes nothing")
                        .with("read.only", "true")
                        .build(),
                small("runtime/query-timeout", "a limit for each statement")
                        .with("database.query.timeout.ms", "30000")
                        .build(),
                small("runtime/slot-params", "options of the plug-in")
                        .with("slot.stream.params", "origin=any")
                        .build(),
                scenario("replication/identity-autoset", "replica identities are set at the start")
                        .with(
                                "replica.identity.autoset.values",
                                "public.f:FULL,public.i:INDEX i_v,public.n:NOTHING,public.d:DEFAULT")
                        .before(
                                """
                                CREATE TABLE f (id int PRIMARY KEY, v int NOT NULL); INSERT INTO f VALUES (1, 1);
                                CREATE TABLE i (id int PRIMARY KEY, v int NOT NULL); INSERT INTO i VALUES (1, 1);
                                CREATE UNIQUE INDEX i_v ON i (v);
                                CREATE TABLE n (id int PRIMARY KEY, v int NOT NULL); INSERT INTO n VALUES (1, 1);
                                CREATE TABLE d (id int PRIMARY KEY, v int NOT NULL); INSERT INTO d VALUES (1, 1);
                                ALTER TABLE d REPLICA IDENTITY FULL
                                """)
                        .differs("server\\.public\\.i\\[.*", NULL_KEY)
                        .then(
                                "UPDATE f SET v = 2",
                                "UPDATE i SET v = 2",
                                "INSERT INTO n VALUES (2, 2)",
                                "UPDATE d SET v = 2")
                        .then("DELETE FROM f", "DELETE FROM i", "DELETE FROM d")
                        .build(),
                scenario("replication/origin", "changes that came from elsewhere tell their origin")
                        .before(TABLE, "SELECT pg_replication_origin_create('elsewhere_{slot}')")
                        .script("SELECT pg_replication_origin_session_setup('elsewhere_{slot}');"
                                + " INSERT INTO t SELECT max(id) + 1, 'origin' FROM t;"
                                + " SELECT pg_replication_origin_session_reset()")
                        .then("INSERT INTO t VALUES (50, 'here')")
                        .build(),
                small("replication/plugin-default", "another plug-in's name")
                        .using("plugin.name", "pgoutput")
                        .build(),
                scenario("replication/two-phase", "prepared transactions")
                        .before(TABLE)
                        .script("BEGIN; INSERT INTO t VALUES (2, 'prepared'); PREPARE TRANSACTION 'c_{schema}'")
                        .then("INSERT INTO t VALUES (3, 'between')")
                        .script("COMMIT PREPARED 'c_{schema}'")
                        .then("INSERT INTO t VALUES (4, 'after')")
                        .build(),
                scenario("replication/copy", "COPY and INSERT of many rows share a position")
                        .before(
                                TABLE,
                                "CREATE TABLE source_ AS SELECT i AS id, 'x' || i AS v FROM generate_series(100, 400) i")
                        .then(
                                "INSERT INTO t SELECT * FROM source_",
                                "UPDATE t SET v = v || '!'",
                                "DELETE FROM t WHERE id > 200")
                        .build(),
                scenario("replication/savepoints", "subtransactions, some rolled back")
                        .before(TABLE)
                        .script(
                                "BEGIN; INSERT INTO t VALUES (2, 'b'); SAVEPOINT a; INSERT INTO t VALUES (3, 'c'); SAVEPOINT b;"
                                        + " UPDATE t SET v = 'x'; ROLLBACK TO b; INSERT INTO t VALUES (4, 'd'); RELEASE a; COMMIT")
                        .script("BEGIN; DELETE FROM t; ROLLBACK")
                        .then("INSERT INTO t VALUES (5, 'e')")
                        .build(),
                scenario("replication/upsert", "INSERT … ON CONFLICT and MERGE")
                        .before(TABLE)
                        .then(
                                "INSERT INTO t VALUES (1, 'b'), (2, 'c') ON CONFLICT (id) DO UPDATE SET v = excluded.v || '!'",
                                "MERGE INTO t USING (VALUES (1, 'm'), (9, 'n')) AS s (id, v) ON t.id = s.id"
                                        + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)")
                        .build());
    }

    private static Scenario.Builder restart(String id, String title) {
        return scenario(id, title)
                .before(TABLE)
                .then("INSERT INTO t VALUES (2, 'b')")
                .stop()
                .then("INSERT INTO t VALUES (3, 'c')", "UPDATE t SET v = 'd' WHERE id = 2")
                .resume()
                .then("INSERT INTO t VALUES (4, 'e')");
    }

    private static Scenario.Builder small(String id, String title) {
        return scenario(id, title)
                .before(TABLE)
                .then(
                        "INSERT INTO t SELECT i, 'x' FROM generate_series(2, 30) i",
                        "UPDATE t SET v = 'y' WHERE id < 5",
                        "UPDATE t SET id = 100 WHERE id = 2",
                        "DELETE FROM t WHERE id > 20");
    }
}
