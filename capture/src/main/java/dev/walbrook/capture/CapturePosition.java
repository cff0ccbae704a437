package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import org.jspecify.annotations.Nullable;

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
 * @param place the last change emitted, if another connector left the position and did not count; null otherwise
 * @param server where the position comes from; null if that was not stored
 * @param commitTimeMicros when the last change emitted was committed, in microseconds since the Unix epoch; 0 if unknown
 */
public record CapturePosition(
        Lsn lastTransactionEnd,
        Lsn openTransaction,
        long ordinal,
        SnapshotState snapshot,
        @Nullable ChangePlace place,
        @Nullable ServerIdentity server,
        long commitTimeMicros) {

    /** How far the initial snapshot is. */
    public enum SnapshotState {
        /** Streaming; no snapshot is going on. */
        NONE,
        /** Some rows were read; after a crash the snapshot starts again. */
        RUNNING,
        /** All rows were read and nothing has been streamed yet. */
        COMPLETED
    }

    public CapturePosition(Lsn lastTransactionEnd, Lsn openTransaction, long ordinal, SnapshotState snapshot) {
        this(lastTransactionEnd, openTransaction, ordinal, snapshot, null, null, 0);
    }

    /** The position after a whole transaction. */
    public static CapturePosition after(Lsn transactionEnd) {
        return new CapturePosition(transactionEnd, Lsn.INVALID, 0, SnapshotState.NONE);
    }

    /**
     * The position after a whole transaction, or after the server said that nothing was committed since.
     *
     * @param commitTimeMicros when the last transaction was committed
     */
    public static CapturePosition after(Lsn position, @Nullable ServerIdentity server, long commitTimeMicros) {
        return after(position).at(server, commitTimeMicros);
    }

    /** The position after {@code ordinal} changes of a transaction. */
    static CapturePosition within(Transaction transaction, long ordinal) {
        return new CapturePosition(
                transaction.previousEnd(),
                transaction.commitLsn(),
                ordinal,
                SnapshotState.NONE,
                null,
                transaction.server(),
                transaction.commitTimeMicros());
    }

    /** The position while, or just after, a snapshot is read. */
    static CapturePosition inSnapshot(Transaction snapshot, SnapshotState state) {
        return new CapturePosition(
                snapshot.previousEnd(), Lsn.INVALID, 0, state, null, snapshot.server(), snapshot.commitTimeMicros());
    }

    CapturePosition at(@Nullable ServerIdentity identity, long micros) {
        return new CapturePosition(lastTransactionEnd, openTransaction, ordinal, snapshot, place, identity, micros);
    }

    /** The furthest commit of which something was emitted. */
    public Lsn reach() {
        return openTransaction.isAfter(lastTransactionEnd) ? openTransaction : lastTransactionEnd;
    }
}
