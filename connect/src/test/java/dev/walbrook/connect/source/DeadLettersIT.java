package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A change of which no record can be made goes to the topic for such changes, and the others go on. */
@Timeout(180)
class DeadLettersIT {

    private static final String LETTERS = "dead-letters";
    private static final String NAME = "letters";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatCannotBeConvertedIsSetAsideInOrderWithPositionAndCause() throws Exception {
        TestConnect connect = TestConnect.shared();
        TestKafka.shared().createTopic(LETTERS, 3);
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            database.execute(
                    "CREATE TABLE t (id int PRIMARY KEY, amount numeric, note text, secret varchar(20), unseen text)",
                    "ALTER TABLE t REPLICA IDENTITY FULL",
                    "INSERT INTO t VALUES (1, 1, 'good', 's', 'x'), (2, 'NaN', 'snapshot', 's', 'x')");
            connect.deploy(NAME, properties(database));
            awaitRecords("letters.public.t", 1);
            awaitRecords(LETTERS, 1);

            database.execute("BEGIN; INSERT INTO t VALUES (3, 3, 'good', 's', 'x'), (4, 'NaN', NULL, 's', 'x');"
                    + " UPDATE t SET amount = 'NaN' WHERE id = 3; DELETE FROM t WHERE id = 4; COMMIT");
            awaitRecords(LETTERS, 4);
            connect.stop(NAME);
            connect.resume(NAME);
            database.execute(
                    "INSERT INTO t VALUES (5, 5, 'after', 's', 'x')",
                    "INSERT INTO t VALUES (6, 'NaN', 'last', 's', 'x')");

            List<ConsumerRecord<String, String>> letters = awaitRecords(LETTERS, 5);
            assertThat(letters).extracting(ConsumerRecord::partition).containsOnly(0);
            assertThat(letters)
                    .extracting(letter -> summary(letter.value()))
                    .containsExactly(
                            "r null {\"id\":\"2\",\"amount\":\"NaN\",\"note\":\"snapshot\"}",
                            "c null {\"id\":\"4\",\"amount\":\"NaN\",\"note\":null}",
                            "u {\"id\":\"3\",\"amount\":\"3\",\"note\":\"good\"}"
                                    + " {\"id\":\"3\",\"amount\":\"NaN\",\"note\":\"good\"}",
                            "d {\"id\":\"4\",\"amount\":\"NaN\",\"note\":null} null",
                            "c null {\"id\":\"6\",\"amount\":\"NaN\",\"note\":\"last\"}");
            JsonNode created = json(letters.get(1).value());
            assertThat(created.path("error").asText()).isEqualTo("CONVERSION_FAILED");
            assertThat(created.path("cause").asText()).contains("public.t.amount");
            assertThat(created.path("source").path("table").asText()).isEqualTo("t");
            assertThat(created.path("source").path("txId").asLong())
                    .isPositive()
                    .isEqualTo(json(letters.get(3).value())
                            .path("source")
                            .path("txId")
                            .asLong());
            assertThat(json(letters.get(1).key()).path("lsn").asLong())
                    .isEqualTo(created.path("source").path("lsn").asLong());
            assertThat(awaitRecords("letters.public.t", 3))
                    .extracting(event ->
                            json(event.value()).path("after").path("id").asInt())
                    .containsExactly(1, 3, 5);
        } finally {
            connect.delete(NAME);
        }
    }

    private static Map<String, String> properties(TestDatabase database) {
        Map<String, String> properties = SourceConnector.properties(NAME, database);
        properties.put("publication.autocreate.mode", "filtered");
        properties.put("event.converting.failure.handling.mode", "fail");
        properties.put("event.processing.failure.handling.mode", "warn");
        properties.put("dead.letter.topic.name", LETTERS);
        properties.put("column.mask.with.3.chars", "public\\.t\\.secret");
        properties.put("column.exclude.list", "public\\.t\\.unseen");
        return properties;
    }

    private static List<ConsumerRecord<String, String>> awaitRecords(String topic, int count) {
        return TestKafka.shared().awaitRecords(topic, count);
    }

    private static String summary(String letter) {
        JsonNode value = json(letter);
        return value.path("op").asText() + " " + value.path("before") + " " + value.path("after");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
