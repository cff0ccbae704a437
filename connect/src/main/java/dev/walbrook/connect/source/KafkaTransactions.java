package dev.walbrook.connect.source;

import dev.walbrook.capture.CaptureEvent;
import dev.walbrook.capture.Progress;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.SnapshotAbandoned;
import dev.walbrook.capture.SnapshotMarker;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.TransactionContext;

/**
 * Decides where Kafka transactions end when the connector does ({@code transaction.boundary=connector} on a worker with
 * exactly-once source support): where PostgreSQL's transactions end. What one poll brings shares one Kafka transaction as far
 * as whole transactions reach, and a snapshot is one. A transaction that takes longer to write than a limit is split: Kafka
 * aborts transactions that stay open, and a restart from the middle is exact too; only readers see it in parts.
 *
 * <p>Called by the thread that polls: {@link #polled} first, {@link #endsBatch} for each event, {@link #returning} at the end.
 */
final class KafkaTransactions {

    private final TransactionContext context;
    private final long limitNanos;
    /** Whether records were returned after the last boundary. */
    private boolean open;

    private long openedAt;
    private boolean inSnapshot;
    private boolean boundary;
    private int recordsBeforeBoundary;
    private boolean abandoned;
    private List<SourceRecord> previous = List.of();

    /** @param limit how long a transaction may stay open before it is split */
    KafkaTransactions(TransactionContext context, Duration limit) {
        this.context = context;
        this.limitNanos = limit.toNanos();
    }

    /** Connect polls again, so it has sent the last batch. */
    void polled() {
        for (SourceRecord record : previous) {
            if (record instanceof CapturedRecord captured) {
                captured.release();
            }
        }
        previous = List.of();
    }

    /**
     * An event was made into records.
     *
     * @param records the batch so far
     * @return whether the batch must be returned as it is, because a Kafka transaction ends here and Connect can end one
     *     only after a record or after a batch
     */
    boolean endsBatch(CaptureEvent event, List<SourceRecord> records) {
        if (event instanceof Progress) {
            boundary = true;
            recordsBeforeBoundary = records.size();
            inSnapshot = false;
            return open && records.isEmpty();
        }
        if (event instanceof RowChange change) {
            inSnapshot = change.marker() != SnapshotMarker.NONE;
        } else if (event instanceof SnapshotAbandoned) {
            abandoned = open || !records.isEmpty();
            return abandoned;
        }
        return false;
    }

    /** The batch, possibly empty, is about to be returned. */
    void returning(List<SourceRecord> batch) {
        previous = batch;
        long now = System.nanoTime();
        int whole = boundary ? recordsBeforeBoundary : 0;
        boolean partFollows = batch.size() > whole;
        if (abandoned) {
            context.abortTransaction();
            open = false;
        } else if (boundary && !partFollows) {
            if (open || !batch.isEmpty()) {
                context.commitTransaction();
            }
            open = false;
        } else {
            if (boundary && whole > 0) {
                context.commitTransaction(batch.get(whole - 1));
                open = false;
            }
            if (partFollows && !open) {
                open = true;
                openedAt = now;
            }
            if (open && !inSnapshot && now - openedAt >= limitNanos) {
                context.commitTransaction();
                open = false;
            }
        }
        boundary = false;
        abandoned = false;
    }
}
