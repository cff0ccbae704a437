package dev.walbrook.admin.events;

import dev.walbrook.admin.AdminException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows topics without a consumer group, so that nobody's offsets are touched.
 *
 * <p>Not safe for use by several threads but for {@link #wakeup}.
 */
public final class EventReader implements AutoCloseable {

    private static final Duration TOPIC_REFRESH = Duration.ofSeconds(2);
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(15);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventDecoder decoder = new EventDecoder();
    private final String brokers;
    private final Pattern topics;
    private final boolean fromBeginning;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private boolean started;
    private long refreshed;

    /**
     * @param brokers {@code host:port}, separated by commas
     * @param topics which topics; those that appear later are followed from their first record
     * @param fromBeginning whether topics that exist now are read from their first record too
     */
    public EventReader(String brokers, Pattern topics, boolean fromBeginning) {
        this.brokers = brokers;
        this.topics = topics;
        this.fromBeginning = fromBeginning;
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, "walbrook-tail");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // Our own timeout must come from the broker's absence, not from one slow request.
        properties.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(BROKER_TIMEOUT.toMillis()));
        properties.setProperty(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The topics followed now; looks for them if it has not yet.
     *
     * @throws AdminException if the broker does not answer
     */
    public Set<String> topics() {
        refresh();
        Set<String> names = new HashSet<>();
        assigned.forEach(partition -> names.add(partition.topic()));
        return names;
    }

    /**
     * The next events, in order within a partition; empty if none came in time.
     *
     * @throws AdminException if the broker does not answer
     * @throws org.apache.kafka.common.errors.WakeupException after {@link #wakeup}
     */
    public List<ChangeEvent> poll(Duration timeout) {
        refresh();
        if (assigned.isEmpty()) {
            java.util.concurrent.locks.LockSupport.parkNanos(Math.min(timeout.toNanos(), TOPIC_REFRESH.toNanos()));
            return List.of();
        }
        List<ChangeEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(timeout)) {
            events.add(decoder.decode(message));
        }
        return events;
    }

    /** Where the topics followed now end, by partition. */
    public Map<TopicPartition, Long> ends() {
        refresh();
        return consumer.endOffsets(assigned);
    }

    /** Whether everything before these ends has been returned by {@link #poll}. */
    public boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Makes a {@link #poll} of another thread return with an exception. */
    public void wakeup() {
        consumer.wakeup();
    }

    private void refresh() {
        long now = System.nanoTime();
        if (started && now - refreshed < TOPIC_REFRESH.toNanos()) {
            return;
        }
        refreshed = now;
        List<TopicPartition> fresh = new ArrayList<>();
        for (Map.Entry<String, List<PartitionInfo>> topic : listTopics().entrySet()) {
            if (topics.matcher(topic.getKey()).matches()) {
                topic.getValue().stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .filter(assigned::add)
                        .forEach(fresh::add);
            }
        }
        if (!fresh.isEmpty()) {
            consumer.assign(assigned);
            position(fresh);
        }
        started = true;
    }

    private void position(Collection<TopicPartition> fresh) {
        if (started || fromBeginning) {
            consumer.seekToBeginning(fresh);
        } else {
            consumer.seekToEnd(fresh);
            // Seeking is lazy; what is written from now on must be seen even if the first poll comes late.
            fresh.forEach(consumer::position);
        }
    }

    private Map<String, List<PartitionInfo>> listTopics() {
        try {
            return consumer.listTopics();
        } catch (org.apache.kafka.common.errors.WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            throw new AdminException(
                    "no Kafka broker answers at " + brokers,
                    "Start one with walbrook up, or give its address with --kafka.",
                    e);
        }
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
