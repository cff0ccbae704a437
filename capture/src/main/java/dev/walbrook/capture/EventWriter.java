package dev.walbrook.capture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The capture thread's end of the {@link HandOver}: collects events into chunks.
 *
 * <p>Not thread safe. What was added is never dropped: a failed or interrupted flush keeps the chunk for the next one.
 */
final class EventWriter {

    private static final Duration WAIT = Duration.ofMillis(500);
    // A chunk of huge rows is handed over early, so that the bound of the hand-over stays the bound of memory.
    private static final int CHUNK_BYTES = 1 << 20;
    // A stream that is never quite idle would otherwise keep its events until there are enough of them for a chunk.
    private static final long LONGEST_STAY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final HandOver handOver;
    private final int chunkEvents;
    private final long bound;
    private final BooleanSupplier stopped;
    private List<CaptureEvent> chunk;
    private long chunkBytes;
    private long firstAt;

    /** @param stopped whether nobody will take events any more, so that waiting for room is in vain */
    EventWriter(HandOver handOver, int chunkEvents, BooleanSupplier stopped) {
        this(handOver, chunkEvents, Long.MAX_VALUE, stopped);
    }

    private EventWriter(HandOver handOver, int chunkEvents, long bound, BooleanSupplier stopped) {
        this.handOver = handOver;
        this.bound = bound;
        this.chunkEvents = chunkEvents;
        this.stopped = stopped;
        this.chunk = new ArrayList<>();
    }

    /**
     * Another writer to the same hand-over, for another thread.
     *
     * @param smallerBound how many bytes may wait in the hand-over, whoever they are from, when this writer adds some
     * @param stoppedToo as {@code stopped} of the constructor, for that thread
     */
    EventWriter another(long smallerBound, BooleanSupplier stoppedToo) {
        return new EventWriter(handOver, chunkEvents, smallerBound, stoppedToo);
    }

    void add(CaptureEvent event) {
        if (chunk.isEmpty()) {
            firstAt = System.nanoTime();
        }
        chunk.add(event);
        chunkBytes += event.weight();
    }

    /** Whether the chunk is large enough, or its first event has waited long enough. */
    boolean isDue() {
        return isFull() || (!chunk.isEmpty() && System.nanoTime() - firstAt >= LONGEST_STAY_NANOS);
    }

    /** Whether the chunk is large enough. */
    boolean isFull() {
        return chunk.size() >= chunkEvents || chunkBytes >= CHUNK_BYTES;
    }

    boolean isEmpty() {
        return chunk.isEmpty();
    }

    /**
     * Hands the chunk over, waiting for room as long as it takes or until capturing is stopped.
     *
     * @param whileWaiting called about twice a second while there is no room
     */
    void flush(Runnable whileWaiting) throws InterruptedException {
        if (chunk.isEmpty()) {
            return;
        }
        while (!handOver.offer(chunk, chunkBytes, bound, WAIT)) {
            if (stopped.getAsBoolean()) {
                return;
            }
            whileWaiting.run();
        }
        chunk = new ArrayList<>();
        chunkBytes = 0;
        FailPoint.AFTER_ENQUEUE.reach();
    }
}
