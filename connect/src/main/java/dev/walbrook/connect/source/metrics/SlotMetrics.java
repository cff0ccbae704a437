package dev.walbrook.connect.source.metrics;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.replication.SlotCost;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slot's MBean. The server is asked over a connection of its own, on a thread of its own that lives only while somebody
 * looks; whoever looks waits a moment for the answer and then takes what there is. A server that does not answer holds up
 * neither the reader of the MBean nor the capture.
 */
final class SlotMetrics implements SlotMetricsMXBean, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SlotMetrics.class);

    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long WAIT_MILLIS = 1_000;
    /** Seconds. */
    private static final String TIMEOUT = "10";

    private final ConnectionSettings settings;
    private final String connector;
    private final String slot;
    private final ThreadPoolExecutor executor;

    // Used by the executor's thread alone, but for the end.
    private volatile @Nullable Connection connection;

    // Guarded by this.
    private @Nullable CompletableFuture<Void> refreshing;
    private @Nullable SlotCost last;
    private @Nullable Long askedAtNanos;
    private @Nullable Long answeredAtNanos;
    private @Nullable String error;

    SlotMetrics(ConnectionSettings settings, String connector, String slot) {
        Map<String, String> limits = new HashMap<>(settings.properties());
        limits.put("socketTimeout", TIMEOUT);
        limits.put("loginTimeout", TIMEOUT);
        this.settings = new ConnectionSettings(
                settings.host(), settings.port(), settings.database(), settings.user(), settings.password(), limits);
        this.connector = connector;
        this.slot = slot;
        this.executor = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "walbrook-slot-metrics-" + connector);
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public String getSlotName() {
        return slot;
    }

    @Override
    public boolean isActive() {
        SlotCost now = current();
        return now != null && now.active();
    }

    @Override
    public @Nullable String getWalStatus() {
        return value(SlotCost::walStatus);
    }

    @Override
    public @Nullable Long getRetainedBytes() {
        return value(SlotCost::retainedBytes);
    }

    @Override
    public @Nullable Long getLagBytes() {
        return value(SlotCost::lagBytes);
    }

    @Override
    public @Nullable Long getSafeWalSizeBytes() {
        return value(SlotCost::safeWalBytes);
    }

    @Override
    public long getSpillTransactions() {
        return count(SlotCost::spillTransactions);
    }

    @Override
    public long getSpillCount() {
        return count(SlotCost::spillCount);
    }

    @Override
    public long getSpillBytes() {
        return count(SlotCost::spillBytes);
    }

    @Override
    public long getDecodedTransactions() {
        return count(SlotCost::decodedTransactions);
    }

    @Override
    public long getDecodedBytes() {
        return count(SlotCost::decodedBytes);
    }

    @Override
    public synchronized long getMilliSecondsSinceRefresh() {
        return answeredAtNanos == null ? -1 : (System.nanoTime() - answeredAtNanos) / 1_000_000;
    }

    @Override
    public synchronized @Nullable String getLastError() {
        return error;
    }

    private <T> @Nullable T value(Function<SlotCost, @Nullable T> figure) {
        SlotCost now = current();
        return now == null ? null : figure.apply(now);
    }

    private long count(ToLongFunction<SlotCost> figure) {
        SlotCost now = current();
        return now == null ? 0 : figure.applyAsLong(now);
    }

    /** What the server said last, asked anew if that is old. Only the caller that asks waits. */
    private @Nullable SlotCost current() {
        CompletableFuture<Void> asked = null;
        synchronized (this) {
            long now = System.nanoTime();
            boolean old = askedAtNanos == null || now - askedAtNanos > MAX_AGE_NANOS;
            if (old && refreshing == null) {
                askedAtNanos = now;
                asked = ask();
            }
        }
        if (asked != null) {
            try {
                asked.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (TimeoutException | ExecutionException e) {
                log.debug("connector={} slot={} the server has not answered yet", connector, slot, e);
            }
        }
        synchronized (this) {
            return last;
        }
    }

    private @Nullable CompletableFuture<Void> ask() {
        try {
            CompletableFuture<Void> asked = CompletableFuture.runAsync(this::refresh, executor);
            refreshing = asked;
            return asked;
        } catch (RejectedExecutionException e) {
            // Closed: what is known stays.
            return null;
        }
    }

    private void refresh() {
        SlotCost answer = null;
        String failure = null;
        try {
            Connection open = connection;
            if (open == null || open.isClosed()) {
                open = Connections.open(settings, "walbrook metrics " + connector);
                connection = open;
            }
            answer = SlotCost.read(open, slot);
        } catch (WalbrookException e) {
            failure = e.problem();
            abandon();
        } catch (SQLException | RuntimeException e) {
            failure = String.valueOf(e.getMessage());
            abandon();
        } finally {
            synchronized (this) {
                refreshing = null;
                error = failure;
                if (failure == null) {
                    last = answer;
                    answeredAtNanos = System.nanoTime();
                }
            }
        }
    }

    private void abandon() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                // Does not wait for the server, unlike close.
                open.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("connector={} slot={} the metrics' connection is gone", connector, slot, e);
            }
        }
    }

    /** Ends without waiting for the server. */
    @Override
    public void close() {
        executor.shutdownNow();
        abandon();
    }
}
