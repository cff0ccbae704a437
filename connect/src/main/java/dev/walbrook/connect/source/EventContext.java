package dev.walbrook.connect.source;

import dev.walbrook.connect.BinaryText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What records carry beside the event itself and what is the same for all tables.
 *
 * @param transactions numbers the events of a transaction
 * @param slotXmin what the slot holds back; null if nobody asks
 * @param binaryText how the content of messages is written in text; null for bytes
 */
record EventContext(TransactionMetadata transactions, @Nullable SlotXmin slotXmin, @Nullable BinaryText binaryText) {

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
