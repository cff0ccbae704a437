package dev.walbrook.connect.source.property;

import dev.walbrook.connect.metrics.MetricTags;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** Queue, polling and retries. */
public final class RuntimeProperties {

    public static final String MAX_BATCH = "max.batch.size";
    public static final String MAX_QUEUE_BYTES = "max.queue.size.in.bytes";
    public static final String POLL_INTERVAL = "poll.interval.ms";
    public static final String MAX_RETRIES = "errors.max.retries";
    public static final String RETRY_DELAY = "retriable.restart.connector.wait.ms";

    public static final String MAX_QUEUE_EVENTS = "max.queue.size";
    public static final String STOP_TIMEOUT = "executor.shutdown.timeout.ms";
    public static final String METRIC_TAGS = "custom.metric.tags";
    public static final String STATISTICS = "statistics.metrics.enabled";

    public static final int DEFAULT_MAX_BATCH = 2048;

    /** What a queue of no stated size may hold. */
    public static final long DEFAULT_QUEUE_BYTES = 32L << 20;

    private RuntimeProperties() {}

    static void define(Definition definition) {
        definition.group("Runtime");
        definition.optional(
                MAX_BATCH,
                Type.INT,
                DEFAULT_MAX_BATCH,
                Range.atLeast(1),
                "Events handed to Connect at once at the most, about. Usually it is 128, which are in the processor's cache"
                        + " then; with Kafka transactions (exactly.once.support) it is as many as there are.");
        definition.optional(
                MAX_QUEUE_BYTES,
                Type.LONG,
                0L,
                Range.atLeast(0),
                "Bytes of events that may wait between PostgreSQL and Kafka; 0 for 32 MiB. To Debezium, 0 is no bound.");
        definition.optional(
                MAX_QUEUE_EVENTS,
                Type.INT,
                null,
                null,
                "Events that may wait, more than max.batch.size; if it is not set, the bound in bytes is the only one.");
        definition.optional(
                "queue.provider.type",
                Type.STRING,
                "memory",
                ValidString.in("memory"),
                "Where events wait; only in memory.");
        definition.optional(
                POLL_INTERVAL,
                Type.LONG,
                500L,
                Range.atLeast(1),
                "The longest time in milliseconds a poll waits for an event; an event ends the wait at once.");
        definition.optional(
                "poll.dispatch.interval.ms",
                Type.LONG,
                0L,
                Range.atLeast(0),
                "Accepted for compatibility with Debezium; events are handed on when there are no more to read.");
        definition.optional(
                MAX_RETRIES, Type.INT, -1, Range.atLeast(-1), "Outages in a row to bear; -1 for any number.");
        definition.optional(
                RETRY_DELAY,
                Type.LONG,
                10_000L,
                Range.atLeast(1),
                "The longest pause in milliseconds between attempts.");
        definition.optional(
                STOP_TIMEOUT,
                Type.LONG,
                4_000L,
                Range.atLeast(0),
                "The longest time in milliseconds that stopping waits for the connections to close in order.");
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
                "Whether metrics tell percentiles of the lag beside its last value.");
        definition.optional(
                "internal.advanced.metrics.enable",
                Type.BOOLEAN,
                false,
                null,
                "Accepted for compatibility with Debezium; events are always counted by table.");
    }
}
