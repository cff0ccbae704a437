package dev.walbrook.connect.source;

import dev.walbrook.capture.CapturePosition;
import dev.walbrook.capture.CapturePosition.SnapshotState;
import dev.walbrook.capture.Transaction;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A position as the map Connect stores.
 *
 * <p>{@code lsn_commit} and the two keys of Walbrook's own are the position; the other keys are Debezium's, written so that a
 * connector can be moved back.
 */
final class SourceOffset {

    static final String LSN = "lsn";
    static final String LSN_PROCESSED = "lsn_proc";
    static final String LSN_COMMIT = "lsn_commit";
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

    private SourceOffset() {}

    static Map<String, Object> toMap(CapturePosition position, Lsn lsn, Transaction transaction, String messageType) {
        Map<String, Object> offset = new LinkedHashMap<>();
        if (position.snapshot() != SnapshotState.NONE) {
            boolean completed = position.snapshot() == SnapshotState.COMPLETED;
            offset.put(SNAPSHOT, "INITIAL");
            offset.put(LAST_SNAPSHOT_RECORD, completed);
            offset.put(SNAPSHOT_COMPLETED, completed);
        } else {
            offset.put(MESSAGE_TYPE, messageType);
            offset.put(LSN_PROCESSED, position.lastTransactionEnd().value());
        }
        offset.put(LSN_COMMIT, position.lastTransactionEnd().value());
        offset.put(LSN, lsn.value());
        if (transaction.xid() != Transaction.NO_XID) {
            offset.put(TRANSACTION_ID, transaction.xid());
        }
        offset.put(TIMESTAMP, transaction.commitTimeMicros());
        if (position.openTransaction().isValid()) {
            offset.put(OPEN_TRANSACTION, position.openTransaction().value());
            offset.put(ORDINAL, position.ordinal());
        }
        return offset;
    }

    /**
     * Reads a stored offset.
     *
     * @param offset what Connect has stored; null if nothing
     * @return null if nothing was stored
     * @throws WalbrookException if the offset cannot be understood
     */
    static @Nullable CapturePosition fromMap(@Nullable Map<String, Object> offset) {
        if (offset == null) {
            return null;
        }
        SnapshotState snapshot = SnapshotState.NONE;
        if (offset.get(SNAPSHOT) != null) {
            snapshot = Boolean.TRUE.equals(offset.get(SNAPSHOT_COMPLETED))
                    ? SnapshotState.COMPLETED
                    : SnapshotState.RUNNING;
        }
        Lsn end = lsn(offset, LSN_COMMIT);
        if (end == null) {
            end = lsn(offset, LSN_PROCESSED);
        }
        if (end == null && snapshot == SnapshotState.COMPLETED) {
            end = lsn(offset, LSN);
        }
        if (end == null) {
            if (snapshot == SnapshotState.RUNNING) {
                end = Lsn.INVALID;
            } else {
                throw new WalbrookException(
                        ErrorKind.CONFIGURATION,
                        "the stored offset " + offset.keySet() + " has neither " + LSN_COMMIT + " nor " + LSN_PROCESSED,
                        Map.of());
            }
        }
        Lsn open = lsn(offset, OPEN_TRANSACTION);
        if (open == null) {
            return new CapturePosition(end, Lsn.INVALID, 0, snapshot);
        }
        Object ordinal = offset.get(ORDINAL);
        return new CapturePosition(end, open, ordinal instanceof Number number ? number.longValue() : 0, snapshot);
    }

    private static @Nullable Lsn lsn(Map<String, Object> offset, String key) {
        return offset.get(key) instanceof Number number ? new Lsn(number.longValue()) : null;
    }
}
