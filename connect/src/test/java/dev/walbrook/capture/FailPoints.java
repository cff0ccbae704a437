package dev.walbrook.capture;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends whatever thread reaches a fail point, from a chosen moment on, until it is closed: what is left of the task can do
 * nothing that matters any more, as if its process were gone.
 */
public final class FailPoints implements AutoCloseable {

    private final AtomicBoolean killed = new AtomicBoolean();
    private final AtomicInteger countdown;

    /** Thrown where the task dies; an error, because the production code catches exceptions. */
    public static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed(FailPoint point) {
            super("killed at " + point, null, false, false);
        }
    }

    private FailPoints(FailPoint target, int times) {
        this.countdown = new AtomicInteger(times);
        FailPoint.hook(point -> {
            if (killed.get() || point == target && countdown.decrementAndGet() <= 0) {
                killed.set(true);
                throw new Killed(point);
            }
        });
    }

    /** Kills when the point is reached for the n-th time. */
    public static FailPoints killAt(FailPoint target, int times) {
        return new FailPoints(target, times);
    }

    /** Kills at once whatever reaches any point. */
    public void kill() {
        killed.set(true);
    }

    public boolean killed() {
        return killed.get();
    }

    @Override
    public void close() {
        FailPoint.hook(null);
    }
}
