package dev.walbrook.connect.sink;

import dev.walbrook.postgres.error.WalbrookException;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** What a task does with its partitions and records. For the task's thread. */
sealed interface RecordSink extends AutoCloseable permits Applier, TransactionApplier {

    /** Sends the consumer where the target says; an outage only postpones that. */
    void open(Collection<TopicPartition> partitions);

    /** The partitions are another task's now. */
    void close(Collection<TopicPartition> partitions);

    /**
     * Takes the records, and writes them now or with those that follow.
     *
     * @throws WalbrookException if they cannot be written; after an outage they are to be delivered again
     */
    void put(Collection<SinkRecord> records);

    /** What the consumer group may be told, of what it has consumed. */
    Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> consumed);

    @Override
    void close();
}
