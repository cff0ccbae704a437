package dev.walbrook.capture;

import dev.walbrook.postgres.error.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Locks tables against ALTER, TRUNCATE and DROP, for all connections of a snapshot together.
 *
 * <p>A table that several connections read is locked by all of them before the first reads, because an ALTER that waits for the
 * first would be waited for by the others, for ever: the server does not know that the first will not let go without them.
 */
final class SnapshotLocks {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Set<String> CHANGED = Set.of("42P01", "42703");

    /** How long a connection waits for a lock that another of ours has; whoever is in between waits for ours. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final List<Connection> connections;
    private final BooleanSupplier stopped;

    /** @param connections in the transactions that hold the locks */
    SnapshotLocks(List<Connection> connections, BooleanSupplier stopped) {
        this.connections = connections;
        this.stopped = stopped;
    }

    /**
     * Keeps the definitions of all tables until the snapshot has been read.
     *
     * @param timeout how long to wait for each
     */
    void lock(List<TableRead> tables, Duration timeout) throws SQLException {
        if (!tables.isEmpty()) {
            String names =
                    tables.stream().map(table -> table.schema().id().toSql()).collect(Collectors.joining(", "));
            together("LOCK TABLE " + names + " IN ACCESS SHARE MODE", timeout);
        }
    }

    /**
     * Keeps the definition of a table that is read in ranges. One that was dropped or altered already is left alone.
     *
     * @param select a query that reads it
     */
    void lock(String select) throws SQLException {
        try {
            // Takes the locks of reading, of partitions too, and no more rights than reading does.
            together(select + " LIMIT 0", Duration.ZERO);
        } catch (SQLException e) {
            if (!CHANGED.contains(String.valueOf(SqlErrors.sqlState(e)))) {
                throw e;
            }
        }
    }

    private void together(String statement, Duration timeout) throws SQLException {
        while (!stopped.getAsBoolean()) {
            List<Savepoint> before = new ArrayList<>();
            for (Connection connection : connections) {
                before.add(connection.setSavepoint());
            }
            int locking = 0;
            try {
                for (; locking < connections.size(); locking++) {
                    execute(connections.get(locking), statement, locking == 0 ? timeout : PATIENCE);
                }
                return;
            } catch (SQLException e) {
                // What waits behind the first connection's lock goes first, and then all is tried again.
                for (int i = 0; i < before.size(); i++) {
                    connections.get(i).rollback(before.get(i));
                }
                if (locking == 0 || !LOCK_NOT_AVAILABLE.equals(SqlErrors.sqlState(e))) {
                    throw e;
                }
            }
        }
    }

    private static void execute(Connection connection, String locking, Duration timeout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + timeout.toMillis());
            statement.execute(locking);
            statement.execute("SET LOCAL lock_timeout = 0");
        }
    }
}
