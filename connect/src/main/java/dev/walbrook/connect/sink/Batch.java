package dev.walbrook.connect.sink;

import dev.walbrook.connect.sink.record.RowChange;
import dev.walbrook.connect.sink.write.ReadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The records that will be written together. It is due when it is large, when its first record has waited long enough, or
 * when there is nothing more to read: busy topics make large batches, and quiet ones wait for nothing.
 */
final class Batch {

    /** What the values may take, roughly; a batch of large documents is written early. */
    private static final long MAX_BYTES = 4L << 20;

    private final int maxRecords;
    private final long lingerNanos;
    private final List<ReadRecord> records = new ArrayList<>();
    private int seen;
    private long bytes;
    private long firstAt;
    private boolean overdue;

    /** @param lingerMs how long a record may wait for others, in milliseconds */
    Batch(int maxRecords, long lingerMs) {
        this.maxRecords = maxRecords;
        this.lingerNanos = lingerMs * 1_000_000;
    }

    /** @param change what the record wants; null if nothing, so that only its offset counts */
    void add(@Nullable ReadRecord change, long now) {
        if (seen++ == 0) {
            firstAt = now;
        }
        if (change != null) {
            records.add(change);
            bytes += size(change.change());
        }
    }

    /** In the order in which they were read. Whoever writes them may take out what cannot be written. */
    List<ReadRecord> records() {
        return records;
    }

    /** The records, which are no longer in the batch. */
    List<ReadRecord> take() {
        List<ReadRecord> taken = new ArrayList<>(records);
        clear();
        return taken;
    }

    /** Puts records before those that are in the batch, which is then due. */
    void putBack(List<ReadRecord> earlier) {
        records.addAll(0, earlier);
        seen += earlier.size();
        overdue = true;
    }

    void removeIf(Predicate<ReadRecord> gone) {
        records.removeIf(gone);
    }

    /** How many records it has, those that want nothing included. */
    int size() {
        return seen;
    }

    boolean isEmpty() {
        return seen == 0 && !overdue;
    }

    /**
     * Whether it is to be written.
     *
     * @param nothingMore whether the topics have nothing more to read for now
     */
    boolean isDue(boolean nothingMore, long now) {
        return overdue
                || seen > 0
                        && (nothingMore || seen >= maxRecords || bytes >= MAX_BYTES || now - firstAt >= lingerNanos);
    }

    /** Whether its records need not be written before Connect delivers more. */
    boolean mayWait() {
        return lingerNanos > 0 && !overdue;
    }

    /** How long the first record may still wait, in milliseconds, at least one. */
    long waitMs(long now) {
        return Math.max(1, (firstAt + lingerNanos - now) / 1_000_000);
    }

    void clear() {
        records.clear();
        seen = 0;
        bytes = 0;
        overdue = false;
    }

    /** What a change's values take, roughly, in bytes. */
    static long size(RowChange change) {
        if (change instanceof RowChange.Put put) {
            return put.after().size();
        }
        return change instanceof RowChange.Delete delete ? delete.row().size() : 0;
    }
}
