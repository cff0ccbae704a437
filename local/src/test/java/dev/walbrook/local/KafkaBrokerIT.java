package dev.walbrook.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {

    @TempDir
    Path folder;

    @Test
    void keepsRecordsFromOneRunToTheNext() throws Exception {
        Path directory = folder.resolve("broker data");
        try (KafkaBroker broker = broker(directory).start()) {
            produce(broker, "kept", "one", "two");
        }

        try (KafkaBroker broker = broker(directory).start()) {
            produce(broker, "kept", "three");

            assertThat(consume(broker, "kept", 3)).containsExactly("one", "two", "three");
        }
    }

    @Test
    void recoversWhatWasAcknowledgedBeforeAKill() throws Exception {
        // Given a process whose broker acknowledged a record
        Path directory = folder.resolve("data");
        Process owner = JavaProgram.run(BrokerOwner.class, directory);
        assertThat(owner.inputReader().readLine()).isEqualTo("acknowledged");
        owner.destroyForcibly().waitFor();

        // When
        try (KafkaBroker broker = broker(directory).start()) {

            // Then
            assertThat(consume(broker, "kept", 1)).containsExactly("before the kill");
        }
    }

    @Test
    void startsAgainOnTheSamePort() throws Exception {
        try (KafkaBroker broker = broker(folder.resolve("data")).start()) {
            int port = broker.port();
            produce(broker, "kept", "one");

            broker.stop();
            broker.start();

            assertThat(broker.port()).isEqualTo(port);
            assertThat(consume(broker, "kept", 1)).containsExactly("one");
            assertThat(broker.failure()).isEmpty();
        }
    }

    @Test
    void namesAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            assertThatThrownBy(() -> broker(folder.resolve("data"))
                            .port(taken.getLocalPort())
                            .start())
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() {
        Path directory = folder.resolve("data");
        try (KafkaBroker first = broker(directory).start()) {

            assertThatThrownBy(() -> broker(directory).start()).isInstanceOf(DataDirectoryInUseException.class);
            assertThat(first.failure()).isEmpty();
        }
    }

    @Test
    void refusesADirectoryWithSomethingElseInIt() throws Exception {
        Path directory = Files.createDirectories(folder.resolve("data"));
        Files.writeString(directory.resolve("letter.txt"), "Dear Sir");

        assertThatThrownBy(() -> broker(directory).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("neither empty nor a Kafka data directory");
    }

    @Test
    void saysWhyAPropertyIsWrong() {
        assertThatThrownBy(() -> broker(folder.resolve("data"))
                        .property("num.io.threads", "none")
                        .start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("num.io.threads");
    }

    private static KafkaBroker.Builder broker(Path directory) {
        return KafkaBroker.builder().dataDirectory(directory);
    }

    private static void produce(KafkaBroker broker, String topic, String... values) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
        }
    }

    private static List<String> consume(KafkaBroker broker, String topic, int count) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(500)).forEach(found -> values.add(found.value()));
            }
        }
        return values;
    }

    /** A program that starts a broker, writes a record, and waits to be killed. */
    static final class BrokerOwner {

        private BrokerOwner() {}

        public static void main(String[] arguments) throws Exception {
            KafkaBroker broker = broker(Path.of(arguments[0])).start();
            produce(broker, "kept", "before the kill");
            System.out.println("acknowledged");
            Thread.currentThread().join(Duration.ofMinutes(5).toMillis());
        }
    }
}
