package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import dev.walbrook.capture.CaptureEvent;
import dev.walbrook.capture.CapturePosition;
import dev.walbrook.capture.EmittedMessage;
import dev.walbrook.capture.Progress;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.TableSchema;
import dev.walbrook.capture.TableTruncation;
import dev.walbrook.capture.Transaction;
import dev.walbrook.capture.TransactionBegin;
import dev.walbrook.capture.TransactionEnd;
import dev.walbrook.connect.source.metrics.Omissions;
import dev.walbrook.postgres.Lsn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of events, whatever they are, and of heartbeats between them. Not thread safe.
 */
final class EventRecords implements AutoCloseable {

    private final Map<Integer, TableRecords> tables = new HashMap<>();
    private final Omissions omissions = new Omissions();
    private final RecordSettings settings;
    private final EventContext context;
    private final TransactionRecords transactions;
    private final MessageRecords messages;
    private final @Nullable HeartbeatRecords heartbeats;
    private @Nullable CaptureEvent last;
    private Transaction transaction;

    /**
     * @param settings what is the same for all records
     * @param context what changes from one to the next
     * @param heartbeats makes the heartbeats; null for none
     * @param position where the stream begins; null if nothing was captured before
     */
    EventRecords(
            RecordSettings settings,
            EventContext context,
            @Nullable HeartbeatRecords heartbeats,
            @Nullable CapturePosition position) {
        this.settings = settings;
        this.context = context;
        this.transactions = new TransactionRecords(settings, context);
        this.messages = new MessageRecords(settings, context);
        this.heartbeats = heartbeats;
        long time = position == null || position.commitTimeMicros() == 0
                ? System.currentTimeMillis() * 1_000L
                : position.commitTimeMicros();
        this.transaction = new Transaction(Transaction.NO_XID, Lsn.INVALID, Lsn.INVALID, time, null);
    }

    /** Adds the records of an event, and counts them as its transaction's. */
    void append(CaptureEvent event, Acknowledgements acknowledgements, List<SourceRecord> records) {
        if (event instanceof RowChange change) {
            transaction = change.transaction();
            table(change.table()).append(change, acknowledgements.current(), records);
        } else if (event instanceof TableTruncation truncation) {
            transaction = truncation.transaction();
            table(truncation.table()).append(truncation, acknowledgements.current(), records);
        } else if (event instanceof EmittedMessage message) {
            messages.append(message, acknowledgements.current(), records);
        } else if (event instanceof TransactionBegin begin) {
            transaction = begin.transaction();
            transactions.append(begin, acknowledgements.current(), records);
        } else if (event instanceof TransactionEnd end) {
            transactions.append(end, acknowledgements.current(), records);
        } else if (event instanceof Progress progress) {
            acknowledgements.progress(progress.position());
        }
        last = event;
    }

    /** What no record was made of so far. */
    Omissions omissions() {
        return omissions;
    }

    /** Adds a heartbeat if one is due and it is known how far the stream is. */
    void appendHeartbeat(List<SourceRecord> records) {
        HeartbeatRecords beats = heartbeats;
        if (beats != null && beats.due()) {
            Map<String, Object> offset = offset();
            if (offset != null) {
                context.addTo(offset);
                beats.append(offset, records);
            }
        }
    }

    /** Where the stream is after the last event; null before the first and while a snapshot is read. */
    private @Nullable Map<String, Object> offset() {
        CaptureEvent event = last;
        if (event instanceof RowChange change) {
            boolean reading = change.position().snapshot() == CapturePosition.SnapshotState.RUNNING;
            return reading ? null : SourceOffset.of(change);
        } else if (event instanceof TableTruncation truncation) {
            return SourceOffset.of(truncation);
        } else if (event instanceof EmittedMessage message) {
            return SourceOffset.of(message);
        } else if (event instanceof TransactionBegin begin) {
            return SourceOffset.of(begin);
        } else if (event instanceof TransactionEnd end) {
            return SourceOffset.of(end);
        } else if (event instanceof Progress progress) {
            return SourceOffset.of(progress, transaction);
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // The same object is the rule; comparing the columns is for the exception.
    private TableRecords table(TableSchema schema) {
        TableRecords known = tables.get(schema.relationOid());
        if (known == null || known.table() != schema && !known.table().equals(schema)) {
            known = new TableRecords(schema, settings, context, omissions);
            tables.put(schema.relationOid(), known);
        }
        return known;
    }

    @Override
    public void close() {
        if (heartbeats != null) {
            heartbeats.close();
        }
        SlotXmin xmin = context.slotXmin();
        if (xmin != null) {
            xmin.close();
        }
    }
}
