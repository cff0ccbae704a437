package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that knows which part of the stream is delivered with it. Connect gives the same object back to
 * {@code commitRecord}.
 *
 * <p>In a Kafka transaction Connect keeps every record until it commits, as keys of a map. Two records are therefore the same
 * only if they are one object, or a table with two equal rows would count one delivery for both; and {@link #release} gives
 * key and value back to memory early, or a large snapshot would not fit.
 */
final class CapturedRecord extends SourceRecord {

    private final transient Acknowledgements.Unit unit;
    private transient @Nullable Object key;
    private transient @Nullable Object value;

    /** A record whose partition the producer chooses, by its key. */
    CapturedRecord(
            Map<String, ?> sourcePartition,
            Map<String, ?> sourceOffset,
            String topic,
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Schema valueSchema,
            @Nullable Object value,
            Headers headers,
            Acknowledgements.Unit unit) {
        this(sourcePartition, sourceOffset, topic, null, keySchema, key, valueSchema, value, headers, unit);
    }

    @SuppressWarnings("NullAway") // Connect's constructor takes nulls for absent keys, values and partitions.
    CapturedRecord(
            Map<String, ?> sourcePartition,
            Map<String, ?> sourceOffset,
            String topic,
            @Nullable Integer kafkaPartition,
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Schema valueSchema,
            @Nullable Object value,
            Headers headers,
            Acknowledgements.Unit unit) {
        super(sourcePartition, sourceOffset, topic, kafkaPartition, keySchema, null, valueSchema, null, null, headers);
        this.key = key;
        this.value = value;
        this.unit = unit;
        unit.add();
    }

    void delivered() {
        unit.delivered();
    }

    /** Connect has sent this record and needs it only to report its delivery. */
    void release() {
        key = null;
        value = null;
    }

    @Override
    public @Nullable Object key() {
        return key;
    }

    @Override
    public @Nullable Object value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
