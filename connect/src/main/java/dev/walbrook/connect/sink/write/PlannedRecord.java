package dev.walbrook.connect.sink.write;

import java.util.List;

/**
 * A record with its change in the target's terms.
 *
 * @param read the record
 * @param change its change
 */
record PlannedRecord(ReadRecord read, TargetChange change) {

    static List<TargetChange> changes(List<PlannedRecord> records) {
        return records.stream().map(PlannedRecord::change).toList();
    }
}
