package dev.walbrook.connect.source.metrics;

import dev.walbrook.connect.metrics.MetricTags;
import dev.walbrook.connect.source.property.RuntimeProperties;
import dev.walbrook.connect.source.property.SourceProperties;
import dev.walbrook.connect.source.property.TopicProperties;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * How the MBeans are named and what they show.
 *
 * @param server the topic prefix
 * @param tags further keys of the object names, in order
 * @param lagStatistics whether minimum, maximum, average and quantiles of the lag are shown
 * @param countUnchanged whether updates without a change are left out, and so counted
 * @param queueScale the events {@code QueueTotalCapacity} speaks of
 * @param boundedByEvents whether so many events are a bound, and not only bytes
 */
public record MetricsSettings(
        String server,
        Map<String, String> tags,
        boolean lagStatistics,
        boolean countUnchanged,
        int queueScale,
        boolean boundedByEvents) {

    /** Debezium's default of {@code max.queue.size}. */
    private static final int DEFAULT_QUEUE_SCALE = 8192;

    /** @param properties the task's configuration, which is valid */
    public static MetricsSettings of(Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(SourceProperties.CONFIG_DEF, properties, false);
        Integer waiting = config.getInt(RuntimeProperties.MAX_QUEUE_EVENTS);
        return new MetricsSettings(
                config.getString(TopicProperties.TOPIC_PREFIX),
                MetricTags.parse(config.getString(RuntimeProperties.METRIC_TAGS)),
                config.getBoolean(RuntimeProperties.STATISTICS),
                Boolean.parseBoolean(properties.get("skip.messages.without.change")),
                waiting == null ? DEFAULT_QUEUE_SCALE : waiting,
                waiting != null);
    }
}
