package dev.walbrook.connect.sink.session;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's one session with the target. Connects by itself when it is first needed and again after it was closed. For one
 * task's thread.
 */
public final class TargetSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TargetSession.class);

    /**
     * What the session has to know of the configuration.
     *
     * @param connection where the target is
     * @param applicationName how the session shows in {@code pg_stat_activity}
     * @param timeZone what timestamps without zone mean in columns with one
     * @param replicationRole which triggers and rules fire
     */
    public record Settings(
            ConnectionSettings connection, String applicationName, String timeZone, ReplicationRole replicationRole) {}

    private final Settings settings;
    private @Nullable Connection connection;
    private int opened;

    public TargetSession(Settings settings) {
        this.settings = settings;
    }

    public ConnectionSettings settings() {
        return settings.connection();
    }

    /**
     * The connection, in a transaction or at the start of one.
     *
     * @throws WalbrookException if the target cannot be reached or refuses
     */
    public Connection connection() throws SQLException {
        if (connection == null) {
            Connection fresh = Connections.open(settings.connection(), settings.applicationName());
            connection = fresh;
            try (Statement statement = fresh.createStatement()) {
                statement.execute("SET TIME ZONE " + Sql.literal(settings.timeZone()));
            }
            settings.replicationRole().apply(fresh, settings.connection());
            fresh.setAutoCommit(false);
            opened++;
            LOG.info("connected to {}", settings.connection());
        }
        return connection;
    }

    /** Counts the connections there were: what was learned of the target through an earlier one may be out of date. */
    public int generation() {
        return opened;
    }

    /** Leaves the connection, which rolls back what is not committed. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("the connection was closed already", e);
            }
        }
    }
}
