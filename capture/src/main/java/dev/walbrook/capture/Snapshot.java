package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the captured tables as they were at one moment, through COPY.
 *
 * <p>When the slot has just been created, that moment is the slot's consistent point: the snapshot it exported is imported,
 * so that no change is in both the snapshot and the stream and none in neither. With a slot that existed before, the moment is
 * now, and the stream repeats what happened since the slot's position; consumers that apply changes by key end up right.
 *
 * <p>With several connections, each reads whole tables: the rows of one table keep their order, those of different tables mix.
 */
final class Snapshot {

    private static final Logger log = LoggerFactory.getLogger(Snapshot.class);

    /** What readers that see their end coming take to reach it. */
    private static final long GRACE_MILLIS = 200;

    private final CaptureSettings settings;
    private final EventWriter writer;
    private final BooleanSupplier stopped;
    private final @Nullable ServerIdentity server;
    private final CaptureStatistics statistics;

    /** @param server which server the rows come from; null if it was not asked */
    Snapshot(
            CaptureSettings settings,
            EventWriter writer,
            BooleanSupplier stopped,
            @Nullable ServerIdentity server,
            CaptureStatistics statistics) {
        this.statistics = statistics;
        this.server = server;
        this.settings = settings;
        this.writer = writer;
        this.stopped = stopped;
    }

    /**
     * Reads all rows of all tables.
     *
     * @param connections in the transactions that see the snapshot
     * @param plan what to read
     * @param streamingStart where streaming will begin afterwards
     * @return whether the snapshot is complete; false if it was stopped
     */
    boolean read(SnapshotConnections connections, List<TableRead> plan, Lsn streamingStart)
            throws SQLException, InterruptedException {
        Transaction snapshot = describe(connections.first(), streamingStart);
        Duration lockTimeout = settings.snapshot().lockTimeout();
        if (lockTimeout != null) {
            connections.lock(plan, lockTimeout);
        }
        HeldRow lastRow = new HeldRow();
        long rows = connections.all().size() == 1
                ? readInTurn(connections.first(), plan, snapshot, lastRow)
                : readSideBySide(connections, plan, snapshot, lastRow);
        if (stopped.getAsBoolean()) {
            return false;
        }
        RowChange last = lastRow.exchange(null);
        if (last != null) {
            writer.add(last.withMarker(SnapshotMarker.LAST));
        }
        writer.add(new Progress(streamingStart, server));
        writer.flush(() -> {});
        log.info(
                "connector={} slot={} snapshot complete: {} tables, {} rows",
                settings.name(),
                settings.slot(),
                plan.size(),
                rows);
        return true;
    }

    private long readInTurn(Connection connection, List<TableRead> plan, Transaction snapshot, HeldRow lastRow)
            throws SQLException, InterruptedException {
        TableReader reader = new TableReader(settings, connection, snapshot, writer, lastRow, stopped);
        long rows = 0;
        for (TableRead table : plan) {
            if (stopped.getAsBoolean()) {
                break;
            }
            rows += reader.read(table);
            statistics.tableRead();
        }
        return rows;
    }

    private long readSideBySide(
            SnapshotConnections connections, List<TableRead> plan, Transaction snapshot, HeldRow lastRow)
            throws SQLException, InterruptedException {
        ConcurrentLinkedQueue<TableRead> waiting = new ConcurrentLinkedQueue<>(plan);
        AtomicBoolean failed = new AtomicBoolean();
        BooleanSupplier givenUp = () -> failed.get() || stopped.getAsBoolean();
        List<Callable<Long>> readers = new ArrayList<>();
        for (Connection connection : connections.all()) {
            TableReader reader =
                    new TableReader(settings, connection, snapshot, writer.another(givenUp), lastRow, givenUp);
            readers.add(() -> {
                long rows = 0;
                TableRead table = waiting.poll();
                while (table != null && !givenUp.getAsBoolean()) {
                    rows += reader.read(table);
                    statistics.tableRead();
                    table = waiting.poll();
                }
                reader.flush();
                return rows;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(
                readers.size(), task -> new Thread(task, "walbrook-snapshot-" + settings.name()));
        try {
            ExecutorCompletionService<Long> running = new ExecutorCompletionService<>(threads);
            readers.forEach(running::submit);
            long rows = 0;
            for (int i = 0; i < readers.size(); i++) {
                rows += running.take().get();
            }
            return rows;
        } catch (ExecutionException e) {
            throw causeOf(e);
        } finally {
            // Nobody may use the connections any more once they are closed.
            failed.set(true);
            threads.shutdown();
            if (!threads.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                connections.cancel();
                threads.awaitTermination(1, TimeUnit.MINUTES);
            }
        }
    }

    private static SQLException causeOf(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof SQLException sql ? sql : new SQLException("a snapshot reader was interrupted", cause);
    }

    private Transaction describe(Connection connection, Lsn streamingStart) throws SQLException {
        String sql =
                """
                SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                            ELSE pg_catalog.pg_current_wal_lsn() END,
                       (extract(epoch FROM pg_catalog.now()) * 1000000)::bigint,
                       pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())""";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Transaction(row.getLong(3), Lsn.parse(row.getString(1)), streamingStart, row.getLong(2), server);
        }
    }
}
