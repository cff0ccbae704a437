package dev.walbrook.testkit;

import dev.walbrook.local.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker for tests, with reading and writing of whole topics.
 *
 * <p>Only committed records are read. Keys and values may be null. Every method may be called from any thread.
 */
public final class TestKafka implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static @Nullable TestKafka shared;

    private final KafkaBroker broker;
    private final TemporaryFolder folder;

    private TestKafka(KafkaBroker broker, TemporaryFolder folder) {
        this.broker = broker;
        this.folder = folder;
    }

    /** The broker that all tests of this JVM share; do not stop it. */
    public static synchronized TestKafka shared() {
        if (shared == null) {
            TestKafka started = fresh();
            ShutdownOrder.atExit(started);
            shared = started;
        }
        return shared;
    }

    /** A broker of the test's own, which the test closes. */
    public static TestKafka fresh() {
        TemporaryFolder folder = TemporaryFolder.create("kafka");
        return new TestKafka(
                KafkaBroker.builder()
                        .dataDirectory(folder.path().resolve("data"))
                        .start(),
                folder);
    }

    /** The broker itself, to stop and start it. */
    public KafkaBroker broker() {
        return broker;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Creates a topic with default settings. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /** Creates a topic, for example with {@code cleanup.policy}. */
    public void createTopic(String name, int partitions, Map<String, String> settings) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError("Cannot create topic " + name + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The names of all topics but Kafka's internal ones. */
    public Set<String> topics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new AssertionError("Cannot list topics: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Writes one record and returns when the broker has it. */
    public void produce(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers(), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (ExecutionException e) {
            throw new AssertionError("Cannot write to " + topic + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Everything in the topics now, as text; ordered by topic, partition and offset. A topic that is not there is empty. */
    public List<ConsumerRecord<String, String>> consume(String... topics) {
        return read(new StringDeserializer(), topics);
    }

    /** Everything in the topics now, as bytes; ordered by topic, partition and offset. */
    public List<ConsumerRecord<byte[], byte[]>> consumeBytes(String... topics) {
        return read(new ByteArrayDeserializer(), topics);
    }

    /**
     * Waits until the topic holds at least that many records and returns all of them.
     *
     * @throws AssertionError if they do not come within a minute
     */
    public List<ConsumerRecord<String, String>> awaitRecords(String topic, int count) {
        return await(new StringDeserializer(), topic, count);
    }

    /** Like {@link #awaitRecords}, as bytes. */
    public List<ConsumerRecord<byte[], byte[]>> awaitRecordBytes(String topic, int count) {
        return await(new ByteArrayDeserializer(), topic, count);
    }

    private <T> List<ConsumerRecord<T, T>> read(Deserializer<T> deserializer, String... topics) {
        try (KafkaConsumer<T, T> consumer = consumer(deserializer)) {
            List<TopicPartition> partitions = Arrays.stream(topics)
                    .flatMap(topic -> partitions(consumer, topic).stream())
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<T, T>> records = new ArrayList<>();
            long deadline = System.nanoTime() + LIMIT.toNanos();
            // Positions and not counts: markers of transactions have offsets but are no records.
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("The ends of " + List.of(topics) + " were not reached: " + ends);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            records.removeIf(found ->
                    found.offset() >= ends.getOrDefault(new TopicPartition(found.topic(), found.partition()), 0L));
            return sorted(records);
        }
    }

    private <T> List<ConsumerRecord<T, T>> await(Deserializer<T> deserializer, String topic, int count) {
        List<ConsumerRecord<T, T>> records = new ArrayList<>();
        Set<TopicPartition> assigned = Set.of();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (KafkaConsumer<T, T> consumer = consumer(deserializer)) {
            while (records.size() < count) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(
                            "Expected " + count + " records in topic " + topic + " but there are " + records.size());
                }
                if (assigned.isEmpty()) {
                    assigned = Set.copyOf(partitions(consumer, topic));
                    consumer.assign(assigned);
                    consumer.seekToBeginning(assigned);
                }
                if (assigned.isEmpty()) {
                    pause();
                } else {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        }
        return sorted(records);
    }

    private <T> KafkaConsumer<T, T> consumer(Deserializer<T> deserializer) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers());
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        // Asking for a topic must not create it.
        properties.put("allow.auto.create.topics", "false");
        return new KafkaConsumer<>(properties, deserializer, deserializer);
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.listTopics().getOrDefault(topic, List.of()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private static <T> List<ConsumerRecord<T, T>> sorted(List<ConsumerRecord<T, T>> records) {
        Comparator<ConsumerRecord<T, T>> order = Comparator.comparing(ConsumerRecord::topic);
        return records.stream()
                .sorted(order.thenComparingInt(ConsumerRecord::partition).thenComparingLong(ConsumerRecord::offset))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("Interrupted", e);
    }

    /** Stops the broker and deletes its data. */
    @Override
    public void close() {
        broker.stop();
        folder.close();
    }
}
