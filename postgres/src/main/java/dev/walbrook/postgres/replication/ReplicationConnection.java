package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.postgresql.replication.fluent.logical.ChainedLogicalStreamBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a WAL sender: creates a slot, or streams from one.
 *
 * <p>Used by one thread; only {@link #close} may come from another, and cancels a command under way.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-replication.html">Streaming Replication Protocol</a>
 */
public final class ReplicationConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationConnection.class);

    /**
     * How often the position confirmed is told to the server unasked. Also how soon a dead server is noticed: pgjdbc does
     * not see the end of the stream when it looks for pending bytes, only that a later write was answered by a reset.
     */
    private static final int STATUS_INTERVAL_SECONDS = 1;

    /** How long the rest of a message may take once its start has arrived, unless {@code socketTimeout} is shorter. */
    private static final int STALL_MILLIS = 60_000;

    private final ConnectionSettings settings;
    private final Connection connection;
    private volatile @Nullable Statement running;

    private ReplicationConnection(ConnectionSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    /**
     * Opens a connection to a WAL sender.
     *
     * @param applicationName how it shows in {@code pg_stat_replication}
     * @throws WalbrookException if the server cannot be reached or refuses
     */
    public static ReplicationConnection open(ConnectionSettings settings, String applicationName) {
        return new ReplicationConnection(settings, Connections.openReplication(settings, applicationName));
    }

    /** Which cluster this is, on which timeline, and how far its WAL goes. Ends the life of an exported snapshot. */
    public SystemIdentity identify() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new SystemIdentity(
                    row.getString("systemid"),
                    row.getInt("timeline"),
                    Lsn.parse(row.getString("xlogpos")),
                    row.getString("dbname"));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot identify the server", settings, Map.of());
        }
    }

    /** The content of the history file of a timeline, which must be 2 or later. */
    String timelineHistory(int timeline) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + timeline)) {
            row.next();
            return row.getString("content");
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot read the history of timeline " + timeline, settings, Map.of());
        }
    }

    /**
     * Creates a logical slot for pgoutput and exports the snapshot it starts from. Waits until every transaction that is
     * open in the database has ended.
     *
     * <p>The snapshot lives until the next command on this connection or its close: other connections must have taken it
     * over with SET TRANSACTION SNAPSHOT before.
     *
     * @param temporary whether the slot goes with this connection
     * @param failover whether standbys keep a copy of it (PostgreSQL 17 and later)
     * @throws WalbrookException such as {@link ErrorKind#NO_FREE_SLOT}, {@link ErrorKind#WAL_LEVEL_NOT_LOGICAL},
     *     {@link ErrorKind#REPLICATION_PRIVILEGE_MISSING}; {@link ErrorKind#TRANSIENT_CONFLICT} if the slot exists or the
     *     wait was cancelled; {@link ErrorKind#CONFIGURATION} for {@code failover} on an older server
     */
    public CreatedSlot createSlot(String name, boolean temporary, boolean failover) {
        String sql = "CREATE_REPLICATION_SLOT " + Sql.identifier(name) + (temporary ? " TEMPORARY" : "")
                + " LOGICAL pgoutput (SNAPSHOT 'export'" + (failover ? ", FAILOVER true)" : ")");
        try (Statement statement = connection.createStatement()) {
            if (failover && connection.getMetaData().getDatabaseMajorVersion() < 17) {
                throw new WalbrookException(
                        ErrorKind.CONFIGURATION,
                        "slot " + name + " cannot be a failover slot: these came with PostgreSQL 17, and the server is "
                                + connection.getMetaData().getDatabaseProductVersion(),
                        Map.of());
            }
            running = statement;
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return new CreatedSlot(
                        row.getString("slot_name"),
                        Lsn.parse(row.getString("consistent_point")),
                        row.getString("snapshot_name"));
            } finally {
                running = null;
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot create slot " + name, settings, Map.of("slot", name));
        }
    }

    /**
     * Starts streaming the slot's changes. The connection is the stream's from here on: it takes no other command, and
     * closing the stream closes it.
     *
     * @param from where to start; what lies before the position the slot has confirmed is not sent again, and
     *     {@link Lsn#INVALID} means that position
     * @param publication whose tables' changes to send
     * @param options further pgoutput options, such as {@code streaming}; they win over {@code proto_version} 1 and
     *     {@code messages} true
     * @throws WalbrookException such as {@link ErrorKind#SLOT_MISSING}, {@link ErrorKind#SLOT_IN_USE},
     *     {@link ErrorKind#SLOT_LOST}
     */
    public ReplicationStream start(String slot, Lsn from, String publication, Map<String, String> options) {
        Map<String, String> all = new HashMap<>();
        all.put("proto_version", "1");
        all.put("messages", "true");
        all.put("publication_names", Sql.identifier(publication));
        all.putAll(options);
        Map<String, String> facts = Map.of("slot", slot, "publication", Sql.identifier(publication));
        try {
            int userTimeout = connection.getNetworkTimeout();
            int stall = userTimeout > 0 ? Math.min(userTimeout, STALL_MILLIS) : STALL_MILLIS;
            ChainedLogicalStreamBuilder builder = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    // pgjdbc puts name and values into the command as they are.
                    .withSlotName(Sql.identifier(slot))
                    .withStartPosition(LogSequenceNumber.valueOf(from.value()))
                    .withStatusInterval(STATUS_INTERVAL_SECONDS, TimeUnit.SECONDS)
                    .withAutomaticFlush(false);
            for (Map.Entry<String, String> option : all.entrySet()) {
                builder.withSlotOption(option.getKey(), option.getValue().replace("'", "''"));
            }
            PGReplicationStream stream = builder.start();
            // pgjdbc has set the socket's timeout to the status interval, which blocking reads need and ours do not.
            connection.setNetworkTimeout(Runnable::run, stall);
            return new ReplicationStream(connection, stream, from, stall, settings, facts);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot stream from slot " + slot, settings, facts);
        }
    }

    /** Closes the connection, with a stream on it; cancels a slot's creation under way. Never fails. */
    @Override
    public void close() {
        try {
            Statement command = running;
            if (command != null) {
                command.cancel();
            }
            connection.close();
        } catch (SQLException e) {
            // The server is gone or the socket broken: there is nothing left to close.
            LOG.debug("closing the replication connection to {} failed", settings, e);
        }
    }
}
