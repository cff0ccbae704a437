package dev.walbrook.connect.sink;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** The worker as a task sees it that is called directly: takes the pause it asks for, and notes where it is sent. */
final class DirectContext implements SinkTaskContext {

    /** Where the consumer was told to go on. */
    final Map<TopicPartition, Long> places = new HashMap<>();
    /** What was set aside, with the reason. */
    final Map<SinkRecord, Throwable> setAside = new LinkedHashMap<>();

    /** How long the task would have been made to wait, all together, in milliseconds. */
    long pausedMs;

    @Override
    public ErrantRecordReporter errantRecordReporter() {
        return (record, error) -> {
            setAside.put(record, error);
            return CompletableFuture.completedFuture(null);
        };
    }

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        places.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition tp, long offset) {
        places.put(tp, offset);
    }

    @Override
    public void timeout(long timeoutMs) {
        // Called directly, the task is not made to wait.
        pausedMs += timeoutMs;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.of();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        throw new UnsupportedOperationException("there is no consumer");
    }

    @Override
    public void resume(TopicPartition... partitions) {
        throw new UnsupportedOperationException("there is no consumer");
    }

    @Override
    public void requestCommit() {
        // Offsets are the worker's business.
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw new UnsupportedOperationException("there is no worker to register metrics with");
    }
}
