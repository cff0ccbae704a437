package dev.walbrook.connect.source;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection for a small statement now and then, opened when it is needed and given up when it fails.
 *
 * <p>Not thread safe.
 */
final class SideConnection implements AutoCloseable {

    private final ConnectionSettings settings;
    private final String applicationName;
    private @Nullable Connection connection;

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Statement statement) throws SQLException;
    }

    SideConnection(ConnectionSettings settings, String applicationName) {
        this.settings = settings;
        this.applicationName = applicationName;
    }

    /** Does something; after a failure the next call has a new connection. */
    <T> T run(Work<T> work) throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = Connections.open(settings, applicationName);
            Connections.limitStatements(open, settings.queryTimeout());
            connection = open;
        }
        try (Statement statement = open.createStatement()) {
            return work.with(statement);
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It is being given up; whatever it still had to say no longer matters.
            }
        }
    }
}
