package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;

/**
 * A table was truncated.
 *
 * @param table the table as it was
 * @param lsn the truncation's position in the WAL
 * @param transaction what it was committed with
 * @param ordinal the number of the TRUNCATE in its transaction, from 1; the same for all tables of one statement
 */
public record TableTruncation(TableSchema table, Lsn lsn, Transaction transaction, long ordinal)
        implements CaptureEvent {

    @Override
    public int weight() {
        return 128;
    }

    /** The position once this truncation has been emitted. */
    public CapturePosition position() {
        return new CapturePosition(
                transaction.previousEnd(), transaction.commitLsn(), ordinal, CapturePosition.SnapshotState.NONE);
    }
}
