package dev.walbrook.examples.shop.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a real broker and a real database. */
class ConsumerIT {

    private static TestDatabase database;
    private static ConfigurableApplicationContext service;
    private static URI api;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        database = TestPostgres.source().createDatabase();
        TestKafka.shared().createTopic(database.name() + "-orders", 1);
        service = SpringApplication.run(
                ConsumerApplication.class,
                "--DATABASE_URL=" + database.jdbcUrl(),
                "--DATABASE_USER=" + database.user(),
                "--DATABASE_PASSWORD=" + database.password(),
                "--KAFKA_BOOTSTRAP_SERVERS=" + TestKafka.shared().bootstrapServers(),
                "--TOPICS=" + database.name() + "-orders," + database.name() + "-payments",
                "--SERVER_PORT=0",
                "--SERVER_ADDRESS=127.0.0.1");
        api = URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port")
                + "/consumer/api/events");
    }

    @AfterAll
    static void stop() {
        service.close();
        database.close();
    }

    @Test
    void storesEveryEventOnceAndShowsIt() throws Exception {
        send("-orders", "e1", "1", "{\"id\": 1, \"quantity\": 3}");
        send("-orders", "e1", "1", "{\"id\": 1, \"quantity\": 3}");
        send("-orders", null, "1", "no event at all");
        send("-orders", "e2", "2", "not json");
        send("-orders", "e3", "3", null);
        // A topic that was not there when the service started.
        send("-payments", "e4", "1", "{}");

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> get("").path("total").asInt() == 4);
        JsonNode first = get("/e1");
        assertThat(first.path("topic").asString()).isEqualTo(database.name() + "-orders");
        assertThat(first.path("key").asString()).isEqualTo("1");
        assertThat(first.path("offset").asLong()).isZero();
        assertThat(first.path("payload").path("quantity").asInt()).isEqualTo(3);
        assertThat(first.path("eventType").asString()).isEqualTo("Tested");
        assertThat(get("/e2").path("payload").asString()).isEqualTo("not json");
        assertThat(get("/e3").path("payload").isNull()).isTrue();
        assertThat(get("?topic=" + database.name() + "-orders&size=2")
                        .path("items")
                        .values())
                .extracting(event -> event.path("eventId").asString())
                .containsExactly("e3", "e2");
    }

    private static void send(String topic, String id, String key, String value) throws Exception {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(database.name() + topic, key, value);
            if (id != null) {
                record.headers().add("id", id.getBytes(StandardCharsets.UTF_8));
                record.headers().add("eventType", "Tested".getBytes(StandardCharsets.UTF_8));
            }
            producer.send(record).get();
        }
    }

    private JsonNode get(String rest) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(client.send(
                                HttpRequest.newBuilder(URI.create(api + rest)).build(), BodyHandlers.ofString())
                        .body());
    }
}
