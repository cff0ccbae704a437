package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;

/**
 * A transaction ends. Only captured if {@link CaptureDetails#transactionBoundaries} asks for it.
 *
 * @param transaction the transaction
 * @param end the end of its commit record
 */
public record TransactionEnd(Transaction transaction, Lsn end) implements CaptureEvent {

    @Override
    public int weight() {
        return 64;
    }

    /** The position once this has been emitted: the whole transaction is done. */
    public CapturePosition position() {
        return CapturePosition.after(end, transaction.server(), transaction.commitTimeMicros());
    }
}
