package dev.walbrook.benchmarks.measure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic made for one run and deleted after it. Used by one thread. */
public final class Topic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final String name;
    private final List<TopicPartition> partitions;
    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;

    private Topic(String bootstrapServers, String name, int partitions) {
        this.name = name;
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(name, number))
                .toList();
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        // The sum over the contents says more.
                        "check.crcs",
                        false,
                        "max.partition.fetch.bytes",
                        8 << 20,
                        "max.poll.records",
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(this.partitions);
    }

    public static Topic create(String bootstrapServers, String name, int partitions) {
        Topic topic = new Topic(bootstrapServers, name, partitions);
        NewTopic settings = new NewTopic(name, Optional.of(partitions), Optional.of((short) 1))
                .configs(Map.of("retention.ms", "-1", "max.message.bytes", Integer.toString(16 << 20)));
        try {
            topic.admin.createTopics(List.of(settings)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create topic " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return topic;
    }

    public String name() {
        return name;
    }

    /** How many records there are. */
    public long size() {
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The next records from the last position on, which is the beginning at first; none if there are none yet. */
    public ConsumerRecords<byte[], byte[]> poll(Duration limit) {
        return consumer.poll(limit);
    }

    /**
     * Reads everything.
     *
     * @param encoding how the records are written
     * @param sample keeps some of the records
     */
    public Content read(Encoding encoding, Sample sample) {
        ContentSum sum = new ContentSum();
        long size = size();
        long bytes = 0;
        consumer.seekToBeginning(partitions);
        for (long read = 0; read < size; ) {
            for (ConsumerRecord<byte[], byte[]> record : poll(POLL)) {
                byte[] key = record.key();
                byte[] value = record.value();
                sum.add(
                        key == null ? null : encoding.json("key", key, record.headers()),
                        value == null ? null : encoding.json("value", value, record.headers()));
                bytes += (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
                sample.offer(key, value);
                read++;
            }
        }
        return new Content(sum.records(), bytes, sum.sum());
    }

    /** Deletes it. */
    @Override
    public void close() {
        consumer.close();
        admin.deleteTopics(List.of(name));
        admin.close();
    }
}
