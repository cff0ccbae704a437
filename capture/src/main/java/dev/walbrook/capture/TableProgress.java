package dev.walbrook.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of one table's ranges know together: who reads the first row of the table, and which is its last.
 *
 * <p>One row is held here: the first as long as it is the only one, and then the last of the range that ended last, since it may
 * turn out to be the last of the table. It is handed over before any row that another reader has after it. Thread safe; a
 * reader may have to wait for another that waits for room in the hand-over.
 */
final class TableProgress {

    private final TableRead table;
    private int openRanges;
    private boolean begun;
    private long startNanos;
    private long rows;
    private List<Long> partitions = List.of();
    private @Nullable RowChange held;

    TableProgress(TableRead table) {
        this.table = table;
        this.openRanges = table.selects().size();
    }

    TableRead table() {
        return table;
    }

    /** The partitions that the ranges were locked with; empty if it does not matter. */
    synchronized List<Long> partitions() {
        return partitions;
    }

    synchronized void lockedWith(List<Long> lockedPartitions) {
        partitions = lockedPartitions;
    }

    /** The rows of the ranges that have ended. */
    synchronized long rows() {
        return rows;
    }

    /** How long the table has been read. */
    synchronized long nanos() {
        return System.nanoTime() - startNanos;
    }

    synchronized void started() {
        if (startNanos == 0) {
            startNanos = System.nanoTime();
        }
    }

    /**
     * A reader has the first row of its range.
     *
     * @param row without a marker
     * @param writer the reader's
     * @return the row for the reader to hold until it has another; null if it is held here, because it is the table's first
     */
    synchronized @Nullable RowChange first(RowChange row, EventWriter writer) throws InterruptedException {
        if (begun) {
            handHeldOver(writer);
            return row;
        }
        begun = true;
        held = row.withMarker(table.first() ? SnapshotMarker.FIRST : SnapshotMarker.FIRST_IN_TABLE);
        return null;
    }

    /** A reader whose first row is held here has another. */
    synchronized void second(EventWriter writer) throws InterruptedException {
        handHeldOver(writer);
    }

    /**
     * A reader has come to the end of its range.
     *
     * @param last the row it holds; null if it holds none
     * @param rangeRows how many rows the range had
     * @param writer the reader's, with nothing of this table after {@code last}
     * @return whether it was the last range of the table
     */
    synchronized boolean end(@Nullable RowChange last, long rangeRows, EventWriter writer) throws InterruptedException {
        // Others may hand over what is held, which must not overtake the rows before it.
        writer.flush(() -> {});
        if (last != null) {
            handHeldOver(writer);
            held = last;
        }
        rows += rangeRows;
        openRanges--;
        return openRanges == 0;
    }

    /** The last row of the table, once the last range has ended; null if the table is empty. */
    synchronized @Nullable RowChange lastRow() {
        RowChange last = held;
        held = null;
        if (last == null || last.marker() == SnapshotMarker.FIRST) {
            return last;
        }
        return last.withMarker(SnapshotMarker.LAST_IN_TABLE);
    }

    private void handHeldOver(EventWriter writer) throws InterruptedException {
        RowChange before = held;
        held = null;
        if (before != null) {
            writer.add(before);
            if (table.divided()) {
                writer.flush(() -> {});
            }
        }
    }
}
