package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.RowChange;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record and what it wants done.
 *
 * @param record as Connect delivered it, to be set aside if the target refuses the change
 * @param change what it says
 */
public record ReadRecord(SinkRecord record, RowChange change) {}
