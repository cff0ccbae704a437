package dev.walbrook.connect;

import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker goes away under load and comes back: both connectors wait, and nothing is missing afterwards. */
@Timeout(300)
class BrokerOutageIT {

    @Test
    void theRoadGoesOnOnceTheBrokerIsBack() {
        try (TestKafka kafka = TestKafka.fresh();
                TestConnect connect = TestConnect.fresh(kafka, Map.of());
                TestDatabase source = TestPostgres.source().createDatabase();
                TestDatabase target = TestPostgres.source().createDatabase()) {
            source.execute(
                    "CREATE TABLE t (id int PRIMARY KEY, v text)",
                    "INSERT INTO t SELECT i, 'snapshot' FROM generate_series(1, 1000) i");
            try (Replication road = new Replication(connect, source, target).start()) {
                road.awaitEqual("t");

                kafka.broker().stop();
                source.execute(
                        "INSERT INTO t SELECT i, 'while away' FROM generate_series(1001, 3000) i",
                        "UPDATE t SET v = 'changed' WHERE id % 3 = 0",
                        "DELETE FROM t WHERE id % 7 = 0");
                kafka.broker().start();

                road.awaitEqual("t");
                source.execute("INSERT INTO t VALUES (5000, 'after')");
                road.awaitEqual("t");
            }
        }
    }
}
