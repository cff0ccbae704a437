package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * Tells, at the beginning of a stream, what was emitted before it and must be dropped: transactions that end at or before the
 * start, and the first changes of the transaction that was open.
 *
 * <p>Positions of this connector name that transaction by its commit and count its changes. Positions another connector left
 * name the last change by its LSN, see {@link ChangePlace}. Without a count, a single change at that LSN is known to be
 * emitted, but of several nobody can tell how many were: all of them are emitted again, because a repeated change is better
 * than a lost one. Used by the capture thread alone.
 */
final class AlreadyEmitted {

    /** What is to become of a change. */
    enum Verdict {
        EMIT,
        DROP,
        /** Drop it, unless the next change of the transaction has the same LSN: then emit both. */
        HOLD
    }

    private final CapturePosition start;
    private final @Nullable ChangePlace place;
    private boolean wholeTransaction;
    private boolean transactionIsOpen;
    private boolean named;
    private long drop;
    private boolean held;

    AlreadyEmitted(CapturePosition start) {
        this.start = start;
        this.place = start.place();
    }

    /** A transaction begins. */
    void begin(long xid, Lsn commitLsn) {
        // A transaction that ends at or before the start has its commit record before it.
        wholeTransaction = commitLsn.isBefore(start.lastTransactionEnd());
        transactionIsOpen = commitLsn.equals(start.openTransaction());
        drop = transactionIsOpen ? start.ordinal() : 0;
        named = place != null && place.xid() == xid && !wholeTransaction;
        held = false;
    }

    /** Whether a message outside of transactions, which ends there, was emitted. */
    boolean message(Lsn end) {
        return !end.isAfter(start.lastTransactionEnd());
    }

    /** Whether the whole transaction was emitted. */
    boolean wholeTransaction() {
        return wholeTransaction;
    }

    /** Whether something of the transaction, if only its beginning, was emitted. */
    boolean begun() {
        return wholeTransaction || named || transactionIsOpen;
    }

    /** Whether more of the transaction may be dropped: until then the start is still the position. */
    boolean undecided(long ordinal) {
        return named || ordinal < drop;
    }

    /**
     * @param ordinal the change's number in its transaction, from 1
     * @param lsn its LSN
     * @param countAtLsn its number among the transaction's changes at that LSN, from 1
     */
    Verdict judge(long ordinal, Lsn lsn, long countAtLsn) {
        if (wholeTransaction || ordinal <= drop) {
            return Verdict.DROP;
        }
        ChangePlace last = place;
        if (!named || last == null) {
            return Verdict.EMIT;
        }
        int order = lsn.compareTo(last.lsn());
        if (order < 0 || order == 0 && countAtLsn <= last.count()) {
            return Verdict.DROP;
        }
        if (order == 0 && last.count() == ChangePlace.UNCOUNTED && countAtLsn == 1) {
            held = true;
            return Verdict.HOLD;
        }
        // Changes of one transaction come in the order of their LSNs: from here on everything is new.
        named = false;
        held = held && order == 0;
        return Verdict.EMIT;
    }

    /** After a change is to be emitted: whether the one held before it is, too. Answers once. */
    boolean releasesHeld() {
        boolean release = held;
        held = false;
        return release;
    }
}
