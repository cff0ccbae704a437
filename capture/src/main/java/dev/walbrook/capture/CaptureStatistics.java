package dev.walbrook.capture;

import dev.walbrook.postgres.TableId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a capture knows of itself that its events do not tell, for metrics.
 *
 * <p>Written by the capture thread alone, one cheap store each; read by any thread, at any time.
 */
public final class CaptureStatistics {

    /** How far the snapshot is. */
    public enum SnapshotPhase {
        /** Not begun, and it is not known yet whether it will be. */
        PENDING,
        RUNNING,
        COMPLETED,
        /** It ended before it was complete. */
        ABORTED,
        /** None was due. */
        SKIPPED
    }

    /**
     * The snapshot as it stands.
     *
     * @param phase how far it is
     * @param tables the tables it reads
     * @param remaining how many of them are not read to the end
     * @param startNanos when it began, on {@link System#nanoTime}'s clock
     * @param endNanos when it ended, on the same clock; null while it has not
     */
    public record SnapshotStatus(
            SnapshotPhase phase, List<TableId> tables, int remaining, long startNanos, @Nullable Long endNanos) {

        /** No snapshot is known of. */
        public static final SnapshotStatus NONE = new SnapshotStatus(SnapshotPhase.PENDING, List.of(), 0, 0, null);

        /** How long it has taken until now or until it ended, in seconds; 0 if it has not begun. */
        public long seconds() {
            if (phase == SnapshotPhase.PENDING || phase == SnapshotPhase.SKIPPED) {
                return 0;
            }
            return ((endNanos == null ? System.nanoTime() : endNanos) - startNanos) / 1_000_000_000L;
        }
    }

    private final AtomicLong filtered = new AtomicLong();
    private volatile boolean connected;
    private volatile boolean caughtUp;
    private volatile List<TableId> capturedTables = List.of();
    private volatile SnapshotStatus snapshot = SnapshotStatus.NONE;

    /** Whether changes are being streamed over a live connection. */
    public boolean connected() {
        return connected;
    }

    /** Whether the server had nothing more to send when it was last asked. */
    public boolean caughtUp() {
        return connected && caughtUp;
    }

    /** The tables captured, in the order of their names. */
    public List<TableId> capturedTables() {
        return capturedTables;
    }

    /** How many changes came of tables that are published but not captured. */
    public long filtered() {
        return filtered.getOpaque();
    }

    /** The snapshot as it stands. */
    public SnapshotStatus snapshot() {
        return snapshot;
    }

    void streaming(boolean live) {
        connected = live;
        caughtUp = false;
    }

    /** A message came. */
    void received() {
        // Most often it is false already, and reading is all this costs.
        if (caughtUp) {
            caughtUp = false;
        }
    }

    /** Nothing came, and no transaction is half received. */
    void nothingPending() {
        if (!caughtUp) {
            caughtUp = true;
        }
    }

    void changeFiltered() {
        // One writer: no atomic addition is needed.
        filtered.setOpaque(filtered.getPlain() + 1);
    }

    void captured(Collection<TableId> tables) {
        capturedTables = List.copyOf(tables);
    }

    void snapshotStarted(Collection<TableId> tables) {
        snapshot =
                new SnapshotStatus(SnapshotPhase.RUNNING, List.copyOf(tables), tables.size(), System.nanoTime(), null);
    }

    /** One more table is read to its end. */
    synchronized void tableRead() {
        SnapshotStatus now = snapshot;
        snapshot = new SnapshotStatus(
                now.phase(), now.tables(), Math.max(0, now.remaining() - 1), now.startNanos(), now.endNanos());
    }

    void snapshotCompleted() {
        end(SnapshotPhase.COMPLETED, 0);
    }

    /** A session is over; a snapshot that it had not completed is not. */
    void snapshotInterrupted() {
        if (snapshot.phase() == SnapshotPhase.RUNNING) {
            end(SnapshotPhase.ABORTED, snapshot.remaining());
        }
    }

    private void end(SnapshotPhase phase, int remaining) {
        SnapshotStatus now = snapshot;
        snapshot = new SnapshotStatus(phase, now.tables(), remaining, now.startNanos(), System.nanoTime());
    }

    void snapshotSkipped() {
        if (snapshot.phase() == SnapshotPhase.PENDING) {
            snapshot = new SnapshotStatus(SnapshotPhase.SKIPPED, List.of(), 0, 0, null);
        }
    }
}
