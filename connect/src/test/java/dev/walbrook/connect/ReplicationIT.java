package dev.walbrook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From one database through the worker into another, as the product sets it up. */
class ReplicationIT {

    /** 100 kB that does not compress to nothing, so that it is stored out of line. */
    private static final String LARGE_TEXT = "(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 3200) i)";

    private static final String LARGE_TABLE =
            """
            CREATE TABLE large (id int PRIMARY KEY, small text, body text, raw bytea, doc jsonb, numbers numeric[],
                words text[], dates date[], path polygon);
            ALTER TABLE large ALTER doc SET STORAGE EXTERNAL, ALTER numbers SET STORAGE EXTERNAL,
                ALTER dates SET STORAGE EXTERNAL, ALTER path SET STORAGE EXTERNAL;
            """;

    private static final String LARGE_ROW =
            """
            INSERT INTO large SELECT %d, 'a', %s, decode(%s, 'hex'), jsonb_build_object('k', %s),
                (SELECT array_agg(i * 1.5) FROM generate_series(1, 5000) i),
                (SELECT array_agg(md5(i::text)) FROM generate_series(1, 3200) i),
                (SELECT array_agg(date '2000-01-01' + i) FROM generate_series(1, 5000) i),
                (SELECT ('(' || string_agg('(' || i || ',' || i || ')', ',') || ')')::polygon FROM generate_series(1, 2000) i)
            """;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private TestDatabase source;
    private TestDatabase target;

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    private Replication replication() {
        source = closing(TestPostgres.source().createDatabase());
        target = closing(TestPostgres.source().createDatabase());
        return closing(new Replication(TestConnect.shared(), source, target));
    }

    private static String largeRow(int id) {
        return LARGE_ROW.formatted(id, LARGE_TEXT, LARGE_TEXT, LARGE_TEXT);
    }

    @Test
    void insertsUpdatesDeletesTruncatesAndKeyChanges() {
        Replication replication = replication();
        source.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')",
                "CREATE TABLE pair (a int, b text, v int, PRIMARY KEY (b, a)); INSERT INTO pair VALUES (1, 'x', 1)");
        replication.start();
        replication.awaitEqual("t");

        source.execute(
                "INSERT INTO t VALUES (4, 'd')",
                "UPDATE t SET v = 'A' WHERE id = 1",
                "DELETE FROM t WHERE id = 2",
                "UPDATE t SET id = 30, v = 'C' WHERE id = 3",
                "UPDATE pair SET b = 'y\\\"z'",
                "INSERT INTO pair VALUES (2, '', NULL)");
        replication.awaitEqual("t");
        replication.awaitEqual("pair");

        source.execute("BEGIN; INSERT INTO t VALUES (5, 'e'); TRUNCATE t; INSERT INTO t VALUES (6, 'f'); COMMIT");
        replication.awaitEqual("t");
        assertThat(target.query("SELECT id FROM t")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEFAULT", "FULL"})
    void largeValuesThatAnUpdateLeavesAlone(String identity) {
        Replication replication = replication();
        source.execute(LARGE_TABLE, "ALTER TABLE large REPLICA IDENTITY " + identity, largeRow(1));
        replication.start();
        replication.awaitEqualHash("large");
        source.execute(largeRow(2));
        replication.awaitEqualHash("large");

        source.execute("UPDATE large SET small = 'b'");
        replication.awaitEqualHash("large");
        source.execute("UPDATE large SET body = 'short' WHERE id = 1", "UPDATE large SET numbers = NULL WHERE id = 2");
        replication.awaitEqualHash("large");
    }

    @ParameterizedTest
    @CsvSource({
        "DEFAULT, org.apache.kafka.connect.json.JsonConverter",
        "FULL, org.apache.kafka.connect.json.JsonConverter",
        "DEFAULT, org.apache.kafka.connect.storage.SimpleHeaderConverter"
    })
    void largeValuesThatAKeyChangeLeavesAlone(String identity, String headerConverter) {
        Replication replication = replication()
                .withSource("header.converter", headerConverter)
                .withSink("header.converter", headerConverter);
        source.execute(
                LARGE_TABLE, "ALTER TABLE large REPLICA IDENTITY " + identity, largeRow(1), largeRow(2), largeRow(3));
        replication.start();
        replication.awaitEqualHash("large");

        source.execute(
                "UPDATE large SET id = 20 WHERE id = 2",
                "UPDATE large SET id = 2, small = 'moved' WHERE id = 1",
                "BEGIN; UPDATE large SET id = 4 WHERE id = 3; UPDATE large SET id = 5 WHERE id = 4;"
                        + " UPDATE large SET id = 3 WHERE id = 5; COMMIT");
        replication.awaitEqualHash("large");

        source.execute(
                "BEGIN; " + largeRow(6) + "; UPDATE large SET id = 7 WHERE id = 6; COMMIT",
                "BEGIN; UPDATE large SET id = 8 WHERE id = 7; DELETE FROM large WHERE id = 8; COMMIT",
                "BEGIN; DELETE FROM large WHERE id = 3; UPDATE large SET id = 3 WHERE id = 20; COMMIT");
        replication.awaitEqualHash("large");
    }

    @Test
    void keyChangesThatAreDeliveredAgain() {
        Replication replication = replication();
        source.execute(
                LARGE_TABLE, largeRow(1), "CREATE TABLE other (id int PRIMARY KEY); INSERT INTO other VALUES (1)");
        replication.start();
        replication.awaitEqualHash("large");
        source.execute(
                "UPDATE large SET id = 2", "UPDATE large SET id = 3, small = 'again'", "UPDATE large SET id = 4");
        replication.awaitEqualHash("large");
        replication.awaitEqual("other");

        target.execute("DELETE FROM other");
        replication.deliverAgain();
        source.execute("INSERT INTO large (id) VALUES (9)");

        replication.awaitEqualHash("large");
        replication.awaitEqual("other");
    }

    @Test
    void tablesWithoutKey() {
        Replication replication = replication();
        source.execute(
                "CREATE TABLE log (line text, data json, n numeric, at timestamptz, tags text[], where_ point)",
                "ALTER TABLE log REPLICA IDENTITY FULL",
                "INSERT INTO log VALUES ('a', '{\"x\": 1}', 1.50, 'infinity', '{a}', '(1,2)')",
                "INSERT INTO log VALUES ('b')");
        replication.start();
        replication.awaitEqual("log");

        source.execute(
                "INSERT INTO log VALUES ('a', '{\"x\": 1}', 1.50, 'infinity', '{a}', '(1,2)')",
                "INSERT INTO log VALUES ('c')",
                "UPDATE log SET line = 'B', n = 'NaN' WHERE line = 'b'",
                "DELETE FROM log WHERE ctid = (SELECT min(ctid) FROM log WHERE line = 'a')",
                "UPDATE log SET line = 'A' WHERE line = 'a'");
        replication.awaitEqual("log");
        source.execute("TRUNCATE log", "INSERT INTO log VALUES ('z')");
        replication.awaitEqual("log");
    }

    @Test
    void aPartitionedTableAsOne() {
        Replication replication = replication();
        source.execute(
                "CREATE TABLE p (id int, region text, v text, PRIMARY KEY (id, region)) PARTITION BY LIST (region)",
                "CREATE TABLE p_eu PARTITION OF p FOR VALUES IN ('eu')",
                "CREATE TABLE p_us PARTITION OF p FOR VALUES IN ('us')",
                "INSERT INTO p VALUES (1, 'eu', 'a'), (2, 'us', 'b')");
        replication.start();
        replication.awaitEqual("p");

        source.execute(
                "CREATE TABLE p_rest PARTITION OF p DEFAULT",
                "INSERT INTO p VALUES (3, 'eu', 'c'), (4, 'asia', 'd')",
                "UPDATE p SET v = 'B', region = 'eu' WHERE id = 2",
                "DELETE FROM p WHERE id = 1");
        replication.awaitEqual("p");
        assertThat(target.queryString("SELECT count(*) FROM pg_class WHERE relname LIKE 'p\\_%' AND relkind = 'r'"))
                .isEqualTo("0");
    }

    @Test
    void mixedCaseAndOtherAlphabetsInNames() {
        Replication replication = replication()
                .withSource("topic.naming.strategy", "io.debezium.schema.SchemaUnicodeTopicNamingStrategy");
        String table = "\"Gro\u00dfe Namen\".\"Bestell ungen.\u8a3b\u6587\"";
        source.execute(
                "CREATE SCHEMA \"Gro\u00dfe Namen\"",
                "CREATE TABLE " + table
                        + " (\"Id\" int, \"Gr\u00f6\u00dfe \u20ac\" text, \"select\" int, \"a,b\" text, PRIMARY KEY (\"Id\"))",
                "INSERT INTO " + table + " VALUES (1, 'x', 2, 'y')");
        replication.start();
        replication.awaitEqual(table);

        source.execute(
                "INSERT INTO " + table + " VALUES (2, NULL, NULL, '')",
                "UPDATE " + table + " SET \"Gr\u00f6\u00dfe \u20ac\" = 'X' WHERE \"Id\" = 1",
                "UPDATE " + table + " SET \"Id\" = 3 WHERE \"Id\" = 2");
        replication.awaitEqual(table);
    }

    @Test
    void identityAndGeneratedColumns() {
        Replication replication = replication();
        source.execute(
                "CREATE TABLE g (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int, twice int GENERATED ALWAYS AS (a * 2) STORED)",
                "INSERT INTO g (a) VALUES (1), (2)");
        target.execute(
                "CREATE TABLE g (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int, twice int GENERATED ALWAYS AS (a * 2) STORED)");
        replication.start();
        replication.awaitEqual("g");

        source.execute(
                "INSERT INTO g (a) VALUES (3)", "UPDATE g SET a = 10 WHERE id = 1", "DELETE FROM g WHERE id = 2");
        replication.awaitEqual("g");
    }

    @Test
    void aColumnAddedWithAConstantDefaultHasItInTheOldRowsToo() {
        Replication replication = replication();
        source.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
        replication.start();
        replication.awaitEqual("t");

        source.execute(
                "ALTER TABLE t ADD n int DEFAULT 7, ADD s text NOT NULL DEFAULT 'it''s', ADD x int",
                "INSERT INTO t VALUES (3, NULL, 'own', NULL)");

        replication.awaitEqual("t");
    }

    @Test
    void columnsThatComeAndGo() {
        Replication replication = replication();
        source.execute("CREATE TABLE c (id int PRIMARY KEY, a text, b int); INSERT INTO c VALUES (1, 'a', 1)");
        replication.start();
        replication.awaitEqual("c");

        source.execute(
                "ALTER TABLE c ADD added numeric(10,2)",
                "INSERT INTO c VALUES (2, 'b', 2, 2.5)",
                "UPDATE c SET added = 1 WHERE id = 1",
                "ALTER TABLE c DROP b",
                "INSERT INTO c VALUES (3, 'c', 3)",
                "UPDATE c SET a = 'B' WHERE id = 2");

        replication.awaitEqual("c");
        assertThat(target.query("SELECT b FROM c ORDER BY id").toString()).isEqualTo("[[1], [2], [null]]");
    }

    @Test
    void aTransactionOfFiftyThousandRows() {
        Replication replication = replication();
        source.execute("CREATE TABLE many (id int PRIMARY KEY, v text)");
        replication.start();

        source.execute("INSERT INTO many SELECT i, md5(i::text) FROM generate_series(1, 50000) i");

        replication.awaitEqualHash("many");
        assertThat(target.queryString("SELECT count(*) FROM many")).isEqualTo("50000");
    }

    @Test
    void restartsOfTheTasksUnderLoad() throws Exception {
        Replication replication = replication();
        source.execute("CREATE TABLE load (id int PRIMARY KEY, v text)");
        replication.start();

        CompletableFuture<Void> load = load();
        for (int i = 0; i < 3; i++) {
            TestConnect.shared().restart(replication.sourceName());
            TestConnect.shared().restart(replication.sinkName());
        }
        load.get(1, TimeUnit.MINUTES);

        replication.awaitEqualHash("load");
    }

    @Test
    void restartsOfBothServersUnderLoad() throws Exception {
        TestPostgres sourceServer = closing(TestPostgres.fresh());
        TestPostgres targetServer = closing(TestPostgres.fresh());
        source = closing(sourceServer.createDatabase());
        target = closing(targetServer.createDatabase());
        Replication replication = closing(new Replication(TestConnect.shared(), source, target));
        source.execute("CREATE TABLE load (id int PRIMARY KEY, v text)");
        replication.start();

        CompletableFuture<Void> load = load();
        targetServer.server().kill();
        targetServer.server().start();
        load.get(1, TimeUnit.MINUTES);
        load = load();
        load.get(1, TimeUnit.MINUTES);
        sourceServer.server().stop();
        sourceServer.server().start();
        load().get(1, TimeUnit.MINUTES);

        replication.awaitEqualHash("load");
    }

    /** Inserts, updates, deletes and key changes, a transaction each, while the caller does something else. */
    private CompletableFuture<Void> load() {
        TestDatabase database = source;
        return CompletableFuture.runAsync(() -> {
            int from = Integer.parseInt(database.queryString("SELECT coalesce(max(id), 0) FROM load"));
            for (int i = 1; i <= 200; i++) {
                int id = from + i * 20;
                database.execute(
                        "INSERT INTO load SELECT %d + i, 'first' FROM generate_series(0, 9) i".formatted(id),
                        "UPDATE load SET v = 'second' WHERE id BETWEEN %d AND %d".formatted(id, id + 4),
                        "DELETE FROM load WHERE id = %d".formatted(id + 9),
                        "UPDATE load SET id = id + 10 WHERE id = %d".formatted(id + 8));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"service_load", "hybrid_fail"})
    void connectorsLoadWithEveryWayOfDiscovery(String discovery) {
        TestConnect connect = closing(TestConnect.fresh(TestKafka.shared(), Map.of("plugin.discovery", discovery)));
        source = closing(TestPostgres.source().createDatabase());
        target = closing(TestPostgres.source().createDatabase());
        source.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
        Replication replication = closing(new Replication(connect, source, target));

        replication.start();

        replication.awaitEqual("t");
    }
}
