package dev.walbrook.connect.source.property;

import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Queue, polling and retries. */
public final class RuntimeProperties {

    public static final String MAX_BATCH = "max.batch.size";
    public static final String MAX_QUEUE_EVENTS = "max.queue.size";
    public static final String MAX_QUEUE_BYTES = "max.queue.size.in.bytes";
    public static final String POLL_INTERVAL = "poll.interval.ms";
    public static final String MAX_RETRIES = "errors.max.retries";
    public static final String RETRY_DELAY = "retriable.restart.connector.wait.ms";

    public static final String VALIDATION_TIMEOUT = "connection.validation.timeout.ms";
    public static final String METRIC_TAGS = "custom.metric.tags";
    public static final String STATISTICS = "statistics.metrics.enabled";

    private RuntimeProperties() {}

    static void define(Definition definition) {
        definition.group("Runtime");
        definition.optional(MAX_BATCH, Type.INT, 2048, Range.atLeast(1), "Events handed to Connect at once, about.");
        definition.optional(
                MAX_QUEUE_BYTES,
                Type.LONG,
                32L << 20,
                Range.atLeast(1),
                "Bytes of events that may wait between PostgreSQL and Kafka. Debezium's default is no bound.");
        definition.optional(
                POLL_INTERVAL,
                Type.LONG,
                500L,
                Range.atLeast(1),
                "The longest time in milliseconds a poll waits for an event; an event ends the wait at once.");
        definition.optional(
                MAX_RETRIES, Type.INT, -1, Range.atLeast(-1), "Outages in a row to bear; -1 for any number.");
        definition.optional(
                RETRY_DELAY,
                Type.LONG,
                10_000L,
                Range.atLeast(1),
                "The longest pause in milliseconds between attempts.");
        definition.optional(
                MAX_QUEUE_EVENTS,
                Type.INT,
                8192,
                Range.atLeast(1),
                "Accepted for compatibility with Debezium: max.queue.size.in.bytes bounds what waits.");
        definition.optional(
                VALIDATION_TIMEOUT,
                Type.LONG,
                60_000L,
                Range.atLeast(1),
                "The longest time in milliseconds that validating a configuration may take.");
        definition.optional(
                METRIC_TAGS,
                Type.STRING,
                null,
                MetricTags.VALIDATOR,
                "Tags added to the names of metrics, as key=value, separated by commas.");
        definition.optional(
                STATISTICS,
                Type.BOOLEAN,
                true,
                null,
                "Whether metrics tell minimum, maximum, average and percentiles of the lag beside its last value.");
        definition.optional(
                "internal.advanced.metrics.enable",
                Type.BOOLEAN,
                false,
                null,
                "Accepted for compatibility with Debezium; events are always counted by table.");
    }
}
