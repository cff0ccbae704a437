package dev.walbrook.connect.sink.metrics;

import dev.walbrook.connect.metrics.LagStatistics;
import dev.walbrook.connect.metrics.Registration;
import dev.walbrook.connect.sink.record.RowChange;
import dev.walbrook.connect.sink.write.BatchObserver;
import dev.walbrook.connect.sink.write.ReadRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Counts what one task does, and shows it as MBeans from construction to {@link #close}. For any thread. */
public final class SinkMetrics implements SinkMetricsMXBean, BatchObserver, AutoCloseable {

    private final boolean byTable;
    private final LagStatistics latency = new LagStatistics();
    private final Map<String, Long> writesByTable = new HashMap<>();
    private final Map<String, Long> deletesByTable = new HashMap<>();
    private final List<Registration> registrations;
    private long writes;
    private long deletes;
    private long truncates;
    private long batches;
    private long lastBatch;
    private long lastBatchAt = -1;
    private long statementNanos;
    private long commitNanos;
    private @Nullable Long lastLatency;
    private long retries;
    private long setAside;
    private long filtered;
    private long held;
    private long created;
    private long altered;

    /**
     * Registers the MBeans.
     *
     * @param tags further keys of their names, in order
     * @param byTable whether changes are counted by table, too
     */
    public SinkMetrics(String connector, int task, Map<String, String> tags, boolean byTable) {
        this.byTable = byTable;
        Map<String, String> debezium = new LinkedHashMap<>();
        debezium.put("type", "connector-metrics");
        debezium.put("context", "sink");
        debezium.put("server", connector);
        debezium.put("task", Integer.toString(task));
        Map<String, String> own = new LinkedHashMap<>();
        own.put("type", "sink-metrics");
        own.put("connector", connector);
        own.put("task", Integer.toString(task));
        tags.forEach((key, value) -> {
            debezium.putIfAbsent(key, value);
            own.putIfAbsent(key, value);
        });
        this.registrations = List.of(
                Registration.of("debezium.jdbc", debezium, new DebeziumView()),
                Registration.of("walbrook.postgres", own, this));
    }

    @Override
    public synchronized void committed(List<ReadRecord> batch, long statements, long commit) {
        long now = System.currentTimeMillis();
        for (ReadRecord record : batch) {
            count(record.change());
        }
        measure(batch, now);
        batches++;
        lastBatch = batch.size();
        lastBatchAt = now;
        statementNanos += statements;
        commitNanos += commit;
    }

    private void count(RowChange change) {
        if (change instanceof RowChange.Put) {
            writes++;
            if (byTable) {
                writesByTable.merge(change.table().toString(), 1L, Long::sum);
            }
        } else if (change instanceof RowChange.Delete delete && !delete.tombstone()) {
            deletes++;
            if (byTable) {
                deletesByTable.merge(change.table().toString(), 1L, Long::sum);
            }
        } else if (change instanceof RowChange.Truncate) {
            truncates++;
        }
    }

    private void measure(List<ReadRecord> batch, long now) {
        long committedAt = -1;
        long times = 0;
        for (ReadRecord record : batch) {
            long at = committedAt(record.record());
            if (at != committedAt && times > 0) {
                latency.add(now - committedAt, times);
                times = 0;
            }
            committedAt = at;
            if (at >= 0) {
                times++;
                lastLatency = Math.max(0, now - at);
            }
        }
        if (times > 0) {
            latency.add(now - committedAt, times);
        }
    }

    /** When the change was committed at the source, in milliseconds since 1970; -1 if the record does not say. */
    private static long committedAt(SinkRecord record) {
        if (!(record.value() instanceof Struct value)) {
            return -1;
        }
        Field op = value.schema().field("op");
        Field source = value.schema().field("source");
        // A snapshot's rows were committed at any time before it.
        if (op == null || source == null || source.schema().type() != Schema.Type.STRUCT || "r".equals(value.get(op))) {
            return -1;
        }
        Field time = source.schema().field("ts_ms");
        Object millis = time == null ? null : value.getStruct("source").get(time);
        return millis instanceof Long known ? known : -1;
    }

    @Override
    public synchronized void evolved(int made, int changed) {
        created += made;
        altered += changed;
    }

    /** A record was set aside. */
    public synchronized void setAside() {
        setAside++;
    }

    /** A record wants nothing done. */
    public synchronized void filtered() {
        filtered++;
    }

    /** What was not written will be delivered again. */
    public synchronized void retried() {
        retries++;
    }

    /** So many records are in hand. */
    public synchronized void holds(int records) {
        held = records;
    }

    @Override
    public synchronized void reset() {
        writes = 0;
        deletes = 0;
        truncates = 0;
        batches = 0;
        lastBatch = 0;
        lastBatchAt = -1;
        statementNanos = 0;
        commitNanos = 0;
        lastLatency = null;
        latency.reset();
        retries = 0;
        setAside = 0;
        filtered = 0;
        created = 0;
        altered = 0;
        writesByTable.clear();
        deletesByTable.clear();
    }

    @Override
    public synchronized long getRows() {
        return writes + deletes + truncates;
    }

    @Override
    public synchronized long getBatches() {
        return batches;
    }

    @Override
    public synchronized long getLastBatchRows() {
        return lastBatch;
    }

    @Override
    public synchronized long getStatementMilliSeconds() {
        return TimeUnit.NANOSECONDS.toMillis(statementNanos);
    }

    @Override
    public synchronized long getCommitMilliSeconds() {
        return TimeUnit.NANOSECONDS.toMillis(commitNanos);
    }

    @Override
    public synchronized @Nullable Long getLatencyMilliSeconds() {
        return lastLatency;
    }

    @Override
    public synchronized @Nullable Long getMinLatencyMilliSeconds() {
        return latency.min();
    }

    @Override
    public synchronized @Nullable Long getMaxLatencyMilliSeconds() {
        return latency.max();
    }

    @Override
    public synchronized @Nullable Double getAverageLatencyMilliSeconds() {
        return latency.average();
    }

    @Override
    public synchronized @Nullable Double getP50LatencyMilliSeconds() {
        return latency.quantile(0.5);
    }

    @Override
    public synchronized @Nullable Double getP95LatencyMilliSeconds() {
        return latency.quantile(0.95);
    }

    @Override
    public synchronized @Nullable Double getP99LatencyMilliSeconds() {
        return latency.quantile(0.99);
    }

    @Override
    public synchronized long getMilliSecondsSinceLastBatch() {
        return lastBatchAt < 0 ? -1 : System.currentTimeMillis() - lastBatchAt;
    }

    @Override
    public synchronized long getRetries() {
        return retries;
    }

    @Override
    public synchronized long getDeadLetters() {
        return setAside;
    }

    @Override
    public synchronized long getHeldRecords() {
        return held;
    }

    @Override
    public synchronized Map<String, Long> getWritesByTable() {
        return new TreeMap<>(writesByTable);
    }

    @Override
    public synchronized Map<String, Long> getDeletesByTable() {
        return new TreeMap<>(deletesByTable);
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }

    /** One object cannot be two MXBeans. */
    private final class DebeziumView implements DebeziumSinkMXBean {

        @Override
        public long getTotalNumberOfWrites() {
            synchronized (SinkMetrics.this) {
                return writes;
            }
        }

        @Override
        public long getTotalNumberOfDeletes() {
            synchronized (SinkMetrics.this) {
                return deletes;
            }
        }

        @Override
        public long getTotalNumberOfTruncates() {
            synchronized (SinkMetrics.this) {
                return truncates;
            }
        }

        @Override
        public long getTotalNumberOfFilteredEvents() {
            synchronized (SinkMetrics.this) {
                return filtered;
            }
        }

        @Override
        public long getTotalNumberOfErrantRecords() {
            synchronized (SinkMetrics.this) {
                return setAside;
            }
        }

        @Override
        public long getTotalNumberOfTablesCreated() {
            synchronized (SinkMetrics.this) {
                return created;
            }
        }

        @Override
        public long getTotalNumberOfTablesAltered() {
            synchronized (SinkMetrics.this) {
                return altered;
            }
        }
    }
}
