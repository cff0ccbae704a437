package dev.walbrook.benchmarks.workload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits single rows at a steady rate from a few sessions. Each row's {@code customer_id} is the {@link System#nanoTime} of
 * the moment before it was sent to be inserted and committed, so that a reader in the same JVM knows how long it took.
 */
public final class SteadyWriter implements AutoCloseable {

    private static final int SESSIONS = 4;

    private static final String INSERT =
            """
            INSERT INTO public.orders VALUES (?, ?, 'new', 12.34, now(), now(), 'left at the door, as on the day before',
              '{"channel": "web", "items": 3, "city": "London"}')""";

    private final ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS);
    private final List<Future<Void>> ends = new ArrayList<>();
    private final AtomicLong ids;
    private final long firstId;
    private final long count;

    /**
     * Starts writing.
     *
     * @param firstId the first row's key
     * @param perSecond how many rows to commit per second
     * @param seconds for how long
     */
    public SteadyWriter(PreparedDataset data, long firstId, int perSecond, int seconds) {
        this.firstId = firstId;
        this.ids = new AtomicLong(firstId);
        this.count = (long) perSecond * seconds;
        long started = System.nanoTime();
        for (int session = 0; session < SESSIONS; session++) {
            ends.add(sessions.submit(() -> {
                write(data, started, 1_000_000_000L / perSecond);
                return null;
            }));
        }
    }

    private void write(PreparedDataset data, long started, long pause) throws SQLException {
        try (Connection connection = data.servers().source().open(data.database());
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (long id = ids.getAndIncrement(); id < firstId + count; id = ids.getAndIncrement()) {
                long due = started + (id - firstId) * pause;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                insert.setLong(1, id);
                insert.setLong(2, System.nanoTime());
                insert.executeUpdate();
            }
        }
    }

    /** How many rows it writes in all. */
    public long count() {
        return count;
    }

    /** Waits for the last commit, and throws if a session failed. */
    @Override
    public void close() {
        sessions.shutdown();
        for (Future<Void> end : ends) {
            try {
                end.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("cannot write", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
