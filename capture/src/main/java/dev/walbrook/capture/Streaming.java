package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.pgoutput.BeginMessage;
import dev.walbrook.postgres.pgoutput.CommitMessage;
import dev.walbrook.postgres.pgoutput.DeleteMessage;
import dev.walbrook.postgres.pgoutput.InsertMessage;
import dev.walbrook.postgres.pgoutput.LogicalMessage;
import dev.walbrook.postgres.pgoutput.OldTupleKind;
import dev.walbrook.postgres.pgoutput.OriginMessage;
import dev.walbrook.postgres.pgoutput.PgOutputDecoder;
import dev.walbrook.postgres.pgoutput.PgOutputMessage;
import dev.walbrook.postgres.pgoutput.RelationMessage;
import dev.walbrook.postgres.pgoutput.TruncateMessage;
import dev.walbrook.postgres.pgoutput.TupleData;
import dev.walbrook.postgres.pgoutput.UpdateMessage;
import dev.walbrook.postgres.replication.ReplicationStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one replication stream: decodes, drops what was emitted before, filters, hands over, and confirms to the slot what
 * was delivered.
 *
 * <p>Runs on the capture thread alone. {@link #position} stays right when reading fails, so that the next stream continues
 * exactly after the last change that was handed over.
 */
final class Streaming {

    private static final int PROTOCOL_VERSION = 1;
    private static final long LONGEST_CONFIRM_INTERVAL_NANOS =
            Duration.ofSeconds(1).toNanos();

    private final CaptureSettings settings;
    private final EventWriter writer;
    private final Acknowledgements acknowledgements;
    private final CaptureStatistics statistics;
    private final BooleanSupplier stopped;
    private final Relations relations;
    private final PgOutputDecoder decoder = new PgOutputDecoder(PROTOCOL_VERSION, false);

    private final CapturePosition start;
    private final @Nullable ServerIdentity server;
    private final long confirmIntervalNanos;
    private final AlreadyEmitted alreadyEmitted;
    private Lsn lastTransactionEnd;
    private @Nullable Transaction transaction;
    private @Nullable Lsn previousCommit;
    // Also the time of messages outside of transactions, which have none of their own.
    private long lastCommitMicros;
    private long ordinal;
    private Lsn changeLsn = Lsn.INVALID;
    private long countAtLsn;
    private @Nullable CaptureEvent held;
    private Lsn reportedProgress;
    private Lsn pendingProgress = Lsn.INVALID;
    private Lsn confirmed = Lsn.INVALID;
    private long lastConfirmation = System.nanoTime();

    /**
     * @param start after which change to begin
     * @param server which server the stream comes from
     */
    Streaming(
            CaptureSettings settings,
            TableSchemas schemas,
            EventWriter writer,
            Acknowledgements acknowledgements,
            BooleanSupplier stopped,
            CapturePosition start,
            @Nullable ServerIdentity server,
            CaptureStatistics statistics) {
        this.statistics = statistics;
        this.settings = settings;
        this.relations = new Relations(settings.tables(), schemas);
        this.writer = writer;
        this.acknowledgements = acknowledgements;
        this.stopped = stopped;
        this.start = start;
        this.server = server;
        this.confirmIntervalNanos = Math.min(settings.statusInterval().toNanos(), LONGEST_CONFIRM_INTERVAL_NANOS);
        this.alreadyEmitted = new AlreadyEmitted(start);
        this.lastTransactionEnd = start.lastTransactionEnd();
        this.reportedProgress = start.lastTransactionEnd();
        this.lastCommitMicros =
                start.commitTimeMicros() == 0 ? System.currentTimeMillis() * 1_000L : start.commitTimeMicros();
        // Before the first commit there is none that consumers could have seen.
        this.previousCommit =
                start.snapshot() == CapturePosition.SnapshotState.COMPLETED ? null : start.lastTransactionEnd();
    }

    /** The position after the last change that was added to the writer. */
    CapturePosition position() {
        Transaction open = transaction;
        if (open != null && !alreadyEmitted.wholeTransaction() && !alreadyEmitted.undecided(ordinal)) {
            return CapturePosition.within(open, ordinal);
        }
        // As long as no transaction was completed, what the start says of an open one still holds.
        return lastTransactionEnd.equals(start.lastTransactionEnd())
                ? start
                : CapturePosition.after(lastTransactionEnd).at(server, lastCommitMicros);
    }

    /** Reads until told to stop or until reading fails. */
    void run(ReplicationStream stream) throws InterruptedException {
        ReadingPace pace = new ReadingPace();
        while (!stopped.getAsBoolean()) {
            if (stream.next()) {
                pace.read();
                statistics.received();
                FailPoint.AFTER_RECEIVE.reach();
                handle(decoder.decode(stream.buffer(), stream.offset(), stream.length()), stream);
                if (writer.isDue()) {
                    flush(stream);
                }
            } else {
                idle(stream);
                pace.nothingToRead();
            }
        }
    }

    private void handle(PgOutputMessage message, ReplicationStream stream) {
        if (message instanceof InsertMessage insert) {
            change(insert.relationOid(), Operation.CREATE, OldTupleKind.NONE, null, insert.newTuple(), stream);
        } else if (message instanceof UpdateMessage update) {
            change(
                    update.relationOid(),
                    Operation.UPDATE,
                    update.oldTupleKind(),
                    update.oldTuple(),
                    update.newTuple(),
                    stream);
        } else if (message instanceof DeleteMessage delete) {
            change(delete.relationOid(), Operation.DELETE, delete.oldTupleKind(), delete.oldTuple(), null, stream);
        } else if (message instanceof BeginMessage begin) {
            begin(begin, stream);
        } else if (message instanceof CommitMessage commit) {
            commit(commit);
        } else if (message instanceof RelationMessage relation) {
            relations.add(relation);
        } else if (message instanceof TruncateMessage truncate) {
            truncate(truncate, stream);
        } else if (message instanceof LogicalMessage logical) {
            message(logical, stream);
        } else if (message instanceof OriginMessage origin) {
            transaction = openTransaction().from(new Transaction.Origin(origin.name(), origin.commitLsn()));
        }
        // Types say nothing that is needed here.
    }

    private void begin(BeginMessage begin, ReplicationStream stream) {
        long xid = Integer.toUnsignedLong(begin.xid());
        if (start.openTransaction().isValid()
                && begin.finalLsn().isAfter(start.openTransaction())
                && start.lastTransactionEnd().equals(previousCommit)) {
            // The transaction in which the last stream ended was emitted whole, so the server does not send it again.
            previousCommit = start.openTransaction();
        }
        Transaction begun = new Transaction(
                xid, begin.finalLsn(), lastTransactionEnd, begin.commitTimeMicros(), server, previousCommit, null);
        transaction = begun;
        ordinal = 0;
        changeLsn = Lsn.INVALID;
        held = null;
        alreadyEmitted.begin(xid, begin.finalLsn());
        if (settings.details().transactionBoundaries() && !alreadyEmitted.begun()) {
            add(new TransactionBegin(begun, stream.position()));
        }
    }

    private void commit(CommitMessage commit) {
        Transaction ended = openTransaction();
        transaction = null;
        if (!alreadyEmitted.wholeTransaction()) {
            lastCommitMicros = ended.commitTimeMicros();
            previousCommit = commit.endLsn();
            if (settings.details().transactionBoundaries()) {
                add(new TransactionEnd(ended, commit.endLsn()));
            }
            lastTransactionEnd = commit.endLsn();
            pendingProgress = commit.endLsn();
        }
    }

    private void change(
            int relationOid,
            Operation operation,
            OldTupleKind beforeKind,
            @Nullable TupleData before,
            @Nullable TupleData after,
            ReplicationStream stream) {
        AlreadyEmitted.Verdict verdict = nextChange(stream);
        TableSchema table = verdict == AlreadyEmitted.Verdict.DROP ? null : table(relationOid, after);
        if (table == null) {
            if (verdict != AlreadyEmitted.Verdict.DROP) {
                statistics.changeFiltered();
            }
        } else {
            int weight = stream.length() + 16 * table.columns().size() + 96;
            emit(
                    verdict,
                    new RowChange(
                            table,
                            operation,
                            beforeKind,
                            before,
                            after,
                            changeLsn,
                            countAtLsn,
                            openTransaction(),
                            ordinal,
                            SnapshotMarker.NONE,
                            weight));
        }
    }

    private void truncate(TruncateMessage truncate, ReplicationStream stream) {
        AlreadyEmitted.Verdict verdict = nextChange(stream);
        if (verdict == AlreadyEmitted.Verdict.DROP) {
            return;
        }
        List<TableSchema> captured = new ArrayList<>();
        for (int relationOid : truncate.relationOids()) {
            TableSchema table = table(relationOid, null);
            if (table != null) {
                captured.add(table);
            }
        }
        if (verdict == AlreadyEmitted.Verdict.HOLD) {
            // A TRUNCATE is alone at its LSN.
            return;
        }
        for (int i = 0; i < captured.size(); i++) {
            emit(
                    verdict,
                    new TableTruncation(
                            captured.get(i),
                            changeLsn,
                            countAtLsn,
                            openTransaction(),
                            ordinal,
                            i == captured.size() - 1));
        }
    }

    /** Counts a change, whatever becomes of it. */
    private AlreadyEmitted.Verdict nextChange(ReplicationStream stream) {
        openTransaction();
        ordinal++;
        Lsn lsn = stream.position();
        countAtLsn = lsn.value() == changeLsn.value() ? countAtLsn + 1 : 1;
        changeLsn = lsn;
        return alreadyEmitted.judge(ordinal, lsn, countAtLsn);
    }

    private void emit(AlreadyEmitted.Verdict verdict, CaptureEvent event) {
        if (verdict == AlreadyEmitted.Verdict.HOLD) {
            held = event;
            return;
        }
        CaptureEvent before = held;
        held = null;
        if (before != null && alreadyEmitted.releasesHeld()) {
            add(before);
        }
        add(event);
    }

    private void message(LogicalMessage message, ReplicationStream stream) {
        boolean captured = settings.details().messages().test(message.prefix());
        if (message.transactional()) {
            AlreadyEmitted.Verdict verdict = nextChange(stream);
            if (captured && verdict != AlreadyEmitted.Verdict.DROP) {
                emit(
                        verdict,
                        new EmittedMessage(
                                message.prefix(),
                                message.content(),
                                true,
                                changeLsn,
                                countAtLsn,
                                openTransaction(),
                                ordinal));
            }
            return;
        }
        // Like a commit it comes in the order of the WAL, and its LSN is its end: it is a transaction of its own.
        Lsn end = message.lsn();
        if (alreadyEmitted.message(end)) {
            return;
        }
        previousCommit = end;
        if (captured) {
            Transaction itself =
                    new Transaction(Transaction.NO_XID, end, lastTransactionEnd, lastCommitMicros, server, end, null);
            add(new EmittedMessage(message.prefix(), message.content(), false, end, 0, itself, 1));
        }
        lastTransactionEnd = end;
        pendingProgress = end;
    }

    private void add(CaptureEvent event) {
        addPendingProgress();
        writer.add(event);
    }

    private void addPendingProgress() {
        if (pendingProgress.isAfter(reportedProgress)) {
            writer.add(new Progress(pendingProgress, server));
            reportedProgress = pendingProgress;
        }
    }

    private Transaction openTransaction() {
        Transaction open = transaction;
        if (open == null) {
            throw violation("a change or a commit outside a transaction");
        }
        return open;
    }

    private @Nullable TableSchema table(int relationOid, @Nullable TupleData row) {
        TableSchema table = relations.table(relationOid, row);
        if (table == null && !relations.contains(relationOid)) {
            throw violation(
                    "a change of relation " + Integer.toUnsignedString(relationOid) + ", which was not described");
        }
        return table;
    }

    private WalbrookException violation(String what) {
        return new WalbrookException(
                ErrorKind.PROTOCOL_VIOLATION,
                "the server sent " + what + " (slot " + settings.slot() + ")",
                CaptureFacts.of(settings));
    }

    /** Nothing is pending: hand over what there is at once, then use the server's own word on how far it has decoded. */
    private void idle(ReplicationStream stream) throws InterruptedException {
        if (transaction == null && stream.keepAliveLsn().isAfter(pendingProgress)) {
            pendingProgress = stream.keepAliveLsn();
        }
        flush(stream);
        if (transaction == null) {
            statistics.nothingPending();
        }
    }

    private void flush(ReplicationStream stream) throws InterruptedException {
        addPendingProgress();
        writer.flush(() -> {
            confirm(stream);
            keepConnection(stream);
        });
        confirm(stream);
    }

    private void confirm(ReplicationStream stream) {
        Lsn confirmable = acknowledgements.confirmable();
        long now = System.nanoTime();
        if (settings.position().confirms()
                && confirmable.isAfter(confirmed)
                && now - lastConfirmation >= confirmIntervalNanos) {
            FailPoint.BEFORE_CONFIRM.reach();
            stream.confirm(confirmable);
            stream.sendStatus();
            FailPoint.AFTER_CONFIRM.reach();
            confirmed = confirmable;
            lastConfirmation = now;
        }
    }

    /** While nothing is read, nobody else tells the server that this client is alive. */
    private void keepConnection(ReplicationStream stream) {
        long now = System.nanoTime();
        if (now - lastConfirmation >= settings.statusInterval().toNanos()) {
            stream.sendStatus();
            lastConfirmation = now;
        }
    }
}
