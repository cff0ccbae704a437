package dev.walbrook.connect.sink;

import dev.walbrook.connect.sink.delivery.ErrantRecords;
import dev.walbrook.connect.sink.delivery.OffsetStore;
import dev.walbrook.connect.sink.delivery.OffsetsTable;
import dev.walbrook.connect.sink.delivery.Ownership;
import dev.walbrook.connect.sink.delivery.Progress;
import dev.walbrook.connect.sink.metrics.SinkMetrics;
import dev.walbrook.connect.sink.record.RecordReader;
import dev.walbrook.connect.sink.record.RowChange;
import dev.walbrook.connect.sink.session.TargetSession;
import dev.walbrook.connect.sink.write.ReadRecord;
import dev.walbrook.connect.sink.write.SinkWriter;
import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a task's records into batches and has each written in one transaction. For the task's thread.
 *
 * <p>While there is more to read, a batch is written in the background and the next is gathered meanwhile. A batch that
 * could not be written that way is put back before the one that is being gathered, and both are written here, which tells
 * what the matter is.
 *
 * <p>After an outage the batch stays in hand: Connect delivers the same records again, which are recognised, and the batch
 * is tried once more.
 */
final class Applier implements RecordSink {

    /** How soon to see what became of a batch when there is nothing to read, in milliseconds. */
    private static final long LOOK_AGAIN_MS = 20;

    private final SinkTaskContext context;
    private final RecordReader reader;
    private final ErrantRecords errant;
    private final Progress progress;
    private final SinkMetrics metrics;
    private final TargetSession session;
    private final @Nullable Ownership ownership;
    private final SinkWriter writer;
    private final BackgroundWriter background;
    private final Batch batch;
    private @Nullable TopicPartition latest;

    Applier(SinkConfig config, SinkTaskContext context, SinkMetrics metrics) {
        this.metrics = metrics;
        this.context = context;
        this.reader = new RecordReader(config.reader());
        this.errant = new ErrantRecords(config.tolerant(), context.errantRecordReporter(), metrics::setAside);
        this.progress = new Progress(config.verifiesTopics());
        this.session = new TargetSession(config.session());
        this.ownership = config.offsets() == null
                ? null
                : new Ownership(new OffsetsTable(config.offsets(), config.consumerGroup()), session, progress);
        this.writer = new SinkWriter(config.writer(), session, errant, metrics);
        this.background = new BackgroundWriter(writer, "walbrook-sink-" + config.connector() + "-" + config.task());
        this.batch = new Batch(config.batchSize(), config.lingerMs());
    }

    /** Sends the consumer where the target says; an outage only postpones that. */
    @Override
    public void open(Collection<TopicPartition> partitions) {
        settle();
        progress.open(partitions);
        if (ownership != null) {
            goTo(ownership.claimEarly());
        }
    }

    /** Takes over what could not be taken over before. */
    private void claim() {
        if (ownership != null && !progress.unclaimed().isEmpty()) {
            settle();
            goTo(ownership.claim(true));
        }
    }

    private void goTo(Map<TopicPartition, Long> places) {
        if (!places.isEmpty()) {
            context.offset(places);
        }
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        settle();
        Set<TopicPartition> gone = new HashSet<>(partitions);
        batch.removeIf(record -> gone.contains(partition(record.record())));
        progress.close(partitions);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        try {
            if (background.isDone() || records.isEmpty()) {
                settle();
            }
            claim();
            long now = System.nanoTime();
            for (SinkRecord record : records) {
                if (progress.take(partition(record), record.originalKafkaOffset(), record.timestamp())) {
                    batch.add(read(record), now);
                }
            }
            boolean nothingMore = records.isEmpty();
            if (!batch.isDue(nothingMore, now)) {
                waitForMore(now);
            } else if (nothingMore || !batch.mayWait()) {
                write();
            } else {
                handOver();
            }
        } catch (WalbrookException e) {
            if (e.kind().directive() == Directive.RETRY) {
                progress.expectRedelivery();
            } else {
                batch.clear();
                progress.abandoned();
            }
            throw e;
        }
        metrics.holds(batch.size());
        progress.delivered();
    }

    private @Nullable ReadRecord read(SinkRecord record) {
        try {
            RowChange change = reader.read(record);
            if (change == null) {
                metrics.filtered();
                return null;
            }
            return new ReadRecord(record, change);
        } catch (WalbrookException e) {
            errant.report(record, e);
            return null;
        }
    }

    private void waitForMore(long now) {
        if (background.isBusy()) {
            context.timeout(LOOK_AGAIN_MS);
        } else if (!batch.isEmpty()) {
            context.timeout(batch.waitMs(now));
        }
    }

    /** Waits for the batch that is being written, if one is. */
    private void settle() {
        BackgroundWriter.Settled settled = background.settle();
        if (settled == null) {
            return;
        }
        if (settled.written()) {
            progress.written(settled.advances());
        } else {
            batch.putBack(settled.records());
        }
    }

    /** Has the batch written while the next is gathered. */
    private void handOver() {
        settle();
        if (!batch.mayWait()) {
            write();
            return;
        }
        batch.removeIf(record -> progress.isDone(partition(record.record())));
        List<OffsetsTable.Advance> advances = progress.handOver();
        OffsetStore offsets = ownership == null ? OffsetStore.NONE : ownership.storing(advances);
        background.start(batch.take(), advances, offsets);
        context.timeout(LOOK_AGAIN_MS);
    }

    private void write() {
        settle();
        OffsetStore offsets = ownership == null ? OffsetStore.NONE : ownership;
        while (!progress.advances().isEmpty()) {
            batch.removeIf(record -> progress.isDone(partition(record.record())));
            if ((batch.records().isEmpty() && ownership == null) || writer.write(batch.records(), offsets)) {
                progress.written();
            }
        }
        batch.clear();
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> consumed) {
        settle();
        return progress.committable(consumed);
    }

    /** Where Connect's consumer read it, whatever transforms made of it. Neighbours mostly are of the same partition. */
    private TopicPartition partition(SinkRecord record) {
        TopicPartition known = latest;
        if (known != null
                && known.partition() == record.originalKafkaPartition()
                && known.topic().equals(record.originalTopic())) {
            return known;
        }
        TopicPartition other = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        latest = other;
        return other;
    }

    @Override
    public void close() {
        background.close();
        session.close();
    }
}
