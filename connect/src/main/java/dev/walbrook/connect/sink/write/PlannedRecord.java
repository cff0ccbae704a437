package dev.walbrook.connect.sink.write;

import java.util.List;

/**
 * A record with its change in the target's terms.
 *
 * @param read the record
 * @param change its change
 */
record PlannedRecord(ReadRecord read, TargetChange change) {

    /** The statements that do what the records say. */
    static List<Step> steps(List<PlannedRecord> records, InsertMode mode) {
        return TargetChange.steps(records.stream().map(PlannedRecord::change).toList(), mode);
    }
}
