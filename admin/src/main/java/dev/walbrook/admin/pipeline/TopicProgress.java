package dev.walbrook.admin.pipeline;

import dev.walbrook.admin.AdminException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How many events the topics hold and how far a consumer group has come. Safe for use by several threads. */
public final class TopicProgress implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 20;

    private final Admin admin;
    private final String brokers;

    /** @param brokers {@code host:port} of at least one broker, separated by commas */
    public TopicProgress(String brokers) {
        this.brokers = brokers;
        Properties properties = new Properties();
        properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.setProperty(AdminClientConfig.CLIENT_ID_CONFIG, "walbrook-admin");
        properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        this.admin = Admin.create(properties);
    }

    /** The names of the topics that match, in their order. */
    public List<String> topics(Pattern name) {
        return await(admin.listTopics().names()).stream()
                .filter(topic -> name.matcher(topic).matches())
                .sorted()
                .toList();
    }

    /** The offset after the last record, per partition of the topics that match. */
    public Map<TopicPartition, Long> endOffsets(Pattern name) {
        return offsets(name, OffsetSpec.latest());
    }

    /** The first offset still there, per partition of the topics that match. */
    public Map<TopicPartition, Long> beginningOffsets(Pattern name) {
        return offsets(name, OffsetSpec.earliest());
    }

    private Map<TopicPartition, Long> offsets(Pattern name, OffsetSpec which) {
        List<String> topics = topics(name);
        if (topics.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicDescription topic :
                await(admin.describeTopics(topics).allTopicNames()).values()) {
            topic.partitions()
                    .forEach(partition -> wanted.put(new TopicPartition(topic.name(), partition.partition()), which));
        }
        Map<TopicPartition, ListOffsetsResultInfo> found =
                await(admin.listOffsets(wanted).all());
        return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .offset()));
    }

    /** The offsets a consumer group has committed; partitions without a commit are absent. */
    public Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    /** Records of the topics that the group has not committed yet. */
    public static long lag(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new AdminException(
                    "the Kafka broker at " + brokers + " does not answer: " + cause,
                    "Check that it runs and that the address is right (--kafka).",
                    cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException("interrupted while waiting for Kafka", "", e);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(2));
    }
}
