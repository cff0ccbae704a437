package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.pgoutput.OldTupleKind;
import dev.walbrook.postgres.pgoutput.TupleData;
import org.jspecify.annotations.Nullable;

/**
 * One row was read, inserted, updated or deleted.
 *
 * @param table the table as it was at this change
 * @param operation what happened
 * @param beforeKind how much {@code before} tells
 * @param before the row before; null for {@link OldTupleKind#NONE}
 * @param after the row after; null for a delete
 * @param lsn the change's own position in the WAL; not unique
 * @param countAtLsn its number among the transaction's changes at that LSN, from 1
 * @param transaction what it was committed with
 * @param ordinal its number in the transaction, from 1, counted as the server sends changes
 * @param marker its place in the snapshot
 * @param weight the bytes it holds
 */
public record RowChange(
        TableSchema table,
        Operation operation,
        OldTupleKind beforeKind,
        @Nullable TupleData before,
        @Nullable TupleData after,
        Lsn lsn,
        long countAtLsn,
        Transaction transaction,
        long ordinal,
        SnapshotMarker marker,
        int weight)
        implements CaptureEvent {

    /** The position once this change has been emitted. */
    public CapturePosition position() {
        return switch (marker) {
            case NONE -> CapturePosition.within(transaction, ordinal);
            case LAST -> CapturePosition.inSnapshot(transaction, CapturePosition.SnapshotState.COMPLETED);
            case FIRST, FIRST_IN_TABLE, MIDDLE, LAST_IN_TABLE ->
                CapturePosition.inSnapshot(transaction, CapturePosition.SnapshotState.RUNNING);
        };
    }

    /**
     * The position before this change, for all records of it but the last: as long as not every record of a change is
     * delivered, the change is not.
     */
    public CapturePosition positionBefore() {
        return CapturePosition.within(transaction, ordinal - 1);
    }

    RowChange withMarker(SnapshotMarker place) {
        return new RowChange(
                table, operation, beforeKind, before, after, lsn, countAtLsn, transaction, ordinal, place, weight);
    }
}
