package dev.walbrook.benchmarks.measure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic of one partition, made for one run and deleted after it. Used by one thread. */
public final class Topic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final String name;
    private final TopicPartition partition;
    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;

    private Topic(String bootstrapServers, String name) {
        this.name = name;
        this.partition = new TopicPartition(name, 0);
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        "max.partition.fetch.bytes",
                        8 << 20,
                        "max.poll.records",
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
    }

    public static Topic create(String bootstrapServers, String name) {
        Topic topic = new Topic(bootstrapServers, name);
        NewTopic settings = new NewTopic(name, Optional.of(1), Optional.of((short) 1))
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
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** The next records from the last position on, which is the beginning at first; none if there are none yet. */
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration limit) {
        return consumer.poll(limit).records(partition);
    }

    /**
     * Reads everything.
     *
     * @param sample keeps some of the records
     */
    public Content read(Sample sample) {
        ContentSum sum = new ContentSum();
        long size = size();
        consumer.seek(partition, 0);
        while (consumer.position(partition) < size) {
            for (ConsumerRecord<byte[], byte[]> record : poll(POLL)) {
                sum.add(record.key(), record.value());
                sample.offer(record.key(), record.value());
            }
        }
        return sum.content();
    }

    /** Deletes it. */
    @Override
    public void close() {
        consumer.close();
        admin.deleteTopics(List.of(name));
        admin.close();
    }
}
