package dev.walbrook.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectAndKafkaIT {

    @TempDir
    static Path folder;

    private static TestConnect connect;

    /** A plugin folder may hold class files instead of jars; the connector's two are enough. */
    @BeforeAll
    static void startWorkerWithOnePlugin() throws Exception {
        Path plugin = folder.resolve("plug ins").resolve("ticker");
        for (Class<?> type : new Class<?>[] {TickerConnector.class, TickerConnector.Ticker.class}) {
            String file = type.getName().replace('.', '/') + ".class";
            Path copy = plugin.resolve(file);
            Files.createDirectories(copy.getParent());
            try (var in = type.getClassLoader().getResourceAsStream(file)) {
                Files.copy(in, copy);
            }
        }
        Path manifest = plugin.resolve("META-INF/services/org.apache.kafka.connect.source.SourceConnector");
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, TickerConnector.class.getName() + "\n");
        connect = TestConnect.fresh(TestKafka.shared(), folder.resolve("plug ins"), Map.of());
    }

    @AfterAll
    static void stopWorker() {
        connect.close();
    }

    @Test
    void runsAConnectorFromThePluginPath() {
        connect.deploy("runs", ticker("ticks-runs", 5));

        assertThat(TestKafka.shared().awaitRecords("ticks-runs", 5))
                .extracting(ConsumerRecord::value)
                .hasSize(5)
                .allMatch(value -> value.contains("\"payload\""));
        assertThat(connect.status("runs").path("tasks")).hasSize(1);

        connect.delete("runs");
    }

    @Test
    void continuesFromItsOffsetsAfterTheWorkerWasStopped() {
        connect.deploy("continues", ticker("ticks-continues", 3));
        TestKafka.shared().awaitRecords("ticks-continues", 3);
        Awaitility.await()
                .until(() -> connect.offsets("continues")
                                .path(0)
                                .path("offset")
                                .path("last")
                                .asInt()
                        == 3);

        connect.worker().stop();
        connect.worker().start();
        connect.awaitRunning("continues");
        connect.deploy("continues", ticker("ticks-continues", 5));

        TestKafka.shared().awaitRecords("ticks-continues", 5);
        assertThat(TestKafka.shared().consume("ticks-continues")).hasSize(5);
        connect.delete("continues");
    }

    @Test
    void pausesResumesStopsAndRestarts() {
        connect.deploy("moves", ticker("ticks-moves", 1));

        connect.pause("moves");
        connect.resume("moves");
        connect.restart("moves");
        connect.stop("moves");

        assertThat(connect.status("moves").path("connector").path("state").asText())
                .isEqualTo("STOPPED");
        connect.delete("moves");
    }

    @Test
    void showsTheTraceOfATaskThatFails() {
        Map<String, String> failing =
                Map.of("connector.class", TickerConnector.class.getName(), "topic", "none", "fail", "no ticks today");

        assertThat(connect.deployExpectingFailure("fails", failing)).contains("no ticks today");

        assertThatThrownBy(() -> connect.awaitRunning("fails"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no ticks today");
        connect.delete("fails");
    }

    @Test
    void showsWhyAConfigurationIsRefused() {
        Map<String, String> incomplete = Map.of("connector.class", TickerConnector.class.getName());

        assertThat(connect.deployExpectingFailure("refused", incomplete)).contains("topic");
        assertThatThrownBy(() -> connect.deploy("refused", incomplete)).hasMessageContaining("topic");
    }

    @Test
    void readsTopicsWholeAndInOrder() {
        TestKafka kafka = TestKafka.shared();
        kafka.createTopic("ordered", 1);
        kafka.produce("ordered", "a".getBytes(UTF_8), "1".getBytes(UTF_8));
        kafka.produce("ordered", "a".getBytes(UTF_8), null);
        kafka.produce("ordered", null, "3".getBytes(UTF_8));

        assertThat(kafka.consume("ordered"))
                .extracting(ConsumerRecord::key, ConsumerRecord::value)
                .containsExactly(tuple("a", "1"), tuple("a", null), tuple(null, "3"));
        assertThat(kafka.consumeBytes("ordered")).hasSize(3);
        assertThat(kafka.consume("no-such-topic")).isEmpty();
        assertThat(kafka.topics()).contains("ordered").doesNotContain("no-such-topic");
    }

    private static Map<String, String> ticker(String topic, int count) {
        return Map.of(
                "connector.class", TickerConnector.class.getName(), "topic", topic, "count", Integer.toString(count));
    }
}
