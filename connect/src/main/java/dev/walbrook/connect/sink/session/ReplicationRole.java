package dev.walbrook.connect.sink.session;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;

/**
 * Which triggers and rules fire in a session.
 *
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-SESSION-REPLICATION-ROLE">
 *     session_replication_role</a>
 */
public enum ReplicationRole {
    /** As for anybody. */
    ORIGIN,
    /** Only those enabled for replicas; foreign keys are not checked. */
    REPLICA,
    /** As for anybody, under another name that triggers may ask for. */
    LOCAL;

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /**
     * Sets it. Nothing is sent for the usual one, which needs no privilege.
     *
     * @throws WalbrookException CONFIGURATION if the role may not
     */
    void apply(Connection connection, ConnectionSettings settings) throws SQLException {
        if (this == ORIGIN) {
            return;
        }
        String role = name().toLowerCase(Locale.ROOT);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = " + role);
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(SqlErrors.sqlState(e))) {
                throw e;
            }
            throw SqlErrors.translate(
                    ErrorKind.CONFIGURATION,
                    e,
                    "session.replication.role=" + role
                            + " needs a superuser or, since PostgreSQL 15, the privilege: run"
                            + " GRANT SET ON PARAMETER session_replication_role TO " + Sql.identifier(settings.user()),
                    settings,
                    Map.of());
        }
    }
}
