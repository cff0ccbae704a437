package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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
 * <p>With several connections, each reads whole tables or, of a large one, ranges: the rows of a range keep their order, those of
 * different ranges and tables mix.
 */
final class Snapshot {

    private static final Logger log = LoggerFactory.getLogger(Snapshot.class);

    /** What readers that see their end coming take to reach it. */
    private static final long GRACE_MILLIS = 200;

    /**
     * What may wait in the hand-over. Reading is several times faster than making and sending records, so whatever may wait does;
     * more than this would leave the processor's cache before it is taken, and be copied by each garbage collection.
     */
    private static final long WAITING_BYTES = 4L << 20;

    /** A table, or a range of it, that is to be read. */
    record Waiting(TableProgress progress, String select) {}

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
        SnapshotLocks locks = new SnapshotLocks(connections.all(), stopped);
        Duration lockTimeout = settings.snapshot().lockTimeout();
        if (lockTimeout != null) {
            locks.lock(plan, lockTimeout);
        }
        List<TableProgress> tables = plan.stream().map(TableProgress::new).toList();
        HeldRow lastRow = new HeldRow();
        // What the others write comes after what was written here.
        writer.flush(() -> {});
        if (connections.all().size() == 1) {
            reader(connections.first(), snapshot, lastRow, stopped).readAll(waiting(tables));
        } else {
            for (TableProgress table : tables) {
                if (table.table().divided()) {
                    locks.lock(table.table().selects().get(0));
                    table.lockedWith(TableDivision.partitions(connections.first(), table.table()));
                }
            }
            readSideBySide(connections, waiting(tables), snapshot, lastRow);
        }
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
                tables.stream().mapToLong(TableProgress::rows).sum());
        return true;
    }

    /** All ranges of all tables, in order; any thread may take them. */
    private static Queue<Waiting> waiting(List<TableProgress> tables) {
        Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
        for (TableProgress table : tables) {
            table.table().selects().forEach(select -> waiting.add(new Waiting(table, select)));
        }
        return waiting;
    }

    private TableReader reader(Connection connection, Transaction snapshot, HeldRow lastRow, BooleanSupplier givenUp) {
        EventWriter rows = writer.another(WAITING_BYTES, givenUp);
        return new TableReader(settings, connection, snapshot, rows, lastRow, statistics, givenUp);
    }

    private void readSideBySide(
            SnapshotConnections connections, Queue<Waiting> waiting, Transaction snapshot, HeldRow lastRow)
            throws SQLException, InterruptedException {
        AtomicBoolean failed = new AtomicBoolean();
        BooleanSupplier givenUp = () -> failed.get() || stopped.getAsBoolean();
        List<Callable<Void>> readers = new ArrayList<>();
        for (Connection connection : connections.all()) {
            TableReader reader = reader(connection, snapshot, lastRow, givenUp);
            readers.add(() -> {
                reader.readAll(waiting);
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(
                readers.size(), task -> new Thread(task, "walbrook-snapshot-" + settings.name()));
        try {
            ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(threads);
            readers.forEach(running::submit);
            for (int i = 0; i < readers.size(); i++) {
                running.take().get();
            }
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
