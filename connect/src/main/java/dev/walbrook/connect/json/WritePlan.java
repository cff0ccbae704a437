package dev.walbrook.connect.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * How values of one schema are written: whatever must be asked of the schema is asked once, when the plan is made. A schema
 * is taken to stay as it is.
 *
 * <p>Not thread-safe.
 */
final class WritePlan {

    /** Values without schema; their type is of no account. */
    static final WritePlan UNSCHEMED = new WritePlan(Schema.Type.STRUCT, true, null, new UnschemedWriter());

    private final Schema.Type type;
    private final boolean optional;

    /** What is written for null; null if there is no default or it must not take a null's place. */
    private final @Nullable Object substitute;

    /** Writes whatever is more than a number, a string, bytes or a boolean; null for those. */
    private final @Nullable ValueWriter writer;

    private WritePlan(Schema.Type type, boolean optional, @Nullable Object substitute, @Nullable ValueWriter writer) {
        this.type = type;
        this.optional = optional;
        this.substitute = substitute;
        this.writer = writer;
    }

    /**
     * The plan of a schema.
     *
     * @param schema null for values without schema, as the elements of an array whose schema tells nothing of them
     */
    static WritePlan of(@Nullable Schema schema, ConverterSettings settings) {
        if (schema == null) {
            return UNSCHEMED;
        }
        return new WritePlan(
                schema.type(),
                schema.isOptional(),
                settings.defaults() ? schema.defaultValue() : null,
                writer(schema, settings));
    }

    private static @Nullable ValueWriter writer(Schema schema, ConverterSettings settings) {
        String name = schema.name() == null ? "" : schema.name();
        // The name of a logical type counts more than the type.
        return switch (name) {
            case Decimal.LOGICAL_NAME -> new DecimalWriter(schema, settings.decimals());
            case Date.LOGICAL_NAME -> new DateWriter(schema);
            case Time.LOGICAL_NAME -> new TimeWriter(schema);
            case Timestamp.LOGICAL_NAME -> new TimestampWriter();
            default ->
                switch (schema.type()) {
                    case ARRAY -> new ArrayWriter(schema, settings);
                    case MAP -> new MapWriter(schema, settings);
                    case STRUCT -> new StructWriter(schema, settings);
                    default -> null;
                };
        };
    }

    /**
     * Writes a value.
     *
     * @throws DataException if it does not fit the schema
     */
    void write(JsonOutput out, @Nullable Object value) {
        if (value != null) {
            writeValue(out, value);
        } else if (substitute != null) {
            writeValue(out, substitute);
        } else if (optional) {
            out.nul();
        } else {
            throw nullRefused();
        }
    }

    private void writeValue(JsonOutput out, Object value) {
        if (writer != null) {
            writer.write(out, value);
            return;
        }
        switch (type) {
            case INT64 -> {
                if (!(value instanceof Long number)) {
                    throw misfit(value);
                }
                out.number(number.longValue());
            }
            case INT32 -> {
                if (!(value instanceof Integer number)) {
                    throw misfit(value);
                }
                out.number(number.intValue());
            }
            case INT16 -> {
                if (!(value instanceof Short number)) {
                    throw misfit(value);
                }
                out.number(number.intValue());
            }
            case INT8 -> {
                if (!(value instanceof Byte number)) {
                    throw misfit(value);
                }
                out.number(number.intValue());
            }
            case FLOAT64 -> {
                if (!(value instanceof Double number)) {
                    throw misfit(value);
                }
                out.number(number.doubleValue());
            }
            case FLOAT32 -> {
                if (!(value instanceof Float number)) {
                    throw misfit(value);
                }
                out.number(number.floatValue());
            }
            case BOOLEAN -> {
                if (!(value instanceof Boolean bool)) {
                    throw misfit(value);
                }
                out.bool(bool);
            }
            case BYTES -> out.base64(bytes(value));
            default -> out.string(text(value));
        }
    }

    /**
     * A value as the name of an object's member: what Jackson makes of a node when it is asked for text.
     *
     * @throws DataException if it does not fit the schema
     */
    String memberName(@Nullable Object value) {
        Object key = value != null ? value : substitute;
        if (key == null) {
            if (optional) {
                return "null";
            }
            throw nullRefused();
        }
        if (writer == null || writer instanceof UnschemedWriter) {
            return text(key);
        }
        // A logical type on top of strings makes numbers and Base64, in which nothing is escaped.
        JsonOutput out = new JsonOutput();
        writeValue(out, key);
        return new String(out.toBytes(), StandardCharsets.US_ASCII).replace("\"", "");
    }

    private String text(Object value) {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        throw misfit(value);
    }

    /** Bytes of the two classes that may hold them. */
    @SuppressWarnings("ByteBufferBackingArray") // Of a buffer all that is behind it, as Kafka's converter does.
    static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof ByteBuffer buffer) {
            return buffer.array();
        }
        throw new DataException("Invalid type for bytes type: " + value.getClass());
    }

    private DataException misfit(Object value) {
        return misfit(type, value);
    }

    static DataException misfit(Schema.Type type, Object value) {
        return new DataException("Invalid type for " + type + ": " + value.getClass());
    }

    private static DataException nullRefused() {
        return new DataException("Conversion error: null value for field that is required and has no default value");
    }
}
