package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;

/**
 * A message written by {@code pg_logical_emit_message}.
 *
 * <p>One outside of transactions arrives as soon as the server reads it, always between two transactions, and is treated as
 * a transaction of its own: {@link Transaction#commitLsn} is the message itself, and it has no identifier.
 *
 * @param prefix its prefix; may be empty
 * @param content its content; not to be changed
 * @param transactional whether it was committed with a transaction
 * @param lsn the message's position in the WAL
 * @param transaction what it was committed with
 * @param ordinal its number in the transaction, from 1, counted as the server sends changes and messages
 */
public record EmittedMessage(
        String prefix, byte[] content, boolean transactional, Lsn lsn, Transaction transaction, long ordinal)
        implements CaptureEvent {

    @Override
    public int weight() {
        return content.length + prefix.length() + 128;
    }

    /** The position once this message has been emitted. */
    public CapturePosition position() {
        return transactional
                ? new CapturePosition(
                        transaction.previousEnd(), transaction.commitLsn(), ordinal, CapturePosition.SnapshotState.NONE)
                : CapturePosition.after(endOfUntransactional(lsn));
    }

    /**
     * Up to where everything is done with a message outside of transactions. Records of the WAL are aligned, so nothing
     * else can begin or end at this byte of the message, and no commit's end is mistaken for it.
     */
    static Lsn endOfUntransactional(Lsn lsn) {
        return new Lsn(lsn.value() + 1);
    }
}
