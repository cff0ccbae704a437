package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import dev.walbrook.capture.Transaction;
import dev.walbrook.capture.TransactionBegin;
import dev.walbrook.capture.TransactionEnd;
import dev.walbrook.postgres.Lsn;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records that say where transactions begin and end, and what they hold. Not thread safe. */
final class TransactionRecords {

    private static final Schema KEY = SchemaBuilder.struct()
            .name("io.debezium.connector.common.TransactionMetadataKey")
            .version(1)
            .field("id", Schema.STRING_SCHEMA)
            .build();

    private static final Schema COLLECTION = SchemaBuilder.struct()
            .name("event.collection")
            .version(1)
            .optional()
            .field("data_collection", Schema.STRING_SCHEMA)
            .field("event_count", Schema.INT64_SCHEMA)
            .build();

    private static final Schema VALUE = SchemaBuilder.struct()
            .name("io.debezium.connector.common.TransactionMetadataValue")
            .version(1)
            .field("status", Schema.STRING_SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .field("event_count", Schema.OPTIONAL_INT64_SCHEMA)
            .field(
                    "data_collections",
                    SchemaBuilder.array(COLLECTION).optional().build())
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();

    private final RecordSettings settings;
    private final EventContext context;

    TransactionRecords(RecordSettings settings, EventContext context) {
        this.settings = settings;
        this.context = context;
    }

    void append(TransactionBegin begin, Acknowledgements.Unit unit, List<SourceRecord> records) {
        context.transactions().begin(begin.transaction());
        Map<String, Object> offset = SourceOffset.of(begin);
        records.add(record(value("BEGIN", begin.transaction(), begin.lsn()), offset, unit));
    }

    void append(TransactionEnd end, Acknowledgements.Unit unit, List<SourceRecord> records) {
        TransactionMetadata transactions = context.transactions();
        List<Struct> collections = transactions.counts().stream()
                .map(count -> new Struct(COLLECTION)
                        .put("data_collection", count.collection())
                        .put("event_count", count.events()))
                .toList();
        Struct value = value("END", end.transaction(), end.end())
                .put("event_count", transactions.total())
                .put("data_collections", collections);
        Map<String, Object> offset = SourceOffset.of(end);
        records.add(record(value, offset, unit));
        transactions.clear();
    }

    private static Struct value(String status, Transaction transaction, Lsn lsn) {
        return new Struct(VALUE)
                .put("status", status)
                .put("id", TransactionMetadata.id(transaction, lsn))
                .put("ts_ms", Math.floorDiv(transaction.commitTimeMicros(), 1_000L));
    }

    private CapturedRecord record(Struct value, Map<String, Object> offset, Acknowledgements.Unit unit) {
        context.addTo(offset);
        return new CapturedRecord(
                settings.partition(),
                offset,
                settings.topics().transactionTopic(),
                KEY,
                new Struct(KEY).put("id", value.getString("id")),
                VALUE,
                value,
                new ConnectHeaders(),
                unit);
    }
}
