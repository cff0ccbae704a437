package dev.walbrook.connect.source.metrics;

import dev.walbrook.capture.Operation;
import dev.walbrook.capture.Transaction;
import dev.walbrook.connect.metrics.LagStatistics;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of one kind: the snapshot's, or the stream's.
 *
 * <p>{@code count…} belong to the task's thread and touch plain fields only; {@link #publish} adds them, once per batch, to what
 * every thread may read.
 */
final class EventMeter {

    /** What is counted apart. */
    enum Kind {
        CREATE(0),
        UPDATE(1),
        DELETE(2),
        READ(3),
        TRUNCATE(4),
        MESSAGE(5);

        /** Its place in an array of counts. */
        private final int place;

        Kind(int place) {
            this.place = place;
        }

        static Kind of(Operation operation) {
            return switch (operation) {
                case READ -> READ;
                case CREATE -> CREATE;
                case UPDATE -> UPDATE;
                case DELETE -> DELETE;
            };
        }
    }

    private static final int KINDS = Kind.values().length;

    /** How long the last word on the lag is believed. An idle task says twice a second that it is up to date. */
    private static final long FRESH_MILLIS = 3_000;

    /** A table's counts: those of this batch, and those published. */
    private static final class TableCounts {
        private final long[] batch = new long[KINDS];
        private final long[] published = new long[KINDS];
        private boolean inBatch;
    }

    /** The last event, to be written out only if somebody asks. */
    private record LastEvent(Lsn lsn, @Nullable Object key, long atMillis) {}

    // The task's thread alone.
    private final List<TableCounts> batchTables = new ArrayList<>();
    private final long[] batch = new long[KINDS];
    private final Map<TableId, TableCounts> tables = new HashMap<>();
    private @Nullable TableId lastTable;
    private @Nullable TableCounts lastCounts;
    private @Nullable Transaction transaction;
    private long batchTransactions;
    private long[] lagCommits = new long[16];
    private long[] lagCounts = new long[16];
    private int lags;

    // Guarded by this.
    private final Map<TableId, TableCounts> publishedTables = new HashMap<>();
    private final long[] published = new long[KINDS];
    private final LagStatistics lag = new LagStatistics();
    private long publishedTransactions;
    private @Nullable LastEvent last;
    private @Nullable Transaction lastTransaction;
    private long failed;
    private long failedBefore;
    private long unchanged;
    private long unchangedBefore;
    private long lastLagMillis = -1;
    private long upToDateAtMillis = -1;

    /** One record's event of a table. */
    void count(Kind kind, TableId table, Transaction committedWith) {
        TableCounts counts = lastCounts;
        if (counts == null || !table.equals(lastTable)) {
            counts = tables.computeIfAbsent(table, id -> new TableCounts());
            lastTable = table;
            lastCounts = counts;
        }
        if (!counts.inBatch) {
            counts.inBatch = true;
            batchTables.add(counts);
        }
        counts.batch[kind.place]++;
        count(kind, committedWith);
    }

    /** One record's event that belongs to no table. */
    @SuppressWarnings("ReferenceEquality") // Each transaction has one object.
    void count(Kind kind, Transaction committedWith) {
        batch[kind.place]++;
        if (transaction != committedWith) {
            if (transaction == null
                    || transaction.commitLsn().value()
                            != committedWith.commitLsn().value()) {
                batchTransactions++;
            }
            transaction = committedWith;
            addLag(committedWith.commitTimeMicros() / 1000);
        }
        lagCounts[Math.max(0, lags - 1)]++;
    }

    private void addLag(long commitMillis) {
        if (lags == lagCommits.length) {
            lagCommits = Arrays.copyOf(lagCommits, 2 * lags);
            lagCounts = Arrays.copyOf(lagCounts, 2 * lags);
        }
        lagCommits[lags] = commitMillis;
        lagCounts[lags] = 0;
        lags++;
    }

    /**
     * Ends a batch.
     *
     * @param lsn where the last event stands in the WAL
     * @param key the last record's key; null without one
     * @param nowMillis the wall clock's time
     */
    void publish(Lsn lsn, @Nullable Object key, long nowMillis) {
        if (Arrays.stream(batch).allMatch(count -> count == 0)) {
            return;
        }
        synchronized (this) {
            for (int i = 0; i < KINDS; i++) {
                published[i] += batch[i];
            }
            for (TableCounts counts : batchTables) {
                for (int i = 0; i < KINDS; i++) {
                    counts.published[i] += counts.batch[i];
                }
            }
            if (publishedTables.size() != tables.size()) {
                publishedTables.putAll(tables);
            }
            publishedTransactions += batchTransactions;
            for (int i = 0; i < lags; i++) {
                if (lagCounts[i] > 0) {
                    lastLagMillis = Math.max(0, nowMillis - lagCommits[i]);
                    lag.add(lastLagMillis, lagCounts[i]);
                }
            }
            last = new LastEvent(lsn, key, nowMillis);
            lastTransaction = transaction;
        }
        Arrays.fill(batch, 0);
        for (TableCounts counts : batchTables) {
            Arrays.fill(counts.batch, 0);
            counts.inBatch = false;
        }
        batchTables.clear();
        batchTransactions = 0;
        // The transaction may go on in the next batch, later.
        lags = 0;
        if (transaction != null) {
            addLag(transaction.commitTimeMicros() / 1000);
        }
    }

    /** How many changes no record was made of since the task began, by reason. */
    synchronized void omitted(long failedSoFar, long unchangedSoFar) {
        failed = failedSoFar;
        unchanged = unchangedSoFar;
    }

    synchronized long unchanged() {
        return unchanged - unchangedBefore;
    }

    /** Everything there is has been handed to Kafka Connect. */
    synchronized void upToDate(long nowMillis) {
        upToDateAtMillis = nowMillis;
    }

    synchronized void reset() {
        Arrays.fill(published, 0);
        publishedTables.values().forEach(counts -> Arrays.fill(counts.published, 0));
        publishedTransactions = 0;
        failedBefore = failed;
        unchangedBefore = unchanged;
        last = null;
        lastTransaction = null;
        resetLag();
    }

    synchronized void resetLag() {
        lag.reset();
        lastLagMillis = -1;
    }

    synchronized long total() {
        return Arrays.stream(published).sum();
    }

    synchronized long total(Kind kind) {
        return published[kind.place];
    }

    /** By table as {@code schema.table}; tables without such an event are left out. */
    synchronized Map<String, Long> byTable(Kind kind) {
        Map<String, Long> counts = new TreeMap<>();
        publishedTables.forEach((table, of) -> {
            if (of.published[kind.place] > 0) {
                counts.put(table.toString(), of.published[kind.place]);
            }
        });
        return counts;
    }

    synchronized long erroneous() {
        return failed - failedBefore;
    }

    synchronized long transactions() {
        return publishedTransactions;
    }

    synchronized @Nullable Transaction lastTransaction() {
        return lastTransaction;
    }

    /** Null without an event. */
    synchronized @Nullable Lsn lastLsn() {
        return last == null ? null : last.lsn();
    }

    /** As Debezium writes it: position and key, no other value of the row. Null without an event. */
    @Nullable
    String lastEvent() {
        LastEvent event;
        synchronized (this) {
            event = last;
        }
        if (event == null) {
            return null;
        }
        String position = "position: {lsn: " + event.lsn().value() + "}";
        return event.key() == null ? position : position + ", key: " + KeyText.of(event.key());
    }

    /** -1 without an event. */
    synchronized long millisSinceLastEvent(long nowMillis) {
        return last == null ? -1 : Math.max(0, nowMillis - last.atMillis());
    }

    /**
     * How far Kafka Connect is behind the database: the last event's lag as long as events come, 0 once there is nothing more,
     * and growing while neither is heard of.
     *
     * @return in milliseconds; -1 if nothing is known yet
     */
    synchronized long millisBehind(long nowMillis) {
        LastEvent event = last;
        long eventAt = event == null ? -1 : event.atMillis();
        if (eventAt < 0 && upToDateAtMillis < 0) {
            return -1;
        }
        long freshUntil = Math.max(eventAt, upToDateAtMillis) + FRESH_MILLIS;
        if (upToDateAtMillis >= eventAt) {
            return nowMillis <= freshUntil ? 0 : nowMillis - upToDateAtMillis;
        }
        Transaction newest = lastTransaction;
        return nowMillis <= freshUntil || newest == null
                ? Math.max(0, lastLagMillis)
                : Math.max(0, nowMillis - newest.commitTimeMicros() / 1000);
    }

    /** A figure of the lags since the last reset. */
    synchronized <T> @Nullable T lag(Function<LagStatistics, @Nullable T> figure) {
        return figure.apply(lag);
    }
}
