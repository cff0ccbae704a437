package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import dev.walbrook.capture.EmittedMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records of logical messages. Not thread safe. */
final class MessageRecords {

    private static final Schema KEY = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.MessageKey")
            .version(1)
            .field("prefix", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private static final Schema MESSAGE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Message")
            .version(1)
            .field("prefix", Schema.OPTIONAL_STRING_SCHEMA)
            .field("content", Schema.OPTIONAL_BYTES_SCHEMA)
            .build();

    private static final Schema VALUE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.MessageValue")
            .version(1)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .field("source", SourceInfo.SCHEMA)
            .field("transaction", TransactionMetadata.BLOCK)
            .field("message", MESSAGE)
            .build();

    private final RecordSettings settings;
    private final EventContext context;

    MessageRecords(RecordSettings settings, EventContext context) {
        this.settings = settings;
        this.context = context;
    }

    void append(EmittedMessage message, Acknowledgements.Unit unit, List<SourceRecord> records) {
        TransactionMetadata transactions = context.transactions();
        Struct block = null;
        if (message.transactional()) {
            block = transactions.next(TransactionMetadata.MESSAGES, message.transaction(), message.lsn());
        } else {
            transactions.clear();
        }
        Struct value = new Struct(VALUE)
                .put("op", "m")
                .put("ts_ms", System.currentTimeMillis())
                .put("source", settings.sourceInfo().struct(message, context.xmin()))
                .put("transaction", block)
                .put(
                        "message",
                        new Struct(MESSAGE)
                                .put("prefix", message.prefix())
                                .put("content", ByteBuffer.wrap(message.content())));
        Map<String, Object> offset = SourceOffset.of(message);
        context.addTo(offset);
        records.add(new CapturedRecord(
                settings.partition(),
                offset,
                settings.topics().messageTopic(),
                KEY,
                new Struct(KEY).put("prefix", message.prefix()),
                VALUE,
                value,
                new ConnectHeaders(),
                unit));
    }
}
