package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;

/**
 * A table was truncated.
 *
 * @param table the table as it was
 * @param lsn the truncation's position in the WAL
 * @param transaction what it was committed with
 * @param countAtLsn the TRUNCATE's number among the transaction's changes at that LSN, from 1
 * @param ordinal the number of the TRUNCATE in its transaction, from 1; the same for all tables of one statement
 * @param last whether this is the last table of the statement; until it is emitted, the statement is not
 */
public record TableTruncation(
        TableSchema table, Lsn lsn, long countAtLsn, Transaction transaction, long ordinal, boolean last)
        implements CaptureEvent {

    @Override
    public int weight() {
        return 128;
    }

    /** The position once this truncation has been emitted. */
    public CapturePosition position() {
        return CapturePosition.within(transaction, last ? ordinal : ordinal - 1);
    }
}
