package dev.walbrook.capture;

import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.catalog.Catalog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that read a snapshot, all in transactions that see the same moment.
 *
 * <p>For the one thread that opened them, and each connection for the thread that reads with it, except {@link #cancel}.
 */
final class SnapshotConnections implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SnapshotConnections.class);

    private final CaptureSettings settings;
    private final List<Connection> connections = new ArrayList<>();

    private SnapshotConnections(CaptureSettings settings) {
        this.settings = settings;
    }

    /** @param count how many; positive */
    static SnapshotConnections open(CaptureSettings settings, int count) {
        SnapshotConnections opened = new SnapshotConnections(settings);
        try {
            for (int i = 0; i < count; i++) {
                opened.connections.add(
                        Connections.openBulk(settings.connection(), "walbrook snapshot " + settings.name()));
            }
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Those that were opened. */
    List<Connection> all() {
        return connections;
    }

    Connection first() {
        return connections.get(0);
    }

    /**
     * Makes all connections see what the snapshot will read.
     *
     * @param exported the name of a snapshot that another session exports now; null to see the database as it is now
     */
    void see(@Nullable String exported) throws SQLException {
        String name = exported;
        int from = 0;
        if (name == null) {
            begin(first(), isolationOfNow(), null);
            from = 1;
            name = connections.size() > 1 ? exportOf(first()) : null;
        }
        for (Connection connection : connections.subList(from, connections.size())) {
            // An exported snapshot can be imported into this level alone, and a weaker one would forget it at once.
            begin(connection, "REPEATABLE READ", name);
        }
    }

    private String isolationOfNow() throws SQLException {
        // A standby knows no serializable transactions.
        if (!settings.snapshot().serializable() || new Catalog(first()).server().inRecovery()) {
            return "REPEATABLE READ";
        }
        // Deferrable: waits for a moment that no serializable transaction can spoil, and needs no locks then.
        return "SERIALIZABLE, DEFERRABLE";
    }

    private static void begin(Connection connection, String isolation, @Nullable String exported) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION READ ONLY, ISOLATION LEVEL " + isolation);
            if (exported != null) {
                statement.execute("SET TRANSACTION SNAPSHOT " + Sql.literal(exported));
            }
            // The role's own lock_timeout is for its transactions, not for a snapshot's.
            statement.execute("SET LOCAL lock_timeout = 0");
        }
    }

    private static String exportOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Ends whatever the connections are doing; they are only good for closing afterwards. Any thread may call it. */
    void cancel() {
        for (Connection connection : connections) {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
                // The request may have come between two statements; the next must not start.
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("connector={} cancelling the snapshot failed", settings.name(), e);
            }
        }
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("connector={} closing a snapshot connection failed", settings.name(), e);
            }
        }
    }
}
