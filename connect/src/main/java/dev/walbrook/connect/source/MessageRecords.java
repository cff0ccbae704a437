package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import dev.walbrook.capture.EmittedMessage;
import dev.walbrook.connect.BinaryText;
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

    private final RecordSettings settings;
    private final EventContext context;
    private final Schema key;
    private final Schema message;
    private final Schema value;

    MessageRecords(RecordSettings settings, EventContext context) {
        this.settings = settings;
        this.context = context;
        this.key = schema(settings, "MessageKey")
                .field("prefix", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        this.message = schema(settings, "Message")
                .field("prefix", Schema.OPTIONAL_STRING_SCHEMA)
                .field(
                        "content",
                        context.binaryText() == null ? Schema.OPTIONAL_BYTES_SCHEMA : Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        this.value = schema(settings, "MessageValue")
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .field("source", settings.sourceInfo().schema())
                .field("transaction", TransactionMetadata.BLOCK)
                .field("message", message)
                .build();
    }

    private static SchemaBuilder schema(RecordSettings settings, String name) {
        String full = "io.debezium.connector.postgresql." + name;
        return SchemaBuilder.struct()
                .name(settings.schemaNames().schemaName(full))
                .version(1);
    }

    private Object content(byte[] bytes) {
        BinaryText text = context.binaryText();
        return text == null ? ByteBuffer.wrap(bytes) : text.encode(bytes);
    }

    void append(EmittedMessage emitted, Acknowledgements.Unit unit, List<SourceRecord> records) {
        TransactionMetadata transactions = context.transactions();
        Struct block = null;
        if (emitted.transactional()) {
            block = transactions.next(TransactionMetadata.MESSAGES, emitted.transaction(), emitted.lsn());
        } else {
            transactions.clear();
        }
        Struct event = new Struct(value)
                .put("op", "m")
                .put("ts_ms", System.currentTimeMillis())
                .put("source", settings.sourceInfo().struct(emitted, context.xmin()))
                .put("transaction", block)
                .put(
                        "message",
                        new Struct(message).put("prefix", emitted.prefix()).put("content", content(emitted.content())));
        Map<String, Object> offset = SourceOffset.of(emitted);
        context.addTo(offset);
        records.add(new CapturedRecord(
                settings.partition(),
                offset,
                settings.topics().messageTopic(),
                key,
                new Struct(key).put("prefix", emitted.prefix()),
                value,
                event,
                new ConnectHeaders(),
                unit));
    }
}
