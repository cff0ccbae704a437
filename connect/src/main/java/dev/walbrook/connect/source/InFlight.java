package dev.walbrook.connect.source;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How many records Connect has taken that are neither acknowledged nor dropped. Connect keeps each of them whole, as its
 * converter has written it, until then; the producer's {@code buffer.memory} only counts what compression makes of it.
 *
 * <p>For the task's thread, which waits, and the producer's, which counts down.
 */
final class InFlight {

    /** Enough for several full requests to a broker that is far away, and no more memory than that. */
    private static final int MOST = 10_000;

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** Connect's thread has more to do than to wait for the broker. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicInteger records = new AtomicInteger();

    /** Connect takes so many more. */
    void taken(int more) {
        records.addAndGet(more);
    }

    /** One has been acknowledged or dropped. */
    void settled() {
        records.decrementAndGet();
    }

    /** Whether there is room for more, which it waits for a little. */
    boolean hasRoom() throws InterruptedException {
        long start = System.nanoTime();
        while (records.get() >= MOST) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }
}
