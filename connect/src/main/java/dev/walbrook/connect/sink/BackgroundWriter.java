package dev.walbrook.connect.sink;

import dev.walbrook.connect.sink.delivery.OffsetStore;
import dev.walbrook.connect.sink.delivery.OffsetsTable;
import dev.walbrook.connect.sink.write.ReadRecord;
import dev.walbrook.connect.sink.write.SinkWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch on a thread of its own while the task's thread reads the next. It either succeeds or comes to nothing:
 * what went wrong is found out on the task's thread, which writes the batch again. For the task's thread.
 *
 * <p>From {@link #start} until {@link #settle} the writer and its session are this thread's alone.
 */
final class BackgroundWriter implements AutoCloseable {

    private final SinkWriter writer;
    private final ExecutorService thread;
    private @Nullable Running running;

    private record Running(List<ReadRecord> records, List<OffsetsTable.Advance> advances, Future<Boolean> outcome) {}

    /**
     * What became of a batch.
     *
     * @param written whether it is in the target for certain
     * @param records its records, in the order in which they were read, without those that were set aside
     * @param advances the offsets that went with it
     */
    record Settled(boolean written, List<ReadRecord> records, List<OffsetsTable.Advance> advances) {}

    /** @param name names the thread */
    BackgroundWriter(SinkWriter writer, String name) {
        this.writer = writer;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Begins to write a batch, after the one before was settled.
     *
     * @param records no longer the caller's
     */
    void start(List<ReadRecord> records, List<OffsetsTable.Advance> advances, OffsetStore offsets) {
        if (running != null) {
            throw new IllegalStateException("a batch is being written already");
        }
        running = new Running(records, advances, thread.submit(() -> writer.tryWrite(records, offsets)));
    }

    /** Whether there is a batch that is not settled. */
    boolean isBusy() {
        return running != null;
    }

    /** Whether there is one, and settling it takes no time. */
    boolean isDone() {
        return running != null && running.outcome().isDone();
    }

    /** Waits for the batch's end; null if there is none. */
    @Nullable
    Settled settle() {
        Running settled = running;
        if (settled == null) {
            return null;
        }
        running = null;
        return new Settled(outcome(settled.outcome()), settled.records(), settled.advances());
    }

    /** A batch is not left halfway: two threads must never use the session. */
    private static boolean outcome(Future<Boolean> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    // It will fail in the same way where that can be told.
                    return false;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        settle();
        thread.shutdown();
    }
}
