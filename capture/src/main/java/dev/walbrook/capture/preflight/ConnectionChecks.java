package dev.walbrook.capture.preflight;

import dev.walbrook.capture.CaptureFacts;
import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.catalog.Privileges;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.replication.ReplicationConnection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the server lets the role in: for queries, and for replication. */
final class ConnectionChecks {

    private static final String INVALID_PASSWORD = "28P01";
    private static final String REJECTED_BY_DRIVER = "08004";

    private ConnectionChecks() {}

    /** Says which part of the set-up a refused connection is about. */
    static Finding refused(WalbrookException failure) {
        Subject subject =
                switch (failure.kind()) {
                    case TLS_REFUSED -> Subject.TLS;
                    case AUTHENTICATION_FAILED -> passwordIsWrong(failure) ? Subject.PASSWORD : Subject.USER;
                    case LOGIN_MISSING, REPLICATION_PRIVILEGE_MISSING -> Subject.USER;
                    case DATABASE_MISSING, CONNECT_PRIVILEGE_MISSING -> Subject.DATABASE;
                    case NO_FREE_SLOT -> Subject.SLOT;
                    default -> Subject.ADDRESS;
                };
        return Finding.error(subject, failure);
    }

    /**
     * Whether the server grants a WAL sender. It is asked for one, which is given back at once: nothing else tells what
     * pg_hba.conf, a pooler or a managed service allows.
     *
     * @param connection the database, with time limits
     * @param slotIsRead whether somebody has the slot's WAL sender, so that one more is not needed
     */
    static List<Finding> walSender(
            CaptureSettings settings, ConnectionSettings connection, boolean slotIsRead, Privileges privileges) {
        if (slotIsRead) {
            // Whoever reads has what it takes, and may have taken the last WAL sender.
            return List.of();
        }
        try (ReplicationConnection replication =
                ReplicationConnection.open(connection, "walbrook preflight " + settings.name())) {
            replication.identify();
            return List.of();
        } catch (WalbrookException e) {
            if (e.kind() != ErrorKind.SERVER_OVERLOADED) {
                return List.of(refused(e));
            }
            Finding full = Finding.error(
                    Subject.SLOT,
                    ErrorKind.NO_FREE_SLOT,
                    "the server grants no WAL sender: " + e.problem(),
                    CaptureFacts.of(settings));
            // Then only the catalog can tell about the role.
            return privileges.role().replication()
                    ? List.of(full)
                    : List.of(
                            full,
                            Finding.error(
                                    Subject.USER,
                                    ErrorKind.REPLICATION_PRIVILEGE_MISSING,
                                    "user " + connection.user() + " lacks the REPLICATION attribute",
                                    CaptureFacts.of(settings)));
        }
    }

    private static boolean passwordIsWrong(WalbrookException failure) {
        String state = sqlState(failure.getCause());
        return INVALID_PASSWORD.equals(state) || REJECTED_BY_DRIVER.equals(state);
    }

    private static @Nullable String sqlState(@Nullable Throwable cause) {
        return cause instanceof SQLException sql ? sql.getSQLState() : null;
    }
}
