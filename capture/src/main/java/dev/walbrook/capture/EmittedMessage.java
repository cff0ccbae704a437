package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;

/**
 * A message written by {@code pg_logical_emit_message}.
 *
 * <p>One outside of transactions arrives as soon as the server reads it, always between two transactions, and is treated as
 * a transaction of its own, without an identifier.
 *
 * @param prefix its prefix; may be empty
 * @param content its content; not to be changed
 * @param transactional whether it was committed with a transaction
 * @param lsn where the message ends in the WAL: what the server says its position is
 * @param countAtLsn its number among the transaction's changes at that LSN, from 1; 0 outside of transactions
 * @param transaction what it was committed with
 * @param ordinal its number in the transaction, from 1, counted as the server sends changes and messages
 */
public record EmittedMessage(
        String prefix,
        byte[] content,
        boolean transactional,
        Lsn lsn,
        long countAtLsn,
        Transaction transaction,
        long ordinal)
        implements CaptureEvent {

    @Override
    public int weight() {
        return content.length + prefix.length() + 128;
    }

    /** The position once this message has been emitted. */
    public CapturePosition position() {
        return transactional
                ? CapturePosition.within(transaction, ordinal)
                : CapturePosition.after(lsn, transaction.server(), transaction.commitTimeMicros());
    }
}
