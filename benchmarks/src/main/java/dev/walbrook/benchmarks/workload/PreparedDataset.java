package dev.walbrook.benchmarks.workload;

import dev.walbrook.benchmarks.measure.Content;
import dev.walbrook.benchmarks.server.Servers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A dataset in a database of its own at the source. Its changes are written once; a slot that stands before them is copied for every run,
 * so that all runs read the same WAL.
 */
public final class PreparedDataset implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Servers servers;
    private final Dataset dataset;
    private final String database = "bench_" + COUNT.incrementAndGet();
    private final String slot = database + "_origin";
    private final Connection connection;
    private int copies;
    private @Nullable Content content;

    private PreparedDataset(Servers servers, Dataset dataset) throws SQLException {
        this.servers = servers;
        this.dataset = dataset;
        Servers.execute(servers.source(), "postgres", List.of("CREATE DATABASE " + database));
        Servers.execute(servers.source(), database, dataset.setUp());
        this.connection = servers.source().open(database);
    }

    public static PreparedDataset write(Servers servers, Dataset dataset) throws SQLException {
        PreparedDataset prepared = new PreparedDataset(servers, dataset);
        prepared.update("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", prepared.slot);
        Servers.execute(servers.source(), prepared.database, dataset.load());
        return prepared;
    }

    public Servers servers() {
        return servers;
    }

    public Dataset dataset() {
        return dataset;
    }

    public String database() {
        return database;
    }

    /** What the table holds in the end. */
    public Content content() throws SQLException {
        Content known = content;
        if (known == null) {
            known = TargetDatabase.content(connection);
            content = known;
        }
        return known;
    }

    /** A new slot that stands before the changes. */
    public String copySlot() throws SQLException {
        String copy = database + "_" + ++copies;
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_copy_logical_replication_slot(?, ?)")) {
            statement.setString(1, slot);
            statement.setString(2, copy);
            statement.execute();
        }
        return copy;
    }

    /** A new slot that stands after everything written so far. */
    public String createSlot() throws SQLException {
        String created = database + "_" + ++copies;
        update("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", created);
        return created;
    }

    /** The WAL sender that streams from the slot; 0 if none does. */
    public long walSender(String name) throws SQLException {
        return number(
                "SELECT coalesce(max(active_pid), 0) FROM pg_replication_slots JOIN pg_stat_replication"
                        + " ON pid = active_pid WHERE slot_name = ? AND state IN ('catchup', 'streaming')",
                name);
    }

    /** How many sessions others have in this database. */
    public long sessions() throws SQLException {
        return number("SELECT count(*) FROM pg_stat_activity WHERE datname = ? AND pid <> pg_backend_pid()", database);
    }

    /**
     * Ends what sessions a connector that was removed has left here: those of a snapshot that was cut short may hold what the
     * next one waits for. Then drops its slot.
     */
    public void release(String name) throws SQLException {
        update(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ? AND pid <> pg_backend_pid()",
                database);
        dropSlot(name);
    }

    /** Drops the slot, if it exists, as soon as nobody uses it any more; after ten seconds whether or not. */
    public void dropSlot(String name) throws SQLException {
        long patience = System.nanoTime() + 10_000_000_000L;
        while (number("SELECT count(active_pid) FROM pg_replication_slots WHERE slot_name = ?", name) > 0) {
            LockSupport.parkNanos(20_000_000);
            if (System.nanoTime() > patience) {
                update("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = ?", name);
            }
        }
        update("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?", name);
    }

    private long number(String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void update(String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.execute();
        }
    }

    /** Drops slot and database. */
    @Override
    public void close() throws SQLException {
        dropSlot(slot);
        connection.close();
        Servers.execute(servers.source(), "postgres", List.of("DROP DATABASE " + database + " WITH (FORCE)"));
    }
}
