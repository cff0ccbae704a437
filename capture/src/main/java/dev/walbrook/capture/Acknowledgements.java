package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns deliveries, which are reported in any order, into the position the slot may be told: the end of the longest
 * unbroken prefix of transactions of which every record was delivered.
 *
 * <p>{@link #current} and {@link #progress} are called by the one thread that takes events from the {@link HandOver};
 * {@link Unit#delivered} by any thread; {@link #confirmable} by the capture thread.
 */
public final class Acknowledgements {

    private final ArrayDeque<Unit> units = new ArrayDeque<>();
    private @Nullable Unit open;
    private volatile Lsn confirmable;

    /** @param start what the slot has already been told, or may be told at once */
    public Acknowledgements(Lsn start) {
        this.confirmable = start;
    }

    /** The records between two {@link Progress} events, which are confirmed together. */
    public final class Unit {

        // Starts at one: the unit itself stays outstanding until its end is known.
        private final AtomicInteger outstanding = new AtomicInteger(1);
        private Lsn end = Lsn.INVALID;

        /** One more record of this unit is about to be delivered. */
        public void add() {
            outstanding.incrementAndGet();
        }

        /** One record of this unit was delivered, or will never be (a transform or the user's error policy dropped it). */
        public void delivered() {
            if (outstanding.decrementAndGet() == 0) {
                advance();
            }
        }
    }

    /** The unit the next record belongs to. */
    public synchronized Unit current() {
        if (open == null) {
            open = new Unit();
            units.add(open);
        }
        return open;
    }

    /** All records before {@code position} have been added to their units. */
    public void progress(Lsn position) {
        Unit closed;
        synchronized (this) {
            closed = open;
            open = null;
            if (closed == null) {
                Unit last = units.peekLast();
                if (last == null) {
                    raise(position);
                } else {
                    // Nothing was emitted since the last unit ended: when it is delivered, so is all up to here.
                    last.end = later(last.end, position);
                }
                return;
            }
            closed.end = position;
        }
        closed.delivered();
    }

    /** The position up to which everything has been delivered. Safe to tell the slot. */
    public Lsn confirmable() {
        return confirmable;
    }

    /** Forgets what may be confirmed, before the first event: the slot's history is not the one the position was of. */
    synchronized void reset(Lsn start) {
        confirmable = start;
    }

    private synchronized void advance() {
        Unit first = units.peek();
        while (first != null && first.outstanding.get() == 0) {
            units.remove();
            raise(first.end);
            first = units.peek();
        }
    }

    private void raise(Lsn position) {
        confirmable = later(confirmable, position);
    }

    private static Lsn later(Lsn one, Lsn other) {
        return one.isAfter(other) ? one : other;
    }
}
