package dev.walbrook.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The loop that the documentation shows for a consumer without a framework, with crashes in it. */
class PlainConsumerIT {

    private final Inbox inbox = Inbox.of("billing");

    @Test
    void aConsumerThatDiesBeforeItCommitsItsOffsetsProcessesNothingTwice() throws Exception {
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            String topic = database.name();
            database.execute(inbox.migration(), "CREATE TABLE bill (number serial, order_id text)");
            TestKafka.shared().createTopic(topic, 1);
            send(topic, "a", "b", "b", "c");

            // Each of these dies after its transaction and before the commit of the offset.
            assertThat(consume(database, topic, 1, false)).isEqualTo(1);
            assertThat(consume(database, topic, 3, false)).isEqualTo(1);
            assertThat(consume(database, topic, 4, true)).isEqualTo(1);
            send(topic, "c", "d");
            assertThat(consume(database, topic, 2, true)).isEqualTo(1);

            assertThat(database.query("SELECT order_id FROM bill ORDER BY number"))
                    .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("d"));
        }
    }

    /** Reads that many records and returns how many of them were new. */
    private int consume(TestDatabase database, String topic, int records, boolean survives) throws SQLException {
        int fresh = 0;
        int seen = 0;
        try (KafkaConsumer<String, String> consumer = consumer(topic);
                Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            consumer.subscribe(List.of(topic));
            while (seen < records) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    String id = new String(record.headers().lastHeader("id").value(), StandardCharsets.UTF_8);
                    if (inbox.firstTime(connection, id)) {
                        bill(connection, record.value());
                        fresh++;
                    }
                    connection.commit();
                    if (++seen == records) {
                        break;
                    }
                }
                if (survives && seen == records) {
                    consumer.commitSync();
                }
            }
        }
        return fresh;
    }

    private static void bill(Connection connection, String order) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO bill (order_id) VALUES (?)")) {
            insert.setString(1, order);
            insert.execute();
        }
    }

    private static KafkaConsumer<String, String> consumer(String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        TestKafka.shared().bootstrapServers(),
                        "group.id",
                        group,
                        "enable.auto.commit",
                        "false",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static void send(String topic, String... orders) throws Exception {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (String order : orders) {
                ProducerRecord<String, String> record = new ProducerRecord<>(topic, "key", order);
                record.headers().add("id", ("event of " + order).getBytes(StandardCharsets.UTF_8));
                producer.send(record).get();
            }
        }
    }
}
