package dev.walbrook.connect.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What records carry that changes from one to the next, beside the event itself.
 *
 * @param transactions numbers the events of a transaction
 * @param slotXmin what the slot holds back; null if nobody asks
 */
record EventContext(TransactionMetadata transactions, @Nullable SlotXmin slotXmin) {

    /** The slot's xmin; null if it is not fetched. */
    @Nullable
    Long xmin() {
        return slotXmin == null ? null : slotXmin.current();
    }

    /** Adds to an offset what a restart needs of this. */
    void addTo(Map<String, Object> offset) {
        transactions.addTo(offset);
        addXmin(offset);
    }

    /** Adds to an offset of all but the last record of a change what a restart before the change needs. */
    void addBefore(Map<String, Object> offset) {
        transactions.addBefore(offset);
        addXmin(offset);
    }

    private void addXmin(Map<String, Object> offset) {
        Long xmin = xmin();
        if (xmin != null) {
            offset.put("xmin", xmin);
        }
    }
}
