package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;

/**
 * How far the stream of changes has been emitted: all transactions up to {@code lastTransactionEnd}, and the first
 * {@code ordinal} changes of the one after it.
 *
 * <p>Changes have no position of their own that could be found again: rows of one COPY share an LSN, and a commit's end may
 * be the next transaction's first LSN. Counting inside a transaction is exact, because PostgreSQL always decodes a
 * transaction to the same changes. The count belongs to the transaction named by {@code openTransaction}: if another
 * one comes next (the slot was already confirmed further than this position), nothing of it is dropped.
 *
 * @param lastTransactionEnd the end LSN of the last transaction that was emitted whole
 * @param openTransaction the commit LSN of the transaction {@code ordinal} counts in; {@link Lsn#INVALID} if none is open
 * @param ordinal how many changes of the open transaction were emitted, counted as the server sends them, before any filter
 * @param snapshot whether an initial snapshot is part of this position
 */
public record CapturePosition(Lsn lastTransactionEnd, Lsn openTransaction, long ordinal, SnapshotState snapshot) {

    /** How far the initial snapshot is. */
    public enum SnapshotState {
        /** Streaming; no snapshot is going on. */
        NONE,
        /** Some rows were read; after a crash the snapshot starts again. */
        RUNNING,
        /** All rows were read and nothing has been streamed yet. */
        COMPLETED
    }

    /** The position after a whole transaction. */
    public static CapturePosition after(Lsn transactionEnd) {
        return new CapturePosition(transactionEnd, Lsn.INVALID, 0, SnapshotState.NONE);
    }
}
