package dev.walbrook.connector.postgresql.transforms;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.AvroNames;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.Envelope;
import dev.walbrook.transforms.event.Options;
import dev.walbrook.transforms.event.UnconvertibleException;
import dev.walbrook.transforms.json.JsonReader;
import dev.walbrook.transforms.json.JsonShapes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;

/** Makes a change event of a logical message whose content is JSON: an outbox without a table. */
public class DecodeLogicalDecodingMessageContent<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    public static final String OVERVIEW_DOC =
            "Turns a message of pg_logical_emit_message whose content is a JSON object into"
                    + " the event of an insert of a row with these fields, as EventRouter reads it. Other records pass"
                    + " unchanged.";

    private static final String INCLUDE_NULLS = "fields.null.include";
    private static final String FIELD_NAMES = "field.name.adjustment.mode";

    public static final ConfigDef CONFIG_DEF = new ConfigDef()
            .define(
                    INCLUDE_NULLS,
                    Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether a null in the content becomes a field of optional bytes; it has no field otherwise")
            .define(
                    FIELD_NAMES,
                    Type.STRING,
                    Options.name(AvroNames.NONE),
                    Options.oneOf(AvroNames.class),
                    Importance.LOW,
                    "How names in the content are adjusted to Avro. avro: other characters become underscores;"
                            + " avro_unicode: they become _uxxxx");

    private static final String MESSAGE_SCHEMA = "io.debezium.connector.postgresql.MessageValue";
    private static final String MESSAGE = "message";
    private static final String CONTENT = "content";

    /** Contents of one shape make one schema each; services have some hundreds. */
    private static final int SCHEMAS = 1000;

    private final DerivedSchemas<Shape, Schema> schemas = new DerivedSchemas<>(SCHEMAS);
    private JsonShapes shapes = new JsonShapes(false, false, AvroNames.NONE);

    @Override
    public void configure(Map<String, ?> properties) {
        Options options = new Options(CONFIG_DEF, properties);
        shapes = new JsonShapes(options.flag(INCLUDE_NULLS), false, options.choice(FIELD_NAMES, AvroNames.class));
    }

    @Override
    public R apply(R record) {
        return Objects.requireNonNull(Conversion.of(record, "DecodeLogicalDecodingMessageContent", this::decode));
    }

    @SuppressWarnings("NullAway") // Connect takes null for the key; it was the message's prefix, which is no row's key.
    private R decode(R record) {
        Schema messageSchema = record.valueSchema();
        if (messageSchema == null
                || !MESSAGE_SCHEMA.equals(messageSchema.name())
                || !(record.value() instanceof Struct value)) {
            return record;
        }
        SchemaAndValue row = shapes.struct(null, JsonReader.read(content(value)));
        Schema schema = schemas.get(new Shape(messageSchema, row.schema()), this::envelope);
        Struct envelope = new Struct(schema);
        for (Field field : schema.fields()) {
            envelope.put(
                    field,
                    switch (field.name()) {
                        case Envelope.AFTER -> row.value();
                        case Envelope.OP -> Envelope.CREATE;
                        default -> value.getWithoutDefault(field.name());
                    });
        }
        return record.newRecord(
                record.topic(), record.kafkaPartition(), null, null, schema, envelope, record.timestamp());
    }

    private static String content(Struct value) {
        Struct message = Envelope.struct(value, MESSAGE);
        Object content = message == null || message.schema().field(CONTENT) == null ? null : message.get(CONTENT);
        if (content instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (content instanceof ByteBuffer buffer) {
            return StandardCharsets.UTF_8.decode(buffer.duplicate()).toString();
        }
        throw new UnconvertibleException(
                "its message has no binary content",
                "Set binary.handling.mode=bytes at the source, so that messages are not encoded as text.");
    }

    private Schema envelope(Shape shape) {
        SchemaBuilder builder = SchemaBuilder.struct().name(MESSAGE_SCHEMA + Envelope.SCHEMA_SUFFIX);
        for (Field field : shape.message().fields()) {
            if (!field.name().equals(MESSAGE)) {
                builder.field(field.name(), field.schema());
            }
        }
        return builder.field(Envelope.AFTER, shape.row()).build();
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public String version() {
        return Version.CURRENT;
    }

    private record Shape(Schema message, Schema row) {}
}
