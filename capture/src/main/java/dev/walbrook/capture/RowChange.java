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
        Transaction transaction,
        long ordinal,
        SnapshotMarker marker,
        int weight)
        implements CaptureEvent {

    /** The position once this change has been emitted. */
    public CapturePosition position() {
        return switch (marker) {
            case NONE ->
                new CapturePosition(
                        transaction.previousEnd(),
                        transaction.commitLsn(),
                        ordinal,
                        CapturePosition.SnapshotState.NONE);
            case LAST ->
                new CapturePosition(transaction.previousEnd(), Lsn.INVALID, 0, CapturePosition.SnapshotState.COMPLETED);
            case FIRST, FIRST_IN_TABLE, MIDDLE, LAST_IN_TABLE ->
                new CapturePosition(transaction.previousEnd(), Lsn.INVALID, 0, CapturePosition.SnapshotState.RUNNING);
        };
    }

    RowChange withMarker(SnapshotMarker place) {
        return new RowChange(table, operation, beforeKind, before, after, lsn, transaction, ordinal, place, weight);
    }
}
