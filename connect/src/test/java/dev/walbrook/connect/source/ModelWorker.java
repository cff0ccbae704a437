package dev.walbrook.connect.source;

import dev.walbrook.capture.FailPoints;
import dev.walbrook.capture.FailPoints.Killed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * What a Connect worker and Kafka do with a source task, without either: records are sent, acknowledged in any order, offsets
 * of the acknowledged prefix stored now and then (at least once), or records and offset committed together (exactly once).
 * What is durable here survives the task: the log of a reader who sees committed records only, and the stored offset.
 */
final class ModelWorker {

    /** How delivery is promised. */
    enum Delivery {
        AT_LEAST_ONCE,
        /** {@code transaction.boundary=connector} */
        EXACTLY_ONCE,
        /** {@code transaction.boundary=poll} */
        EXACTLY_ONCE_BY_POLL
    }

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Map<String, String> properties;
    private final Delivery delivery;
    private final double flushProbability;
    private final Random random;
    private final List<Line> log = new ArrayList<>();
    private @Nullable Map<String, Object> stored;
    private int resumeAt;
    private int acknowledgedPrefix;
    private int runStart;
    private long deadline;

    /** @param flushProbability how likely offsets are stored after each acknowledgement */
    ModelWorker(Map<String, String> properties, Delivery delivery, double flushProbability, Random random) {
        this.properties = properties;
        this.delivery = delivery;
        this.flushProbability = flushProbability;
        this.random = random;
    }

    /** What a reader sees of all runs, in order. */
    List<Line> log() {
        return log;
    }

    /** What the last run added to the log. */
    List<Line> lastRun() {
        return log.subList(runStart, log.size());
    }

    /** How many of the last run's lines are before the stored offset: the next run begins with the line after them. */
    int storedOfLastRun() {
        return resumeAt;
    }

    /** How many of the last run's lines were acknowledged without a gap, stored or not. */
    int acknowledgedOfLastRun() {
        return acknowledgedPrefix;
    }

    @Nullable
    Map<String, Object> stored() {
        return stored;
    }

    /**
     * Runs the task until the log satisfies the condition or the task is killed.
     *
     * @return whether it was killed
     */
    boolean run(FailPoints failPoints, Predicate<List<Line>> done) throws InterruptedException {
        PostgresSourceTask task = new PostgresSourceTask();
        Context context = new Context();
        task.initialize(context);
        runStart = log.size();
        resumeAt = 0;
        acknowledgedPrefix = 0;
        deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            task.start(properties);
            if (delivery == Delivery.AT_LEAST_ONCE) {
                atLeastOnce(task, failPoints, done);
            } else {
                exactlyOnce(task, context, failPoints, done);
            }
        } catch (Killed e) {
            // The next run begins with what is durable.
        } finally {
            if (failPoints.killed()) {
                failPoints.kill();
            }
            task.stop();
        }
        return failPoints.killed();
    }

    private boolean goesOn(FailPoints failPoints, Predicate<List<Line>> done) {
        if (System.nanoTime() > deadline) {
            throw new AssertionError("Nothing more came after " + lastRun().size() + " lines of this run, stored "
                    + stored + ", last " + (log.isEmpty() ? "none" : log.get(log.size() - 1)));
        }
        return !failPoints.killed() && !done.test(log);
    }

    private void atLeastOnce(PostgresSourceTask task, FailPoints failPoints, Predicate<List<Line>> done)
            throws InterruptedException {
        List<SourceRecord> sent = new ArrayList<>();
        Set<SourceRecord> acknowledged = Collections.newSetFromMap(new IdentityHashMap<>());
        List<SourceRecord> waiting = new ArrayList<>();
        while (goesOn(failPoints, done)) {
            List<SourceRecord> batch = task.poll();
            if (batch != null) {
                for (SourceRecord record : batch) {
                    log.add(Line.of(record));
                    sent.add(record);
                    waiting.add(record);
                }
            }
            int keep = random.nextInt(1 + waiting.size() / 3);
            while (waiting.size() > keep) {
                // Acknowledgements of different topics come in any order, but near to that of sending.
                SourceRecord record = waiting.remove(random.nextInt(Math.min(waiting.size(), 8)));
                acknowledged.add(record);
                while (acknowledgedPrefix < sent.size() && acknowledged.contains(sent.get(acknowledgedPrefix))) {
                    acknowledgedPrefix++;
                }
                task.commitRecord(record, null);
                if (random.nextDouble() < flushProbability) {
                    flush(task, sent);
                }
            }
            if (batch == null) {
                // The interval of offset flushes passes while nothing is to be done, too.
                flush(task, sent);
            }
        }
    }

    private void flush(PostgresSourceTask task, List<SourceRecord> sent) throws InterruptedException {
        int committable = acknowledgedPrefix;
        if (committable > 0) {
            stored = serialized(sent.get(committable - 1));
            resumeAt = committable;
            // A change of which not all records are stored comes again as a whole.
            while (resumeAt < sent.size() && lastRun().get(resumeAt).continuesChange() && resumeAt > 0) {
                resumeAt--;
            }
        }
        task.commit();
    }

    private void exactlyOnce(
            PostgresSourceTask task, Context context, FailPoints failPoints, Predicate<List<Line>> done)
            throws InterruptedException {
        List<SourceRecord> open = new ArrayList<>();
        List<Line> openLines = new ArrayList<>();
        while (goesOn(failPoints, done)) {
            List<SourceRecord> batch = task.poll();
            for (SourceRecord record : batch == null ? List.<SourceRecord>of() : batch) {
                open.add(record);
                openLines.add(Line.of(record));
                if (context.commitAfter.remove(record)) {
                    commit(task, open, openLines);
                }
            }
            if (context.abort) {
                context.abort = false;
                open.clear();
                openLines.clear();
            }
            if (context.commit || delivery == Delivery.EXACTLY_ONCE_BY_POLL) {
                context.commit = false;
                commit(task, open, openLines);
            }
        }
    }

    private void commit(PostgresSourceTask task, List<SourceRecord> open, List<Line> openLines)
            throws InterruptedException {
        if (!open.isEmpty()) {
            log.addAll(openLines);
            stored = serialized(open.get(open.size() - 1));
        }
        List<SourceRecord> committed = new ArrayList<>(open);
        open.clear();
        openLines.clear();
        for (SourceRecord record : committed) {
            task.commitRecord(record, null);
        }
        task.commit();
    }

    private static Map<String, Object> serialized(SourceRecord record) {
        return new HashMap<>(record.sourceOffset());
    }

    /** The worker as the task sees it. */
    private final class Context implements SourceTaskContext, OffsetStorageReader, TransactionContext {

        private final Set<SourceRecord> commitAfter = Collections.newSetFromMap(new IdentityHashMap<>());
        private boolean commit;
        private boolean abort;

        @Override
        public Map<String, String> configs() {
            return properties;
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public @Nullable TransactionContext transactionContext() {
            return delivery == Delivery.EXACTLY_ONCE ? this : null;
        }

        @Override
        @SuppressWarnings("NullAway") // A worker older than 4.1 has none either.
        public PluginMetrics pluginMetrics() {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway") // Null means that nothing was stored.
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return stored;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void commitTransaction() {
            commit = true;
        }

        @Override
        public void commitTransaction(SourceRecord record) {
            commitAfter.add(record);
        }

        @Override
        public void abortTransaction() {
            abort = true;
        }

        @Override
        public void abortTransaction(SourceRecord record) {
            throw new UnsupportedOperationException();
        }
    }
}
