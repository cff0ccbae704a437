package dev.walbrook.capture;

import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.copy.MalformedRowException;
import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.pgoutput.MalformedMessageException;
import dev.walbrook.postgres.replication.CreatedSlot;
import dev.walbrook.postgres.replication.ReplicationConnection;
import dev.walbrook.postgres.replication.ReplicationSlots;
import dev.walbrook.postgres.replication.ReplicationStream;
import dev.walbrook.postgres.replication.SlotState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures one database: prepares publication and slot, reads the snapshot if one is due, streams, and starts again by itself
 * after an outage.
 *
 * <p>All of it happens on one thread of its own, which {@link #start} starts. A failure that needs somebody reaches the
 * caller through the {@link HandOver}.
 */
public final class Capture implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Capture.class);
    private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(250);

    private final CaptureSettings settings;
    private final HandOver handOver;
    private final Acknowledgements acknowledgements;
    private final EventWriter writer;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);

    private @Nullable CapturePosition position;
    private boolean firstSession = true;
    private int slotAttempts;
    private long slotBusySince;
    private volatile @Nullable ReplicationConnection creatingSlot;
    private int attempts;

    /**
     * @param settings what to capture
     * @param position what was stored when capturing stopped; null if it never started
     */
    public Capture(CaptureSettings settings, @Nullable CapturePosition position) {
        this.settings = settings;
        this.position = position;
        this.handOver =
                new HandOver(settings.handOverBytes(), settings.details().waitingEvents());
        this.acknowledgements = new Acknowledgements(position == null ? Lsn.INVALID : position.lastTransactionEnd());
        this.writer = new EventWriter(handOver, settings.chunkEvents(), this::isStopped);
        this.thread = new Thread(this::run, "walbrook-capture-" + settings.name());
        thread.setDaemon(true);
    }

    /** Starts capturing; returns at once. */
    public void start() {
        thread.start();
    }

    /** Where the events are. */
    public HandOver handOver() {
        return handOver;
    }

    /** Whom to tell of deliveries. */
    public Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    /** Stops capturing and waits, for a bounded time, until the connections are closed. */
    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        ReplicationConnection waiting = creatingSlot;
        if (waiting != null) {
            // Creating a slot waits for every open transaction, which may take for ever.
            waiting.close();
        }
        // Joining for no time would mean to wait for ever.
        long wait = Math.max(1, settings.details().stopWait().toMillis());
        thread.join(wait);
        if (thread.isAlive()) {
            thread.interrupt();
            thread.join(wait);
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    private void run() {
        try {
            while (!isStopped()) {
                try {
                    session();
                    if (!isStopped()) {
                        // Only a snapshot was asked for, and it is done.
                        stop.await();
                    }
                } catch (WalbrookException e) {
                    await(delayAfter(e));
                } catch (MalformedMessageException | MalformedRowException e) {
                    await(delayAfter(new WalbrookException(
                            ErrorKind.PROTOCOL_VIOLATION,
                            "the server sent what cannot be read: " + e.getMessage(),
                            CaptureFacts.of(settings),
                            e)));
                } catch (SQLException e) {
                    await(delayAfter(SqlErrors.translate(
                            e, "capturing failed", settings.connection(), CaptureFacts.of(settings))));
                }
            }
            if (settings.dropSlotOnStop()) {
                dropSlot();
            }
        } catch (InterruptedException e) {
            log.debug("connector={} capture thread interrupted", settings.name());
        } catch (RuntimeException e) {
            handOver.fail(e);
        }
    }

    /** One life of the connections, from preparation to the first failure. */
    private void session() throws SQLException, InterruptedException {
        try (LiveCatalog catalog = new LiveCatalog(settings)) {
            TableSchemas schemas = new TableSchemas(catalog);
            Preparation preparation = new Preparation(settings, catalog.connection());
            if (settings.snapshotMode().streams()) {
                preparation.requireLogicalWal();
            }
            List<Table> tables = preparation.capturedTables();
            preparation.requireUsable(tables);
            if (settings.snapshotMode().streams()) {
                preparation.preparePublication(tables);
            }
            SlotState slot = slotOrNewStart(preparation);
            if (snapshotIsDue()) {
                if (!snapshot(schemas, tables, slot)) {
                    return;
                }
                await(settings.details().streamingDelay());
            } else if (slot == null && settings.snapshotMode().streams()) {
                createSlot(null);
                slot = preparation.usableSlot();
            }
            firstSession = false;
            if (settings.snapshotMode().streams()) {
                stream(schemas, slot);
            }
        }
    }

    /** The slot, if there is one; with {@code when_needed}, a slot that is gone or lost means to begin anew. */
    private @Nullable SlotState slotOrNewStart(Preparation preparation) {
        if (!settings.snapshotMode().streams()) {
            return null;
        }
        try {
            SlotState slot = preparation.usableSlot();
            CapturePosition stored = position;
            if (slot == null && stored != null && stored.snapshot() != CapturePosition.SnapshotState.RUNNING) {
                throw new WalbrookException(
                        ErrorKind.SLOT_MISSING,
                        "slot " + settings.slot() + " does not exist, but changes up to " + stored.lastTransactionEnd()
                                + " were already captured from it",
                        CaptureFacts.of(settings));
            }
            return slot;
        } catch (WalbrookException e) {
            boolean gone = e.kind() == ErrorKind.SLOT_MISSING || e.kind() == ErrorKind.SLOT_LOST;
            if (settings.snapshotMode() != SnapshotMode.WHEN_NEEDED || !gone) {
                throw e;
            }
            log.warn("connector={} slot={} takes a new snapshot: {}", settings.name(), settings.slot(), e.problem());
            if (e.kind() == ErrorKind.SLOT_LOST) {
                dropSlot();
            }
            position = null;
            return null;
        }
    }

    private boolean snapshotIsDue() {
        CapturePosition stored = position;
        boolean complete = stored != null && stored.snapshot() != CapturePosition.SnapshotState.RUNNING;
        return switch (settings.snapshotMode()) {
            case INITIAL, INITIAL_ONLY, WHEN_NEEDED -> !complete;
            case ALWAYS -> firstSession || !complete;
            case NO_DATA -> false;
        };
    }

    private boolean snapshot(TableSchemas schemas, List<Table> tables, @Nullable SlotState slot)
            throws SQLException, InterruptedException {
        try (Connection connection = Connections.open(settings.connection(), "walbrook snapshot " + settings.name())) {
            Lsn streamingStart;
            if (!settings.snapshotMode().streams()) {
                Snapshot.open(connection, null);
                streamingStart = Lsn.INVALID;
            } else if (slot == null) {
                streamingStart = createSlot(connection);
            } else {
                Snapshot.open(connection, null);
                Lsn confirmed = slot.confirmedFlushLsn();
                streamingStart = confirmed == null ? Lsn.INVALID : confirmed;
            }
            Snapshot snapshot = new Snapshot(settings, schemas, writer, this::isStopped);
            if (!snapshot.read(connection, tables, streamingStart)) {
                return false;
            }
            position = new CapturePosition(streamingStart, Lsn.INVALID, 0, CapturePosition.SnapshotState.COMPLETED);
            return true;
        }
    }

    /**
     * Creates the slot.
     *
     * @param snapshotConnection the connection to put into the snapshot that the new slot exports; null for none
     * @return the slot's consistent point
     */
    private Lsn createSlot(@Nullable Connection snapshotConnection) throws SQLException {
        try (ReplicationConnection replication =
                ReplicationConnection.open(settings.connection(), "walbrook slot " + settings.name())) {
            creatingSlot = replication;
            CreatedSlot created = replication.createSlot(settings.slot(), false, settings.failoverSlot());
            log.info(
                    "connector={} slot={} created at lsn={}",
                    settings.name(),
                    settings.slot(),
                    created.consistentPoint());
            if (snapshotConnection != null) {
                // The exported snapshot ends with the connection that exported it, so it is imported before that
                // closes.
                Snapshot.open(snapshotConnection, created.snapshotName());
            }
            return created.consistentPoint();
        } finally {
            creatingSlot = null;
        }
    }

    private void stream(TableSchemas schemas, @Nullable SlotState slot) throws SQLException, InterruptedException {
        CapturePosition from = position;
        if (from == null) {
            Lsn confirmed = slot == null ? null : slot.confirmedFlushLsn();
            from = CapturePosition.after(confirmed == null ? Lsn.INVALID : confirmed);
        }
        try (ReplicationConnection replication =
                        ReplicationConnection.open(settings.connection(), "walbrook " + settings.name());
                ReplicationStream stream = replication.start(
                        settings.slot(), from.lastTransactionEnd(), settings.publication(), Map.of())) {
            log.info(
                    "connector={} slot={} streams from lsn={} ordinal={}",
                    settings.name(),
                    settings.slot(),
                    from.lastTransactionEnd(),
                    from.ordinal());
            attempts = 0;
            slotAttempts = 0;
            Streaming streaming = new Streaming(settings, schemas, writer, acknowledgements, this::isStopped, from);
            try {
                streaming.run(stream);
            } finally {
                position = streaming.position();
            }
        }
    }

    /**
     * What to do about a failure of a session.
     *
     * @return how long to wait before the next session
     * @throws WalbrookException the failure itself, if another session cannot help
     */
    private Duration delayAfter(WalbrookException failure) {
        if (failure.kind().directive() != Directive.RETRY) {
            throw failure;
        }
        Duration delay;
        if (failure.kind() == ErrorKind.SLOT_IN_USE) {
            // Most often the reader is our own predecessor, which the server lets go within moments.
            long now = System.nanoTime();
            slotBusySince = slotAttempts == 0 ? now : slotBusySince;
            Duration patience = settings.slotRetryDelay().multipliedBy(settings.slotRetries());
            if (now - slotBusySince > patience.toNanos()) {
                throw failure;
            }
            delay = growing(slotAttempts, settings.slotRetryDelay());
            slotAttempts++;
        } else {
            attempts++;
            if (settings.maxRetries() >= 0 && attempts > settings.maxRetries()) {
                throw failure;
            }
            delay = growing(attempts - 1, settings.maxRetryDelay());
        }
        log.warn(
                "connector={} slot={} tries again in {} ms: {}",
                settings.name(),
                settings.slot(),
                delay.toMillis(),
                failure.getMessage());
        return delay;
    }

    private static Duration growing(int attempt, Duration longest) {
        long doubled = FIRST_RETRY_DELAY.toMillis() << Math.min(attempt, 16);
        return Duration.ofMillis(Math.min(doubled, longest.toMillis()));
    }

    private void await(Duration delay) throws InterruptedException {
        if (stop.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("connector={} stopped while waiting", settings.name());
        }
    }

    private void dropSlot() {
        try (Connection connection = Connections.open(settings.connection(), "walbrook slot " + settings.name())) {
            new ReplicationSlots(connection).drop(settings.slot());
        } catch (SQLException | WalbrookException e) {
            log.warn("connector={} slot={} could not be dropped", settings.name(), settings.slot(), e);
        }
    }
}
