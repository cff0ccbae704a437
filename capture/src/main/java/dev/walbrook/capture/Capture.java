package dev.walbrook.capture;

import dev.walbrook.capture.SnapshotPolicy.Step;
import dev.walbrook.capture.SnapshotPolicy.Stored;
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
import dev.walbrook.postgres.replication.SystemIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
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
    private static final int LONGEST_SLOT_NAME = 63;
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    private final CaptureSettings settings;
    private final HandOver handOver;
    private final Acknowledgements acknowledgements;
    private final EventWriter writer;
    private final CaptureStatistics statistics = new CaptureStatistics();
    private final SnapshotPolicy snapshots;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);

    private final boolean atomicSnapshot;
    private @Nullable CapturePosition position;
    private @Nullable ServerIdentity server;
    private boolean firstSession = true;
    private boolean gapToFill;
    private boolean snapshotBegun;
    private int slotAttempts;
    private long slotBusySince;
    private volatile @Nullable ReplicationConnection creatingSlot;
    private volatile @Nullable SnapshotConnections reading;
    private volatile @Nullable LiveCatalog asking;
    private int attempts;

    /**
     * @param settings what to capture
     * @param position what was stored when capturing stopped; null if it never started
     */
    public Capture(CaptureSettings settings, @Nullable CapturePosition position) {
        this(settings, position, false);
    }

    /**
     * @param settings what to capture
     * @param position what was stored when capturing stopped; null if it never started
     * @param atomicSnapshot whether the snapshot's rows become visible together or not at all, so that a snapshot without
     *     a stored position was never seen by anybody
     */
    public Capture(CaptureSettings settings, @Nullable CapturePosition position, boolean atomicSnapshot) {
        this.settings = settings;
        this.snapshots = settings.snapshot()
                .policy()
                .orAfterLoss(settings.position().lostPolicy() == LostPositionPolicy.RESNAPSHOT);
        this.atomicSnapshot = atomicSnapshot;
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

    /** What there is to tell of the capture beside its events. */
    public CaptureStatistics statistics() {
        return statistics;
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
        SnapshotConnections busy = reading;
        if (busy != null) {
            // A query may take long to give its first row, or wait for a lock.
            busy.cancel();
        }
        thread.join(STOP_GRACE.toMillis());
        LiveCatalog asked = asking;
        if (thread.isAlive() && asked != null) {
            // A change of the publication waits for every lock on its tables.
            asked.cancel();
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
        try {
            prepareAndRead();
        } finally {
            statistics.snapshotInterrupted();
        }
    }

    private void prepareAndRead() throws SQLException, InterruptedException {
        try (LiveCatalog catalog = new LiveCatalog(settings)) {
            asking = catalog;
            TableSchemas schemas = new TableSchemas(catalog);
            Preparation preparation = new Preparation(settings, catalog.connection());
            if (snapshots.streams()) {
                preparation.requireLogicalWal();
            }
            List<Table> tables = preparation.capturedTables();
            preparation.requireUsable(tables);
            statistics.captured(tables.stream().map(Table::id).toList());
            if (snapshots.streams()) {
                tables = preparation.preparePublication(tables);
            }
            SlotState slot = slotOrNewStart(preparation, catalog);
            if (snapshotIsDue()) {
                if (!snapshot(catalog, schemas, tables, slot)) {
                    return;
                }
            } else if (slot == null && snapshots.streams()) {
                createSlot(settings.slot(), false, null);
                slot = preparation.usableSlot();
            }
            statistics.snapshotSkipped();
            firstSession = false;
            if (snapshots.streams()) {
                stream(schemas, slot);
            }
        }
    }

    /** The slot, if there is one and it has what follows the position; else what the policy says. */
    private @Nullable SlotState slotOrNewStart(Preparation preparation, LiveCatalog catalog) throws SQLException {
        if (!snapshots.streams()) {
            return null;
        }
        SystemIdentity system = identify();
        server = new ServerIdentity(system.systemId(), system.timeline());
        try {
            SlotState slot = preparation.usableSlot();
            CapturePosition stored = position;
            if (stored != null && stored.snapshot() != CapturePosition.SnapshotState.RUNNING) {
                if (slot == null) {
                    throw new WalbrookException(
                            ErrorKind.SLOT_MISSING,
                            "slot " + settings.slot() + " does not exist, but changes up to "
                                    + PositionCheck.describe(stored)
                                    + " were already captured from it; the server's WAL is at " + system.flushLsn(),
                            CaptureFacts.of(settings));
                }
                new PositionCheck(settings, system, this::openReplication, catalog.connection()).require(stored, slot);
            }
            return slot;
        } catch (WalbrookException e) {
            return newStart(e, preparation);
        }
    }

    private @Nullable SlotState newStart(WalbrookException lost, Preparation preparation) throws SQLException {
        LostPositionPolicy policy = snapshots.at(Stored.LOST, firstSession) == Step.READ
                ? LostPositionPolicy.RESNAPSHOT
                : settings.position().lostPolicy();
        boolean answered =
                switch (lost.kind()) {
                    case SLOT_MISSING, SLOT_LOST -> true;
                    // What waits in the hand-over belongs to the other history; a new task begins without it.
                    case POSITION_LOST -> firstSession;
                    default -> false;
                };
        if (!answered || policy == LostPositionPolicy.FAIL) {
            throw lost;
        }
        log.warn(
                "connector={} slot={} {} after this: {}",
                settings.name(),
                settings.slot(),
                policy == LostPositionPolicy.RESNAPSHOT ? "takes a new snapshot" : "continues from the slot",
                lost.problem());
        if (lost.kind() == ErrorKind.SLOT_LOST) {
            dropSlot();
        }
        // The old position must never be confirmed to another history.
        acknowledgements.reset(Lsn.INVALID);
        position = null;
        gapToFill = policy == LostPositionPolicy.RESNAPSHOT;
        SlotState slot = lost.kind() == ErrorKind.POSITION_LOST ? preparation.usableSlot() : null;
        if (policy == LostPositionPolicy.CONTINUE) {
            if (slot == null) {
                createSlot(settings.slot(), false, null);
                slot = preparation.usableSlot();
            }
            position = startOf(slot);
        }
        return slot;
    }

    private SystemIdentity identify() {
        try (ReplicationConnection replication = openReplication()) {
            return replication.identify();
        }
    }

    private ReplicationConnection openReplication() {
        return ReplicationConnection.open(settings.connection(), settings.applicationName());
    }

    /** Where the slot begins. */
    private CapturePosition startOf(@Nullable SlotState slot) {
        Lsn confirmed = slot == null ? null : slot.confirmedFlushLsn();
        return CapturePosition.after(confirmed == null ? Lsn.INVALID : confirmed)
                .at(server, 0);
    }

    private boolean snapshotIsDue() {
        CapturePosition known = position;
        Stored stored = Stored.NOTHING;
        if (known != null) {
            stored = known.snapshot() == CapturePosition.SnapshotState.RUNNING ? Stored.INTERRUPTED : Stored.COMPLETE;
        }
        Step step = snapshots.at(stored, firstSession);
        if (step == Step.FAIL_INTERRUPTED) {
            throw new WalbrookException(
                    ErrorKind.CONFIGURATION,
                    "a snapshot was interrupted, and snapshot.mode asks for none that could replace it: set it to initial"
                            + " or when_needed, or to no_data to do without the rows",
                    CaptureFacts.of(settings));
        }
        return gapToFill || step == Step.READ;
    }

    private boolean snapshot(LiveCatalog catalog, TableSchemas schemas, List<Table> tables, @Nullable SlotState slot)
            throws SQLException, InterruptedException {
        if (firstSession && await(settings.snapshot().delay())) {
            return false;
        }
        // Planned first: what cannot be read is found out before there is a slot, which holds WAL back.
        List<TableRead> plan = new SnapshotPlan(settings, schemas, catalog.connection()).of(tables);
        if (snapshotBegun) {
            writer.add(new SnapshotAbandoned());
        }
        snapshotBegun = true;
        int parts = plan.stream().mapToInt(read -> read.selects().size()).sum();
        int connections = Math.max(1, Math.min(settings.snapshot().connections(), parts));
        try (SnapshotConnections opened = SnapshotConnections.open(settings, connections)) {
            reading = opened;
            Lsn streamingStart = begin(opened, slot);
            statistics.snapshotStarted(
                    plan.stream().map(read -> read.schema().id()).toList());
            if (!new Snapshot(settings, writer, this::isStopped, server, statistics)
                    .read(opened, plan, streamingStart)) {
                return false;
            }
            statistics.snapshotCompleted();
            snapshotBegun = false;
            gapToFill = false;
            position = new CapturePosition(streamingStart, Lsn.INVALID, 0, CapturePosition.SnapshotState.COMPLETED)
                    .at(server, 0);
        } catch (SQLException | WalbrookException e) {
            if (isStopped()) {
                log.debug("connector={} snapshot cancelled", settings.name(), e);
                return false;
            }
            throw e;
        } finally {
            reading = null;
        }
        return !await(settings.snapshot().streamingDelay());
    }

    /** Makes the connections see what the snapshot reads; returns where streaming begins afterwards. */
    private Lsn begin(SnapshotConnections connections, @Nullable SlotState slot) throws SQLException {
        if (!snapshots.streams()) {
            connections.see(null);
            return Lsn.INVALID;
        }
        if (slot == null) {
            return createSlot(settings.slot(), false, connections);
        }
        if (atomicSnapshot && position == null) {
            // Nobody has seen an earlier attempt, so there is nothing to correct by repeating what happened since: the
            // slot goes on from this snapshot exactly, which another slot helps to take.
            return createSlot(temporarySlot(), true, connections);
        }
        connections.see(null);
        return startOf(slot).lastTransactionEnd();
    }

    private String temporarySlot() {
        // A temporary slot goes with its connection, but perhaps not before the next attempt.
        String suffix =
                "_snapshot_" + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 16));
        String name = settings.slot();
        return name.substring(0, Math.min(name.length(), LONGEST_SLOT_NAME - suffix.length())) + suffix;
    }

    /**
     * Creates a slot.
     *
     * @param temporary whether it goes with the connection, which is closed here
     * @param snapshot the connections to put into the snapshot that the new slot exports; null for none
     * @return the slot's consistent point
     */
    private Lsn createSlot(String name, boolean temporary, @Nullable SnapshotConnections snapshot) throws SQLException {
        try (ReplicationConnection replication =
                ReplicationConnection.open(settings.connection(), "walbrook slot " + settings.name())) {
            creatingSlot = replication;
            CreatedSlot created = replication.createSlot(name, temporary, settings.failoverSlot() && !temporary);
            log.info("connector={} slot={} created at lsn={}", settings.name(), name, created.consistentPoint());
            if (snapshot != null) {
                // The exported snapshot ends with the connection that exported it, so it is imported before that
                // closes.
                snapshot.see(created.snapshotName());
            }
            return created.consistentPoint();
        } finally {
            creatingSlot = null;
        }
    }

    private void stream(TableSchemas schemas, @Nullable SlotState slot) throws SQLException, InterruptedException {
        CapturePosition from = position;
        if (from == null) {
            // Like after a snapshot, nothing has been streamed yet.
            from = new CapturePosition(
                            startOf(slot).lastTransactionEnd(), Lsn.INVALID, 0, CapturePosition.SnapshotState.COMPLETED)
                    .at(server, 0);
        }
        try (ReplicationConnection replication = openReplication();
                ReplicationStream stream = replication.start(
                        settings.slot(),
                        from.lastTransactionEnd(),
                        settings.publication(),
                        settings.position().pluginOptions())) {
            log.info(
                    "connector={} slot={} streams from lsn={} ordinal={}",
                    settings.name(),
                    settings.slot(),
                    from.lastTransactionEnd(),
                    from.ordinal());
            attempts = 0;
            slotAttempts = 0;
            Streaming streaming = new Streaming(
                    settings, schemas, writer, acknowledgements, this::isStopped, from, server, statistics);
            statistics.streaming(true);
            try {
                streaming.run(stream);
            } finally {
                statistics.streaming(false);
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

    /** Waits; returns whether capturing was stopped meanwhile. */
    private boolean await(Duration delay) throws InterruptedException {
        return stop.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void dropSlot() {
        try (Connection connection = Connections.open(settings.connection(), "walbrook slot " + settings.name())) {
            new ReplicationSlots(connection).drop(settings.slot());
        } catch (SQLException | WalbrookException e) {
            log.warn("connector={} slot={} could not be dropped", settings.name(), settings.slot(), e);
        }
    }
}
