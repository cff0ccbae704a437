package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;

/**
 * A transaction begins of which something is sent. Only captured if {@link CaptureDetails#transactionBoundaries} asks for it.
 *
 * @param transaction the transaction
 * @param lsn where the server says it begins: the LSN of its first change
 */
public record TransactionBegin(Transaction transaction, Lsn lsn) implements CaptureEvent {

    @Override
    public int weight() {
        return 64;
    }

    /** The position once this has been emitted: it names the transaction, and none of its changes. */
    public CapturePosition position() {
        return CapturePosition.within(transaction, 0);
    }
}
