package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that never reach Kafka do not count as being on their way for ever: there are more of them here than may be. */
@Timeout(120)
class DroppedRecordsIT {

    private static final int NOISE = 25_000;

    private static final Map<String, String> ONLY_NOISE = Map.of(
            "predicates",
            "noise",
            "predicates.noise.type",
            "org.apache.kafka.connect.transforms.predicates.TopicNameMatches",
            "predicates.noise.pattern",
            ".*noise",
            "transforms",
            "drop",
            "transforms.drop.predicate",
            "noise");

    @Test
    void aFilterDropsThem() throws Exception {
        Map<String, String> chain = new HashMap<>(ONLY_NOISE);
        chain.put("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter");
        goesOn("filtered", chain);
    }

    @Test
    void aTransformRefusesThem() throws Exception {
        Map<String, String> chain = new HashMap<>(ONLY_NOISE);
        // Our records have no timestamp, without which this one can do nothing.
        chain.put("transforms.drop.type", "org.apache.kafka.connect.transforms.TimestampRouter");
        chain.put("errors.tolerance", "all");
        goesOn("refused", chain);
    }

    @Test
    void theProducerFindsThemTooLarge() throws Exception {
        goesOn("large", Map.of("producer.override.max.request.size", "2500", "errors.tolerance", "all"));
    }

    private static void goesOn(String name, Map<String, String> more) throws Exception {
        TestConnect connect = TestConnect.shared();
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            database.execute(
                    "CREATE TABLE noise (id int PRIMARY KEY, note text)",
                    "CREATE TABLE t (id int PRIMARY KEY)",
                    "INSERT INTO t VALUES (1)");
            Map<String, String> properties = SourceConnector.properties(name, database);
            properties.putAll(more);
            connect.deploy(name, properties);
            TestKafka.shared().awaitRecords(name + ".public.t", 1);

            database.execute(
                    "INSERT INTO noise SELECT i, repeat('x', 3000) FROM generate_series(1, " + NOISE + ") i",
                    "INSERT INTO t VALUES (2)");

            assertThat(TestKafka.shared().awaitRecords(name + ".public.t", 2)).hasSize(2);
        } finally {
            connect.delete(name);
        }
    }
}
