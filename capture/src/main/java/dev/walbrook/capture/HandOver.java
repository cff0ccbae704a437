package dev.walbrook.capture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the capture thread leaves events for the caller's thread, in chunks, bounded by bytes.
 *
 * <p>When it is full the capture thread waits, does not read from its socket, and the server stops sending: memory stays
 * bounded however large a transaction is. One chunk is always accepted into an empty hand-over, so a row larger than the
 * bound still passes.
 */
public final class HandOver {

    private final long capacityBytes;
    private final int capacityEvents;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private long bytes;
    private long waiting;
    private long resumeBytes;
    private @Nullable RuntimeException failure;

    private record Chunk(List<CaptureEvent> events, long bytes) {}

    /**
     * @param capacityBytes how many bytes of events may wait; positive
     * @param capacityEvents how many events may wait; 0 for any number
     */
    public HandOver(long capacityBytes, int capacityEvents) {
        this.capacityBytes = capacityBytes;
        this.capacityEvents = capacityEvents == 0 ? Integer.MAX_VALUE : capacityEvents;
    }

    /**
     * Leaves a chunk, if there is room or there will be in time.
     *
     * @param events the events; not to be changed afterwards
     * @param weight their weight in bytes
     * @param bound how many bytes may wait if that is less than the hand-over's own bound
     * @param wait how long to wait for room; once there was none, until half of the bound is free, so that two threads that
     *     are equally fast do not wake each other for every chunk
     * @return whether the chunk was accepted; if not, offer the same chunk again
     */
    boolean offer(List<CaptureEvent> events, long weight, long bound, Duration wait) throws InterruptedException {
        long nanos = wait.toNanos();
        long most = Math.min(bound, capacityBytes);
        lock.lockInterruptibly();
        try {
            while (waiting > 0 && (bytes + weight > most || waiting + events.size() > capacityEvents)) {
                if (nanos <= 0) {
                    return false;
                }
                resumeBytes = Math.max(resumeBytes, most / 2);
                nanos = notFull.awaitNanos(nanos);
            }
            chunks.add(new Chunk(events, weight));
            bytes += weight;
            waiting += events.size();
            notEmpty.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Tells the reader of events, after it has taken all that came before, that no more will come and why. */
    void fail(RuntimeException reason) {
        lock.lock();
        try {
            failure = reason;
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what waits, waiting if nothing does.
     *
     * @param maxEvents stop adding chunks once so many events are taken; a chunk is never split
     * @param wait how long to wait for a first chunk
     * @return the events in order; empty if none came in time
     * @throws RuntimeException the capture's failure, once all events before it are taken
     */
    public List<CaptureEvent> take(int maxEvents, Duration wait) throws InterruptedException {
        long nanos = wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (chunks.isEmpty()) {
                if (failure != null) {
                    throw failure;
                }
                if (nanos <= 0) {
                    return List.of();
                }
                nanos = notEmpty.awaitNanos(nanos);
            }
            Chunk first = chunks.remove();
            bytes -= first.bytes();
            List<CaptureEvent> events = first.events();
            waiting -= events.size();
            Chunk next = chunks.peek();
            if (next != null && events.size() + next.events().size() <= maxEvents) {
                events = new ArrayList<>(events);
                while (next != null && events.size() + next.events().size() <= maxEvents) {
                    chunks.remove();
                    bytes -= next.bytes();
                    waiting -= next.events().size();
                    events.addAll(next.events());
                    next = chunks.peek();
                }
            }
            if (bytes <= resumeBytes || capacityEvents != Integer.MAX_VALUE) {
                // The room may suit one of several waiting threads and not another, which will wait again.
                resumeBytes = 0;
                notFull.signalAll();
            }
            return events;
        } finally {
            lock.unlock();
        }
    }

    /** The bytes of events that wait now. */
    public long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The events that wait now. */
    public long waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** The bound. */
    public long capacityBytes() {
        return capacityBytes;
    }
}
