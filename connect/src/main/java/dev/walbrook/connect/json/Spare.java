package dev.walbrook.connect.json;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Things that one thread at a time may use and that are expensive to make, for any number of threads. There are never more
 * than were in use at the same time.
 */
final class Spare<T> {

    private final Supplier<T> maker;

    /** The one that suffices as long as a single thread asks. */
    private final AtomicReference<T> first = new AtomicReference<>();

    private final Queue<T> others = new ConcurrentLinkedQueue<>();

    Spare(Supplier<T> maker) {
        this.maker = maker;
    }

    /** One that nobody else has until it is given back. */
    T take() {
        T spare = first.getAndSet(null);
        if (spare == null) {
            spare = others.poll();
        }
        return spare != null ? spare : maker.get();
    }

    void giveBack(T used) {
        if (!first.compareAndSet(null, used)) {
            others.offer(used);
        }
    }
}
