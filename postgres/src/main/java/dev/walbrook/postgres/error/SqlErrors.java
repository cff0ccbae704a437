package dev.walbrook.postgres.error;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Sql;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns what PostgreSQL and its driver report into our own kinds of failure.
 *
 * <p>Decides by SQLSTATE first, then by the server's source file and routine, which no {@code lc_messages} translates, and
 * by the English text only where nothing else tells two failures apart.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>
 */
public final class SqlErrors {

    private SqlErrors() {}

    /**
     * Says a failure in our words. Neither the text nor the cause of the result holds a row's values: the server puts them
     * into DETAIL, and for malformed input between quotes in the message itself.
     *
     * @param what what was being done, as the start of a sentence: {@code cannot create slot "a"}
     * @param settings the server it was done on; null if not at hand
     * @param facts names for the cure, which go before those of {@code settings}; names of database objects quoted as SQL
     */
    public static WalbrookException translate(
            SQLException e, String what, @Nullable ConnectionSettings settings, Map<String, String> facts) {
        return translate(classify(e), e, what, settings, facts);
    }

    /** The same, for a caller who knows better than {@link #classify} what kind of failure it is. */
    public static WalbrookException translate(
            ErrorKind kind,
            SQLException e,
            String what,
            @Nullable ConnectionSettings settings,
            Map<String, String> facts) {
        Map<String, String> all = new HashMap<>();
        if (settings != null) {
            all.put("host", settings.host());
            all.put("port", Integer.toString(settings.port()));
            all.put("database", Sql.identifier(settings.database()));
            all.put("user", Sql.identifier(settings.user()));
        }
        all.putAll(facts);
        String where = settings == null ? "" : " (" + settings + ')';
        return new WalbrookException(kind, what + where + ": " + text(e), all, withoutValues(e));
    }

    /** A failure while the connection was being opened, when a broken connection means that there is none yet. */
    public static WalbrookException translateConnect(SQLException e, ConnectionSettings settings) {
        ErrorKind classified = classify(e);
        ErrorKind kind =
                switch (classified) {
                    case CONNECTION_LOST -> ErrorKind.CANNOT_CONNECT;
                    // Nothing but the database itself has been asked for yet.
                    case PRIVILEGE_MISSING -> ErrorKind.CONNECT_PRIVILEGE_MISSING;
                    default -> classified;
                };
        return translate(kind, e, "cannot connect", settings, Map.of());
    }

    /** What kind of failure it is, as far as it can be known without knowing what was being done. */
    public static ErrorKind classify(SQLException e) {
        ServerErrorMessage server = serverMessage(e);
        return server == null ? classifyClientSide(e) : classifyServerSide(server);
    }

    /** The server's SQLSTATE, or the driver's if the server said nothing; null if there is none. */
    public static @Nullable String sqlState(SQLException e) {
        ServerErrorMessage server = serverMessage(e);
        return server == null ? e.getSQLState() : server.getSQLState();
    }

    private static ErrorKind classifyClientSide(SQLException e) {
        if (hasCause(e, CertificateException.class)
                || hasCause(e, CertPathValidatorException.class)
                || handshakeRefused(e)) {
            return ErrorKind.TLS_REFUSED;
        }
        if (hasCause(e, UnknownHostException.class)
                || hasCause(e, ConnectException.class)
                || hasCause(e, NoRouteToHostException.class)) {
            return ErrorKind.CANNOT_CONNECT;
        }
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            // pgjdbc reports a mistyped sslmode like a server that is away.
            case "08001" -> message(e).contains("sslmode") ? ErrorKind.CONFIGURATION : ErrorKind.CANNOT_CONNECT;
            // pgjdbc's own refusals before it sends a password: no TLS where it was asked for, or no password at all.
            case "08004" -> message(e).contains("SSL") ? ErrorKind.TLS_REFUSED : ErrorKind.AUTHENTICATION_FAILED;
            case "08P01" -> ErrorKind.PROTOCOL_VIOLATION;
            case "22023" -> ErrorKind.CONFIGURATION;
            case "28000", "28P01" -> ErrorKind.AUTHENTICATION_FAILED;
            default ->
                state.startsWith("08") || hasCause(e, IOException.class)
                        ? ErrorKind.CONNECTION_LOST
                        : classifyState(state);
        };
    }

    /** A handshake that a vanishing server cut short is an outage. */
    private static boolean handshakeRefused(SQLException e) {
        return hasCause(e, SSLHandshakeException.class)
                && !hasCause(e, EOFException.class)
                && !hasCause(e, SocketException.class);
    }

    private static ErrorKind classifyServerSide(ServerErrorMessage server) {
        String state = orEmpty(server.getSQLState());
        String routine = orEmpty(server.getRoutine());
        String file = orEmpty(server.getFile());
        String text = orEmpty(server.getMessage());
        if (file.equals("pgoutput.c") && (state.equals("22023") || state.equals("0A000") || state.equals("42601"))) {
            return ErrorKind.CONFIGURATION;
        }
        return switch (state) {
            case "42501" ->
                replicationRefused(routine, text)
                        ? ErrorKind.REPLICATION_PRIVILEGE_MISSING
                        : ErrorKind.PRIVILEGE_MISSING;
            case "28000" -> loginRefused(routine, text);
            case "42704" -> undefinedObject(file, routine, text);
            case "55006" ->
                file.equals("slot.c") || text.contains("replication slot")
                        ? ErrorKind.SLOT_IN_USE
                        : ErrorKind.TRANSIENT_CONFLICT;
            case "55000" -> notInPrerequisiteState(file, routine, text);
            // "requested WAL segment … has already been removed"; other missing files are the server's own trouble.
            case "58P01" -> text.contains("WAL segment") ? ErrorKind.SLOT_LOST : ErrorKind.CONNECTION_LOST;
            // A limit on slots or WAL senders; any other is on what one session may use.
            case "53400" ->
                text.contains("slots") || text.contains("senders") || file.equals("slot.c")
                        ? ErrorKind.NO_FREE_SLOT
                        : ErrorKind.SERVER_OVERLOADED;
            case "22023" -> file.startsWith("guc") ? ErrorKind.CONFIGURATION : ErrorKind.RECORD_REFUSED;
            case "XX000" -> concurrentDefinition(text) ? ErrorKind.TRANSIENT_CONFLICT : ErrorKind.INTERNAL;
            default -> classifyState(state);
        };
    }

    /** What the SQLSTATE alone tells. */
    private static ErrorKind classifyState(String state) {
        return switch (state) {
            case "08P01" -> ErrorKind.PROTOCOL_VIOLATION;
            case "08004", "57P03" -> ErrorKind.CANNOT_CONNECT;
            case "28000", "28P01" -> ErrorKind.AUTHENTICATION_FAILED;
            case "3D000", "57P04" -> ErrorKind.DATABASE_MISSING;
            case "25006" -> ErrorKind.SERVER_READ_ONLY;
            case "25P03", "25P04", "57P01", "57P02", "57P05" -> ErrorKind.CONNECTION_LOST;
            case "53000", "53200", "53300" -> ErrorKind.SERVER_OVERLOADED;
            case "53100" -> ErrorKind.DISK_FULL;
            case "53400" -> ErrorKind.NO_FREE_SLOT;
            // Somebody else took the lock, changed the row, made the object first or cancelled the statement.
            case "40001", "40P01", "40003", "55P03", "57014", "42710", "42P07", "42701" -> ErrorKind.TRANSIENT_CONFLICT;
            case "42501" -> ErrorKind.PRIVILEGE_MISSING;
            case "44000", "P0001" -> ErrorKind.RECORD_REFUSED;
            default -> state.length() == 5 ? classifyClass(state.substring(0, 2)) : ErrorKind.INTERNAL;
        };
    }

    private static ErrorKind classifyClass(String stateClass) {
        return switch (stateClass) {
            case "08", "58" -> ErrorKind.CONNECTION_LOST;
            // 54: a limit such as the size of an index row, which this one row exceeds.
            case "22", "23", "54" -> ErrorKind.RECORD_REFUSED;
            default -> ErrorKind.INTERNAL;
        };
    }

    private static ErrorKind loginRefused(String routine, String text) {
        if (text.contains("replication connection")) {
            return ErrorKind.REPLICATION_PRIVILEGE_MISSING;
        }
        return routine.equals("InitializeSessionUserId") && text.contains("not permitted to log in")
                ? ErrorKind.LOGIN_MISSING
                : ErrorKind.AUTHENTICATION_FAILED;
    }

    private static boolean replicationRefused(String routine, String text) {
        return switch (routine) {
            case "CheckSlotPermissions", "check_permissions" -> true;
            default -> text.contains("WAL sender") || text.contains("walsender") || text.contains("replication");
        };
    }

    private static ErrorKind undefinedObject(String file, String routine, String text) {
        if (file.equals("slot.c") || text.contains("replication slot")) {
            return ErrorKind.SLOT_MISSING;
        }
        if (routine.equals("get_publication_oid") || text.startsWith("publication ")) {
            return ErrorKind.PUBLICATION_MISSING;
        }
        return ErrorKind.INTERNAL;
    }

    private static ErrorKind notInPrerequisiteState(String file, String routine, String text) {
        if (text.contains("wal_level")) {
            return ErrorKind.WAL_LEVEL_NOT_LOGICAL;
        }
        if (text.contains("max_replication_slots")) {
            return ErrorKind.NO_FREE_SLOT;
        }
        if (text.contains("was not created in this database") || text.contains("cannot use")) {
            return ErrorKind.SLOT_WRONG;
        }
        boolean lost =
                text.contains("can no longer") || text.contains("cannot read from") || text.contains("invalidated");
        if (lost) {
            return ErrorKind.SLOT_LOST;
        }
        return switch (routine) {
            case "CheckLogicalDecodingRequirements" -> ErrorKind.WAL_LEVEL_NOT_LOGICAL;
            case "CreateDecodingContext", "RaiseSlotInvalidationError", "StartLogicalReplication" ->
                ErrorKind.SLOT_LOST;
            default -> file.equals("slot.c") ? ErrorKind.SLOT_WRONG : ErrorKind.INTERNAL;
        };
    }

    /** Internal errors the catalog answers when an object changes or goes while a statement looks at it. */
    private static boolean concurrentDefinition(String text) {
        return text.startsWith("cache lookup failed")
                || text.startsWith("could not open relation with OID")
                || text.startsWith("tuple concurrently");
    }

    private static String text(SQLException e) {
        ServerErrorMessage server = serverMessage(e);
        if (server != null) {
            return RowValues.remove(orEmpty(server.getMessage()), orEmpty(server.getSQLState())) + " (SQLSTATE "
                    + server.getSQLState() + ')';
        }
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = message(e);
        if (root != e && root.getMessage() != null && !text.contains(root.getMessage())) {
            text += ' ' + root.getClass().getSimpleName() + ": " + root.getMessage();
        }
        return e.getSQLState() == null ? text : text + " (SQLSTATE " + e.getSQLState() + ')';
    }

    /** The same failure for the cause: its stack and SQLSTATE, but no text that could hold a value. */
    private static SQLException withoutValues(SQLException e) {
        if (serverMessage(e) == null) {
            return e;
        }
        SQLException bare = new SQLException(text(e), sqlState(e));
        bare.setStackTrace(e.getStackTrace());
        return bare;
    }

    /** The server's own words, which a batch's failure carries one or two exceptions further down. */
    private static @Nullable ServerErrorMessage serverMessage(SQLException e) {
        for (Throwable candidate : e) {
            if (candidate instanceof PSQLException fromDriver && fromDriver.getServerErrorMessage() != null) {
                return fromDriver.getServerErrorMessage();
            }
        }
        return null;
    }

    private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
