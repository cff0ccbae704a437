package dev.walbrook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A target with the source's foreign keys, unique columns and triggers, which only whole transactions in order satisfy. */
@Timeout(300)
class TransactionReplicationIT {

    private static final String TABLES =
            """
            CREATE TABLE account (id int PRIMARY KEY, name text UNIQUE, balance int NOT NULL);
            CREATE TABLE transfer (id int PRIMARY KEY, debit int NOT NULL REFERENCES account,
                credit int NOT NULL REFERENCES account, amount int NOT NULL);
            CREATE TABLE line (transfer int NOT NULL REFERENCES transfer ON DELETE CASCADE, note text);
            CREATE TABLE log (n bigint, line text)""";

    private TestPostgres targetServer;
    private TestDatabase source;
    private TestDatabase target;
    private Replication replication;

    @BeforeEach
    void createTables() {
        targetServer = TestPostgres.fresh();
        source = TestPostgres.source().createDatabase();
        target = targetServer.createDatabase();
        source.execute(TABLES, "ALTER TABLE line REPLICA IDENTITY FULL");
        target.execute(TABLES);
        // The database itself refuses a state that the source never had: the books always balance when a transaction
        // ends.
        target.execute(
                """
                CREATE FUNCTION balanced() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  IF (SELECT sum(balance) FROM account) <> 0 THEN RAISE 'the books do not balance'; END IF;
                  RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER balanced AFTER INSERT OR UPDATE OR DELETE ON account
                  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balanced()""");
        replication = new Replication(TestConnect.shared(), source, target)
                .withSource("provide.transaction.metadata", "true")
                .withSink("apply.mode", "transaction")
                .withSink("batch.size", "200");
    }

    @AfterEach
    void close() {
        replication.close();
        target.close();
        source.close();
        targetServer.close();
    }

    @Test
    void keepsEveryConstraintThroughKillsOfTheTargetAndRestarts() throws Exception {
        replication.start();

        CompletableFuture<Void> load = load(Seeds.random(), 400);
        Awaitility.await("transactions arrive").atMost(Duration.ofMinutes(1)).until(() -> !"0"
                .equals(target.queryString("SELECT count(*) FROM transfer")));
        targetServer.server().kill();
        targetServer.server().start();
        TestConnect.shared().restart(replication.sinkName());
        TestConnect.shared().restart(replication.sourceName());
        load.get(2, TimeUnit.MINUTES);

        replication.awaitEqual("account");
        replication.awaitEqual("transfer");
        replication.awaitEqual("line");
        replication.awaitEqual("log");
    }

    @Test
    void writesATransactionLargerThanABatchInOne() throws Exception {
        replication.start();

        source.execute(
                """
                BEGIN;
                INSERT INTO log SELECT i, 'a' FROM generate_series(1, 10000) i;
                INSERT INTO account SELECT i, 'name ' || i, 0 FROM generate_series(1, 10000) i;
                COMMIT""");
        replication.awaitEqualHash("log");
        replication.awaitEqualHash("account");

        assertThat((Long) ManagementFactory.getPlatformMBeanServer()
                        .getAttribute(
                                new ObjectName("walbrook.postgres:type=sink-metrics,connector=" + replication.sinkName()
                                        + ",task=0"),
                                "LatencyMilliSeconds"))
                .isBetween(0L, 300_000L);
        assertThat(target.queryString("SELECT count(DISTINCT x) FROM (SELECT xmin::text x FROM log UNION ALL"
                        + " SELECT xmin::text FROM account) t"))
                .isEqualTo("1");
    }

    @Test
    void saysWhereATransactionIsTooLarge() {
        replication.withSink("transaction.buffer.bytes", "100000").start();

        source.execute("INSERT INTO log SELECT i, 'a' FROM generate_series(1, 1000) i");

        assertThat(TestConnect.shared().awaitFailure(replication.sinkName())).contains("transaction.buffer.bytes");
        assertThat(target.queryString("SELECT count(*) FROM log")).isEqualTo("0");
    }

    @Test
    void saysWhereMetadataAreMissing() {
        replication.withSource("provide.transaction.metadata", "false").start();

        source.execute("INSERT INTO log VALUES (1, 'a')");

        assertThat(TestConnect.shared().awaitFailure(replication.sinkName()))
                .contains("provide.transaction.metadata=true");
    }

    /** Transactions over all tables, each of which leaves the books balanced, and none of which could be cut or moved. */
    private CompletableFuture<Void> load(Random random, int transactions) {
        return CompletableFuture.runAsync(() -> {
            for (int n = 1; n <= transactions; n++) {
                int amount = random.nextInt(100);
                source.execute(
                        """
                        BEGIN;
                        INSERT INTO account VALUES (%1$d, 'name %1$d', -%3$d), (%2$d, 'name %2$d', %3$d);
                        INSERT INTO transfer VALUES (%1$d, %1$d, %2$d, %3$d);
                        INSERT INTO line VALUES (%1$d, 'first'), (%1$d, 'second');
                        UPDATE account SET name = 'free %1$d' WHERE id = %1$d;
                        UPDATE account SET name = 'name %1$d' WHERE id = %2$d;
                        UPDATE account SET name = 'name %2$d' WHERE id = %1$d;
                        INSERT INTO log VALUES (%1$d, 'done');
                        COMMIT"""
                                .formatted(n * 2, n * 2 + 1, amount));
                if (random.nextInt(4) == 0) {
                    source.execute(
                            """
                            BEGIN;
                            DELETE FROM transfer WHERE id = %1$d;
                            DELETE FROM account WHERE id IN (%1$d, %2$d);
                            COMMIT"""
                                    .formatted(n * 2, n * 2 + 1));
                }
            }
        });
    }
}
