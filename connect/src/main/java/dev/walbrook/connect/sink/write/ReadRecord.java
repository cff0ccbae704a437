package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.RowChange;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record and what it wants done.
 *
 * @param record as Connect delivered it, to be set aside if the target refuses the change
 * @param change what it says
 * @param whole what it is part of and is only written with, told by its identity; null for nothing
 */
public record ReadRecord(SinkRecord record, RowChange change, @Nullable Object whole) {

    /** A record of its own. */
    public ReadRecord(SinkRecord record, RowChange change) {
        this(record, change, null);
    }

    /** Whether the two are written together or not at all. */
    @SuppressWarnings("ReferenceEquality")
    boolean isWith(ReadRecord other) {
        return this == other || (whole != null && whole == other.whole);
    }
}
