package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A slot's changes, message by message, as the bytes the output plugin wrote.
 *
 * <p>A cursor: {@link #next} moves to the next message, which {@link #buffer}, {@link #offset}, {@link #length} and
 * {@link #position} then describe. All methods are for the one thread that reads, except {@link #confirm} and the two
 * positions {@link #confirmedLsn} and {@link #keepAliveLsn}, which any thread may use.
 *
 * <p>The server hangs up after {@code wal_sender_timeout} (60 s by default) without a sign of life. {@link #next} gives it
 * by itself; a thread that does not call it for longer must call {@link #sendStatus} instead.
 */
public final class ReplicationStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationStream.class);

    private static final byte[] NOTHING = {};

    private final Connection connection;
    private final PGReplicationStream stream;
    private final long stallNanos;
    private final ConnectionSettings settings;
    private final Map<String, String> facts;

    private byte[] buffer = NOTHING;
    private int offset;
    private int length;
    private long position;
    private volatile long keepAlive;
    private volatile long confirmed;
    private long reported;
    private boolean closed;

    ReplicationStream(
            Connection connection,
            PGReplicationStream stream,
            Lsn from,
            int stallMillis,
            ConnectionSettings settings,
            Map<String, String> facts) {
        this.connection = connection;
        this.stream = stream;
        this.stallNanos = TimeUnit.MILLISECONDS.toNanos(stallMillis);
        this.settings = settings;
        this.facts = facts;
        this.keepAlive = from.value();
    }

    /**
     * Moves to the next message if one has arrived; also answers the server's keep-alives and sends the periodic status.
     * May block for a millisecond when nothing has arrived, and for the rest of a message of which the start has.
     *
     * @return whether there is a message; false means nothing is pending, and leaves the last message as it was
     * @throws WalbrookException {@link ErrorKind#CONNECTION_LOST} if the server or the way to it is gone, and what else the
     *     server reports; the stream is then only good for {@link #close}
     */
    public boolean next() {
        long started = System.nanoTime();
        try {
            ByteBuffer payload = stream.readPending();
            long received = stream.getLastReceiveLSN().asLong();
            // A message's position is its change's, which may lie before a keep-alive seen between two transactions.
            if (Long.compareUnsigned(received, keepAlive) > 0) {
                keepAlive = received;
            }
            if (payload != null) {
                buffer = payload.array();
                offset = payload.arrayOffset() + payload.position();
                length = payload.remaining();
                position = received;
                return true;
            }
        } catch (SQLException e) {
            throw failure(e);
        }
        if (stream.isClosed()) {
            throw lost("the server ended the stream");
        }
        // pgjdbc takes a socket timeout for "nothing there" even in the middle of a message, and would go on at a wrong
        // byte.
        if (System.nanoTime() - started >= stallNanos) {
            throw lost("the server sent part of a message and then nothing");
        }
        return false;
    }

    /**
     * The array that holds the message, from {@link #offset} on for {@link #length} bytes. Every message has its own, so it
     * may be kept; it must not be changed.
     */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the message starts in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** The message's length in bytes. */
    public int length() {
        return length;
    }

    /** Where in the WAL the message's change is; for a commit, the end of the transaction. */
    public Lsn position() {
        return new Lsn(position);
    }

    /**
     * How far the server has looked through the WAL, as far as it has told; never goes back. Every transaction that
     * committed before has been handed out by {@link #next}, so this position may be confirmed once all of those are done
     * with.
     */
    public Lsn keepAliveLsn() {
        return new Lsn(keepAlive);
    }

    /**
     * Sets the position to report as written and flushed: the server may remove the WAL before it and will not send the
     * transactions that ended there again. It is sent with the next status. A position at or before the last is ignored.
     */
    public synchronized void confirm(Lsn lsn) {
        if (Long.compareUnsigned(lsn.value(), confirmed) > 0) {
            LogSequenceNumber flushed = LogSequenceNumber.valueOf(lsn.value());
            stream.setFlushedLSN(flushed);
            stream.setAppliedLSN(flushed);
            confirmed = lsn.value();
        }
    }

    /** The last position confirmed on this stream; {@link Lsn#INVALID} before the first. */
    public Lsn confirmedLsn() {
        return new Lsn(confirmed);
    }

    /**
     * Sends the status now, and asks for an answer.
     *
     * @throws WalbrookException {@link ErrorKind#CONNECTION_LOST} if the server or the way to it is gone
     */
    public void sendStatus() {
        long sending = confirmed;
        try {
            stream.forceUpdateStatus();
            reported = sending;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Reports the last confirmed position and closes the connection. Never fails and never waits for the server: ending the
     * copy in order would mean to read on to the end of the transaction being sent, however large. The server frees the
     * slot a moment later.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (confirmed != reported && !stream.isClosed()) {
                stream.forceUpdateStatus();
            }
        } catch (SQLException e) {
            LOG.debug("slot={} the last status could not be sent", facts.get("slot"), e);
        }
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("slot={} closing the replication connection failed", facts.get("slot"), e);
        }
    }

    private WalbrookException failure(SQLException e) {
        return SqlErrors.translate(e, "streaming from slot " + facts.get("slot") + " broke off", settings, facts);
    }

    private WalbrookException lost(String why) {
        return new WalbrookException(
                ErrorKind.CONNECTION_LOST,
                "streaming from slot " + facts.get("slot") + " broke off (" + settings + "): " + why,
                facts);
    }
}
