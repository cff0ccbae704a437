package dev.walbrook.connect.source;

import dev.walbrook.capture.CapturePosition;
import dev.walbrook.capture.CapturePosition.SnapshotState;
import dev.walbrook.capture.ChangePlace;
import dev.walbrook.capture.EmittedMessage;
import dev.walbrook.capture.Progress;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.ServerIdentity;
import dev.walbrook.capture.TableTruncation;
import dev.walbrook.capture.Transaction;
import dev.walbrook.capture.TransactionBegin;
import dev.walbrook.capture.TransactionEnd;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A position as the map Connect stores: Debezium's keys, from which Debezium continues, and beside them Walbrook's own, which
 * name the same position exactly.
 *
 * <p>The own keys are believed only with a seal over Debezium's: when somebody has changed those and left the own ones, they
 * are stale. Debezium itself drops keys it does not know.
 */
final class SourceOffset {

    static final String LSN = "lsn";
    static final String LSN_PROCESSED = "lsn_proc";
    static final String LSN_COMMIT = "lsn_commit";
    static final String LSN_EVENTS = "lsn_events_processed";
    static final String TRANSACTION_ID = "txId";
    static final String TIMESTAMP = "ts_usec";
    static final String MESSAGE_TYPE = "messageType";
    static final String SNAPSHOT = "snapshot";
    static final String SNAPSHOT_COMPLETED = "snapshot_completed";
    static final String LAST_SNAPSHOT_RECORD = "last_snapshot_record";
    /** The commit LSN of the transaction in which changes are counted. */
    static final String OPEN_TRANSACTION = "walbrook_transaction";
    /** How many changes of that transaction were emitted. */
    static final String ORDINAL = "walbrook_ordinal";
    /** The cluster's system identifier, a string because it is unsigned. */
    static final String SYSTEM = "walbrook_system";
    /** The cluster's timeline. */
    static final String TIMELINE = "walbrook_timeline";
    /** What the own keys stand beside. */
    static final String SEAL = "walbrook_seal";

    private static final String COMMIT = "COMMIT";
    private static final String BEGIN = "BEGIN";
    private static final String MESSAGE = "MESSAGE";

    private SourceOffset() {}

    /** The offset of a change's last record: the change is done. */
    static Map<String, Object> of(RowChange change) {
        String type =
                switch (change.operation()) {
                    case READ, CREATE -> "INSERT";
                    case UPDATE -> "UPDATE";
                    case DELETE -> "DELETE";
                };
        CapturePosition position = change.position();
        Lsn lsn = change.lsn();
        long countAtLsn = change.countAtLsn();
        Transaction transaction = change.transaction();
        // Of the change itself, which holds its rows, nothing is kept.
        return new DeferredOffset(() -> toMap(position, lsn, countAtLsn, transaction, type));
    }

    /** The offset of a change's records but the last: only what came before it is done. */
    static Map<String, Object> before(RowChange change) {
        Transaction transaction = change.transaction();
        if (change.countAtLsn() > 1) {
            return toMap(change.positionBefore(), change.lsn(), change.countAtLsn() - 1, transaction, "INSERT");
        }
        // For Debezium, which would skip this change if its LSN were named: begin with the transaction again.
        return toMap(change.positionBefore(), transaction.previousEnd(), 0, transaction, COMMIT);
    }

    static Map<String, Object> of(TableTruncation truncation) {
        Transaction transaction = truncation.transaction();
        return truncation.last()
                ? toMap(truncation.position(), truncation.lsn(), truncation.countAtLsn(), transaction, "TRUNCATE")
                : toMap(truncation.position(), transaction.previousEnd(), 0, transaction, COMMIT);
    }

    static Map<String, Object> of(EmittedMessage message) {
        return toMap(message.position(), message.lsn(), message.countAtLsn(), message.transaction(), MESSAGE);
    }

    static Map<String, Object> of(TransactionBegin begin) {
        return toMap(begin.position(), begin.lsn(), 0, begin.transaction(), BEGIN);
    }

    static Map<String, Object> of(TransactionEnd end) {
        return toMap(end.position(), end.end(), 0, end.transaction(), COMMIT);
    }

    /** @param transaction the last one before */
    static Map<String, Object> of(Progress progress, Transaction transaction) {
        CapturePosition position =
                CapturePosition.after(progress.position(), progress.server(), transaction.commitTimeMicros());
        return toMap(position, progress.position(), 0, transaction, COMMIT);
    }

    /**
     * @param position the position
     * @param lsn the last change's or message's LSN
     * @param countAtLsn how many changes of its transaction at that LSN are done; 0 for what is not a change
     * @param transaction its transaction
     * @param messageType Debezium's name of what it is, such as {@code INSERT} or {@code COMMIT}
     */
    static Map<String, Object> toMap(
            CapturePosition position, Lsn lsn, long countAtLsn, Transaction transaction, String messageType) {
        Map<String, Object> offset = new LinkedHashMap<>();
        long end = position.lastTransactionEnd().value();
        long at = lsn.value();
        if (position.snapshot() != SnapshotState.NONE) {
            boolean completed = position.snapshot() == SnapshotState.COMPLETED;
            offset.put(SNAPSHOT, "INITIAL");
            offset.put(LAST_SNAPSHOT_RECORD, completed);
            offset.put(SNAPSHOT_COMPLETED, completed);
            // Debezium streams from here after the snapshot; changes may have been committed while it was read.
            at = end == 0 ? at : end;
        } else {
            offset.put(MESSAGE_TYPE, messageType);
            offset.put(LSN_PROCESSED, at);
            if (countAtLsn > 0) {
                offset.put(LSN_EVENTS, countAtLsn);
            }
        }
        if (end != 0) {
            // A snapshot that is not followed by a stream has no transaction before it.
            offset.put(LSN_COMMIT, end);
        }
        offset.put(LSN, at);
        if (transaction.xid() != Transaction.NO_XID) {
            offset.put(TRANSACTION_ID, transaction.xid());
        }
        offset.put(TIMESTAMP, transaction.commitTimeMicros());
        if (position.openTransaction().isValid()) {
            offset.put(OPEN_TRANSACTION, position.openTransaction().value());
            offset.put(ORDINAL, position.ordinal());
        }
        ServerIdentity server = position.server();
        if (server != null) {
            offset.put(SYSTEM, server.systemId());
            offset.put(TIMELINE, (long) server.timeline());
        }
        offset.put(SEAL, seal(offset));
        return offset;
    }

    /**
     * Reads a stored offset, of this connector or of Debezium 1.9 to 3.7.
     *
     * @param offset what Connect has stored; null if nothing
     * @return null if nothing was stored
     * @throws WalbrookException if the offset cannot be understood
     */
    static @Nullable CapturePosition fromMap(@Nullable Map<String, ?> offset) {
        if (offset == null) {
            return null;
        }
        boolean own = offset.get(SEAL) instanceof Number stored && stored.longValue() == seal(offset);
        SnapshotState snapshot = snapshotState(offset);
        Lsn end = lsn(offset, LSN_COMMIT);
        Lsn processed = lsn(offset, LSN_PROCESSED);
        Lsn last = processed == null ? lsn(offset, LSN) : processed;
        if (end == null) {
            end = last;
        }
        if (end == null) {
            if (snapshot != SnapshotState.RUNNING) {
                throw new WalbrookException(
                        ErrorKind.CONFIGURATION,
                        "the stored offset " + offset.keySet() + " has none of " + LSN_COMMIT + ", " + LSN_PROCESSED
                                + " and " + LSN,
                        Map.of());
            }
            end = Lsn.INVALID;
        }
        Lsn open = own ? lsn(offset, OPEN_TRANSACTION) : null;
        return new CapturePosition(
                end,
                open == null ? Lsn.INVALID : open,
                open == null ? 0 : number(offset, ORDINAL, 0),
                snapshot,
                own || snapshot != SnapshotState.NONE ? null : place(offset, last),
                own ? server(offset) : null,
                number(offset, TIMESTAMP, 0));
    }

    /** Debezium 2 writes a boolean, Debezium 3 what kind of snapshot it is; only the initial one has to be taken again. */
    private static SnapshotState snapshotState(Map<String, ?> offset) {
        Object snapshot = offset.get(SNAPSHOT);
        boolean streaming = snapshot == null
                || Boolean.FALSE.equals(snapshot)
                || snapshot instanceof String kind
                        && (kind.equalsIgnoreCase("false")
                                || kind.equalsIgnoreCase("INCREMENTAL")
                                || kind.equalsIgnoreCase("BLOCKING"));
        if (streaming) {
            return SnapshotState.NONE;
        }
        boolean completed = isTrue(offset, SNAPSHOT_COMPLETED) || isTrue(offset, LAST_SNAPSHOT_RECORD);
        return completed ? SnapshotState.COMPLETED : SnapshotState.RUNNING;
    }

    /** Which change Debezium emitted last of a transaction that it had not finished; null if none was open. */
    private static @Nullable ChangePlace place(Map<String, ?> offset, @Nullable Lsn last) {
        boolean boundary = COMMIT.equals(offset.get(MESSAGE_TYPE)) || BEGIN.equals(offset.get(MESSAGE_TYPE));
        if (boundary || last == null || !(offset.get(TRANSACTION_ID) instanceof Number xid)) {
            return null;
        }
        // The identifier has 64 bits in Debezium's snapshots and 32 in the stream.
        return new ChangePlace(xid.longValue() & 0xFFFF_FFFFL, last, number(offset, LSN_EVENTS, ChangePlace.UNCOUNTED));
    }

    private static @Nullable ServerIdentity server(Map<String, ?> offset) {
        return offset.get(SYSTEM) instanceof String system && offset.get(TIMELINE) instanceof Number timeline
                ? new ServerIdentity(system, timeline.intValue())
                : null;
    }

    private static long seal(Map<String, ?> offset) {
        long seal = snapshotState(offset).name().hashCode();
        seal = 31 * seal + number(offset, LSN, 0);
        seal = 31 * seal + number(offset, LSN_PROCESSED, 0);
        seal = 31 * seal + number(offset, LSN_COMMIT, 0);
        seal = 31 * seal + number(offset, LSN_EVENTS, 0);
        return 31 * seal + number(offset, TRANSACTION_ID, 0);
    }

    private static boolean isTrue(Map<String, ?> offset, String key) {
        return Boolean.TRUE.equals(offset.get(key)) || "true".equals(offset.get(key));
    }

    private static @Nullable Lsn lsn(Map<String, ?> offset, String key) {
        return offset.get(key) instanceof Number number && number.longValue() != 0 ? new Lsn(number.longValue()) : null;
    }

    private static long number(Map<String, ?> offset, String key, long otherwise) {
        return offset.get(key) instanceof Number number ? number.longValue() : otherwise;
    }
}
