package dev.walbrook.connect.sink;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** The worker as a task sees it that is called directly: takes the pause it asks for, and has no consumer. */
final class DirectContext implements SinkTaskContext {

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        throw new UnsupportedOperationException("there is no consumer");
    }

    @Override
    public void offset(TopicPartition tp, long offset) {
        throw new UnsupportedOperationException("there is no consumer");
    }

    @Override
    public void timeout(long timeoutMs) {
        // Called directly, the task is not made to wait.
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
