package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** A record that knows which part of the stream is delivered with it. Connect gives the same object back to {@code commitRecord}. */
final class CapturedRecord extends SourceRecord {

    private final transient Acknowledgements.Unit unit;

    @SuppressWarnings("NullAway") // Connect's constructor takes nulls for absent keys, values and partitions.
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
        super(sourcePartition, sourceOffset, topic, null, keySchema, key, valueSchema, value, null, headers);
        this.unit = unit;
        unit.add();
    }

    void delivered() {
        unit.delivered();
    }

    // The unit is bookkeeping: two records are equal if what they carry is.
    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
