package dev.walbrook.connect.sink;

import dev.walbrook.connect.sink.delivery.ErrantRecords;
import dev.walbrook.connect.sink.delivery.OffsetsTable;
import dev.walbrook.connect.sink.delivery.Ownership;
import dev.walbrook.connect.sink.delivery.Progress;
import dev.walbrook.connect.sink.metrics.SinkMetrics;
import dev.walbrook.connect.sink.record.RecordReader;
import dev.walbrook.connect.sink.record.RowChange;
import dev.walbrook.connect.sink.session.TargetSession;
import dev.walbrook.connect.sink.transaction.Mark;
import dev.walbrook.connect.sink.transaction.Marks;
import dev.walbrook.connect.sink.transaction.TransactionBuffer;
import dev.walbrook.connect.sink.write.ReadRecord;
import dev.walbrook.connect.sink.write.SinkWriter;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the source's transactions, each whole and in the order of their commits; several small ones in one transaction of
 * the target. For the task's thread.
 *
 * <p>After a failure nothing stays in hand: the target is asked how far it came, and the consumer sent back there.
 */
final class TransactionApplier implements RecordSink {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionApplier.class);

    /** What a record takes beside its values. */
    private static final long RECORD_BYTES = 1_000;

    /** How long nothing may be written although there is something, before the log says why. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SinkConfig config;
    private final SinkTaskContext context;
    private final RecordReader reader;
    private final ErrantRecords errant;
    private final Progress progress;
    private final SinkMetrics metrics;
    private final TargetSession session;
    private final Ownership ownership;
    private final SinkWriter writer;
    private final TransactionBuffer buffer;
    private final Set<TopicPartition> paused = new HashSet<>();
    /** Connect pauses them again when they come back. */
    private final Set<TopicPartition> closedWhilePaused = new HashSet<>();

    private long firstAt;
    private int seen;
    private long writtenAt = System.nanoTime();

    TransactionApplier(SinkConfig config, SinkTaskContext context, SinkMetrics metrics) {
        this.metrics = metrics;
        this.config = config;
        this.context = context;
        this.reader = new RecordReader(config.reader());
        this.errant = new ErrantRecords(config.tolerant(), context.errantRecordReporter(), metrics::setAside);
        this.progress = new Progress(config.verifiesTopics());
        this.session = new TargetSession(config.session());
        this.ownership = new Ownership(
                new OffsetsTable(Objects.requireNonNull(config.offsets()), config.consumerGroup()), session, progress);
        this.writer = new SinkWriter(config.writer(), session, errant, metrics);
        this.buffer = new TransactionBuffer(config.subscription());
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        progress.open(partitions);
        Set<TopicPartition> back = new HashSet<>(closedWhilePaused);
        back.retainAll(partitions);
        closedWhilePaused.removeAll(back);
        resume(back);
        goTo(ownership.claimEarly());
    }

    private void goTo(Map<TopicPartition, Long> places) {
        if (!places.isEmpty()) {
            context.offset(places);
        }
    }

    /** What the partition brought of a transaction is missing from now on, so that all partitions have to begin anew. */
    @Override
    public void close(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            if (paused.remove(partition)) {
                closedWhilePaused.add(partition);
            }
        }
        abandon();
        progress.close(partitions);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        boolean done = false;
        try {
            goTo(ownership.claim(true));
            goTo(ownership.goBack());
            long now = System.nanoTime();
            for (SinkRecord record : records) {
                take(record, now);
            }
            boolean due =
                    seen >= config.batchSize() || now - firstAt >= TimeUnit.MILLISECONDS.toNanos(config.lingerMs());
            if (seen > 0 && (due || records.isEmpty())) {
                write();
                seen = 0;
            } else if (seen > 0) {
                context.timeout(config.lingerMs());
            }
            pauseAndResume();
            explainWaiting();
            metrics.holds(buffer.records());
            done = true;
        } finally {
            if (!done) {
                abandon();
            }
        }
        progress.delivered();
    }

    private void take(SinkRecord record, long now) {
        TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        long offset = record.originalKafkaOffset();
        Long before = progress.timestamp(partition);
        boolean looksBack = progress.verifies(partition, offset);
        boolean taken = progress.take(partition, offset, record.timestamp());
        if (!taken && !looksBack) {
            return;
        }
        Mark mark = Marks.of(record);
        if (!taken) {
            if (mark instanceof Mark.End end) {
                buffer.startAfter(end);
            }
            return;
        }
        if (seen++ == 0) {
            firstAt = now;
        }
        // A tombstone says once more what the delete before it said.
        boolean mayBeRow = record.value() != null && (mark instanceof Mark.Event || mark instanceof Mark.Outside);
        RowChange change = mayBeRow ? reader.read(record) : null;
        if (change == null && mark instanceof Mark.Event) {
            metrics.filtered();
        }
        ReadRecord read = change == null ? null : new ReadRecord(record, change);
        long size = RECORD_BYTES + (change == null ? 0 : 2 * Batch.size(change));
        buffer.add(partition, new Progress.Hold(offset, before), mark, read, size);
    }

    private void write() {
        while (true) {
            List<List<ReadRecord>> ready = buffer.ready(config.batchSize());
            progress.hold(buffer.holds());
            if (ready.isEmpty() && progress.advances().isEmpty()) {
                return;
            }
            List<ReadRecord> batch = new ArrayList<>();
            for (List<ReadRecord> whole : ready) {
                for (ReadRecord record : whole) {
                    batch.add(new ReadRecord(record.record(), record.change(), whole));
                }
            }
            if (!writer.write(batch, ownership)) {
                // Another task has a partition of ours: what is here cannot be completed any more.
                abandon();
                return;
            }
            progress.written();
            buffer.written();
            writtenAt = System.nanoTime();
        }
    }

    /** Reads no further where the next transaction is there, so that what comes after it does not fill the heap. */
    private void pauseAndResume() {
        long limit = config.transactionBufferBytes();
        if (buffer.largest() > limit) {
            throw new WalbrookException(
                    ErrorKind.CONFIGURATION,
                    "apply.mode=transaction holds a transaction until it is complete, and one is larger than "
                            + SinkProperties.TRANSACTION_BUFFER + " allows (" + limit
                            + " bytes); raise it, and the worker's heap with it: " + buffer.waitsFor(),
                    Map.of());
        }
        if (buffer.bytes() > limit / 2) {
            for (TopicPartition partition : buffer.ahead()) {
                if (paused.add(partition)) {
                    context.pause(partition);
                }
            }
        } else {
            resume(paused);
            paused.clear();
        }
    }

    private void resume(Set<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            context.resume(partitions.toArray(TopicPartition[]::new));
        }
    }

    private void explainWaiting() {
        String reason = buffer.waitsFor();
        long now = System.nanoTime();
        if (reason == null) {
            writtenAt = now;
        } else if (now - writtenAt > PATIENCE_NANOS) {
            writtenAt = now;
            LOG.warn("connector={} task={} waits: {}", config.connector(), config.task(), reason);
        }
    }

    private void abandon() {
        buffer.clear();
        progress.interrupted();
        seen = 0;
        resume(paused);
        paused.clear();
    }

    /** What Connect has consumed is mostly held here, so that only what the target has is told. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> consumed) {
        return progress.committable(Map.of());
    }

    @Override
    public void close() {
        session.close();
    }
}
