package dev.walbrook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.local.Ports;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A worker whose sink appends to a table without a key is killed while it writes, long before it tells the consumer group
 * anything. Every record is in the table once, the group learns the offsets, and Connect's commands move them.
 */
@Timeout(300)
class SinkExactlyOnceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int RECORDS = 60_000;
    private static final String TOPIC = "sink-once";
    private static final String GROUP = "connect-once";

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @Test
    void everyRecordIsWrittenOnceHoweverTheWorkerIsKilled() throws Exception {
        port = Ports.free();
        TestKafka.shared().createTopic(TOPIC, 2);
        try (TestDatabase target = TestPostgres.source().createDatabase()) {
            target.execute("CREATE TABLE log (n int, pad text)");
            produce(0, RECORDS);
            for (int kills = 0; kills < 3; kills++) {
                int floor = count(target);
                Process worker = start();
                try {
                    deploy(properties(target));
                    Awaitility.await("the sink writes")
                            .atMost(LIMIT)
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> count(target) > floor);
                } finally {
                    worker.destroyForcibly().waitFor();
                }
            }

            Process worker = start();
            try {
                Awaitility.await("everything is written").atMost(LIMIT).untilAsserted(() -> assertThat(count(target))
                        .as("%s %s", status(), target.query("SELECT * FROM walbrook_sink_offsets"))
                        .isGreaterThanOrEqualTo(RECORDS));
                produce(RECORDS, RECORDS + 10);
                Awaitility.await("the last records").atMost(LIMIT).until(() -> count(target) >= RECORDS + 10);
                assertThat(target.query("SELECT count(*), count(DISTINCT n) FROM log"))
                        .containsExactly(List.of("" + (RECORDS + 10), "" + (RECORDS + 10)));

                // The worker tells the group when the connector stops, and the offsets command asks the group.
                send("PUT", "/connectors/once/stop", null);
                Awaitility.await("the group knows").atMost(LIMIT).until(() -> groupOffsets() == RECORDS + 10);
                assertThat(stored(target)).isEqualTo(RECORDS + 10);

                JsonNode offsets = send("GET", "/connectors/once/offsets", null).path("offsets");
                assertThat(offsets).hasSize(2);
                Awaitility.await("the offsets are removed").atMost(LIMIT).until(() -> send(
                                "DELETE", "/connectors/once/offsets", null)
                        .path("message")
                        .asText()
                        .contains("successfully"));
                target.execute("TRUNCATE log");
                send("PUT", "/connectors/once/resume", null);
                Awaitility.await("everything is written again")
                        .atMost(LIMIT)
                        .until(() -> count(target) == RECORDS + 10);
            } finally {
                worker.destroyForcibly().waitFor();
            }
        }
    }

    /** Says more than a count where the test fails. */
    private String status() {
        try {
            return send("GET", "/connectors/once/status", null).toString();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private Process start() throws IOException {
        return WorkerProgram.start(
                TestKafka.shared().bootstrapServers(),
                "sink-exactly-once",
                System.getProperty("walbrook.plugin.path"),
                port);
    }

    private static int count(TestDatabase target) {
        return Integer.parseInt(String.valueOf(target.queryString("SELECT count(*) FROM log")));
    }

    private static int stored(TestDatabase target) {
        return Integer.parseInt(
                String.valueOf(target.queryString("SELECT sum(next_offset) FROM walbrook_sink_offsets")));
    }

    private static long groupOffsets() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers()))) {
            return admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    private static void produce(int from, int to) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers());
        String schema = "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"field\":\"n\",\"type\":\"int32\"},"
                + "{\"field\":\"pad\",\"type\":\"string\"}]},\"payload\":{\"n\":%d,\"pad\":\"" + "x".repeat(100)
                + "\"}}";
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int n = from; n < to; n++) {
                byte[] value = schema.formatted(n).getBytes(StandardCharsets.UTF_8);
                var unused = producer.send(new ProducerRecord<>(TOPIC, n % 2, null, value));
            }
            producer.flush();
        }
    }

    private void deploy(Map<String, String> properties) {
        Awaitility.await("the worker takes the connector")
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> send("PUT", "/connectors/once/config", properties).has("name"));
    }

    private JsonNode send(String method, String path, Object body) throws Exception {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json")
                        .method(method, publisher)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }

    private static Map<String, String> properties(TestDatabase target) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("connector.class", "dev.walbrook.connect.sink.PostgresSinkConnector");
        properties.put("tasks.max", "2");
        properties.put("topics", TOPIC);
        properties.put("connection.url", target.jdbcUrl());
        properties.put("connection.username", target.user());
        properties.put("connection.password", target.password());
        properties.put("collection.name.format", "log");
        properties.put("batch.size", "500");
        properties.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("consumer.override.auto.offset.reset", "earliest");
        properties.put("consumer.override.session.timeout.ms", "6000");
        properties.put("consumer.override.heartbeat.interval.ms", "2000");
        return properties;
    }
}
