package dev.walbrook.connect.sink.value;

import dev.walbrook.connect.BinaryText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the {@link TextFormat} for a schema and the type of the column its values go to. The choice is made once per
 * column, never per value.
 */
public final class TextFormats {

    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8", "oid");
    /** Types that do not read every way of writing a double, or keep what they read digit by digit. */
    private static final Set<String> EXACT_NUMBERS = Set.of("numeric", "money");

    private static final Set<String> BITS = Set.of("bit", "varbit");

    private TextFormats() {}

    /**
     * The format for a column.
     *
     * @param schema the schema of the values
     * @param type the column's type: {@code typname} of the catalog, behind any domain, such as {@code int4} or {@code
     *     _text}
     * @throws IllegalArgumentException if values of that schema cannot be written at all
     */
    public static TextFormat of(Schema schema, String type) {
        return of(schema, type, null);
    }

    /**
     * The same, for a column that says how exact its times are.
     *
     * @param digits the digits of a second's fraction in the column's type; null if it does not say
     */
    public static TextFormat of(Schema schema, String type, @Nullable Integer digits) {
        if (SchemalessText.NAME.equals(schema.name())) {
            return SchemalessText.of(type, digits);
        }
        TextFormat semantic = schema.name() == null ? null : ofName(schema.name(), schema, type);
        return semantic != null ? semantic : ofKind(schema, type);
    }

    private static @Nullable TextFormat ofName(String name, Schema schema, String type) {
        if (NUMBERS.contains(type) && schema.type().isPrimitive() && !name.endsWith(".Decimal")) {
            // A number is wanted as it is: milliseconds in a bigint column stay milliseconds.
            return null;
        }
        return switch (name) {
            case "io.debezium.time.Date" -> value -> TemporalText.date(number(value));
            case "io.debezium.time.Time" -> value -> TemporalText.time(number(value), TemporalText.MILLIS);
            case "io.debezium.time.MicroTime" -> value -> TemporalText.time(number(value), TemporalText.MICROS);
            case "io.debezium.time.NanoTime" -> value -> TemporalText.time(number(value), TemporalText.NANOS);
            case "io.debezium.time.Timestamp" -> timestamp(TemporalText.MILLIS, type);
            case "io.debezium.time.MicroTimestamp" -> timestamp(TemporalText.MICROS, type);
            case "io.debezium.time.NanoTimestamp" -> timestamp(TemporalText.NANOS, type);
            case "io.debezium.time.ZonedTimestamp" -> value -> TemporalText.iso(value.toString());
            case "io.debezium.time.IsoDate" ->
                type.equals("date") ? value -> TemporalText.isoDate(value.toString()) : null;
            case "io.debezium.time.IsoTime" ->
                type.equals("time") ? value -> TemporalText.withoutZone(value.toString()) : null;
            case "io.debezium.time.IsoTimestamp" -> isoTimestamp(type);
            case "io.debezium.time.StructuredDate" -> StructuredText::date;
            case "io.debezium.time.StructuredTime" -> StructuredText::time;
            case "io.debezium.time.StructuredZonedTime" -> StructuredText::zonedTime;
            case "io.debezium.time.StructuredTimestamp" -> StructuredText::timestamp;
            case "io.debezium.time.StructuredZonedTimestamp" -> StructuredText::zonedTimestamp;
            case "io.debezium.time.StructuredDuration" -> StructuredText::duration;
            case "io.debezium.time.MicroDuration" -> value -> TemporalText.duration(number(value), TemporalText.MICROS);
            case "io.debezium.time.NanoDuration" -> value -> TemporalText.duration(number(value), TemporalText.NANOS);
            case "org.apache.kafka.connect.data.Date" ->
                value -> TemporalText.date(Math.floorDiv(millis(value), TemporalText.MILLIS_PER_DAY));
            case "org.apache.kafka.connect.data.Time" -> value -> TemporalText.time(millis(value), TemporalText.MILLIS);
            case "org.apache.kafka.connect.data.Timestamp" -> {
                TextFormat format = timestamp(TemporalText.MILLIS, type);
                yield value -> format.text(millis(value));
            }
            case "org.apache.kafka.connect.data.Decimal" -> value -> ((BigDecimal) value).toPlainString();
            case "io.debezium.data.VariableScaleDecimal" -> TextFormats::variableScaleDecimal;
            case "io.debezium.data.Bits" -> bits(schema, type);
            case "io.debezium.data.Json" ->
                type.equals("hstore") ? value -> HstoreText.ofJson(value.toString()) : TextFormat.PLAIN;
            case "io.debezium.data.geometry.Point" ->
                type.equals("point") ? GeometryText::point : GeometryText::postgis;
            case "io.debezium.data.geometry.Geometry", "io.debezium.data.geometry.Geography" ->
                GeometryText.ofGeometry(type);
            case "io.debezium.data.geometry.Circle" -> GeometryText::circle;
            case "io.debezium.data.geometry.Line" -> GeometryText::line;
            case "io.debezium.data.DoubleVector", "io.debezium.data.FloatVector" ->
                type.startsWith("_") ? null : ArrayText::vector;
            case "io.debezium.data.SparseDoubleVector" -> ArrayText::sparseVector;
            default -> null;
        };
    }

    private static TextFormat ofKind(Schema schema, String type) {
        return switch (schema.type()) {
            case BOOLEAN ->
                BITS.contains(type) || NUMBERS.contains(type) ? value -> (Boolean) value ? "1" : "0" : Object::toString;
            case INT8, INT16, INT32, INT64 -> TextFormat.PLAIN;
            case FLOAT32, FLOAT64 -> EXACT_NUMBERS.contains(type) ? TextFormats::shortest : Object::toString;
            case STRING -> string(schema, type);
            case BYTES -> type.equals("bytea") ? TextFormats::hex : TextFormats::utf8;
            case ARRAY -> {
                if (!type.startsWith("_")) {
                    throw new IllegalArgumentException("an array does not fit a column of type " + type);
                }
                yield new ArrayText(schema.valueSchema(), type.substring(1), BinaryText.of(schema));
            }
            case MAP -> HstoreText::ofMap;
            case STRUCT ->
                throw new IllegalArgumentException(
                        "a structure " + (schema.name() == null ? "without name" : schema.name())
                                + " has no counterpart in PostgreSQL");
        };
    }

    private static @Nullable TextFormat isoTimestamp(String type) {
        return switch (type) {
            case "timestamp" -> value -> TemporalText.isoTimestamp(value.toString());
            case "timestamptz" -> value -> TemporalText.iso(value.toString());
            default -> null;
        };
    }

    /** Bytes that are written in text: those of a bytea, or of the text of a type that the source did not know. */
    static TextFormat binary(BinaryText encoding, String type) {
        return type.equals("bytea")
                ? value -> hex(encoding.decode(value.toString()))
                : value -> utf8(encoding.decode(value.toString()));
    }

    private static TextFormat string(Schema schema, String type) {
        BinaryText encoding = BinaryText.of(schema);
        if (encoding != null) {
            return binary(encoding, type);
        }
        return switch (type) {
            case "numeric", "float4", "float8" ->
                value -> switch (value.toString()) {
                    case "NAN" -> "NaN";
                    case "POSITIVE_INFINITY" -> "Infinity";
                    case "NEGATIVE_INFINITY" -> "-Infinity";
                    default -> value.toString();
                };
            case "bytea" ->
                throw new IllegalArgumentException(
                        "whether text for a bytea column is hexadecimal or base64 is not known; set"
                                + " binary.handling.mode=bytes at the source, or column.propagate.source.type, which tells");
            default -> TextFormat.PLAIN;
        };
    }

    private static TextFormat timestamp(long unitsPerSecond, String type) {
        String zone = type.equals("timestamptz") ? "+00" : "";
        return value -> TemporalText.timestamp(number(value), unitsPerSecond, zone);
    }

    /**
     * Debezium's bits: the lowest bit first, in as many bytes as it takes. PostgreSQL writes the highest first. What is
     * shorter than its column allows ({@code bit varying}) has lost its leading zeros on the way.
     */
    private static TextFormat bits(Schema schema, String type) {
        if (!BITS.contains(type) && type.equals("bytea")) {
            return TextFormats::hex;
        }
        String parameter =
                schema.parameters() == null ? null : schema.parameters().get("length");
        int length = type.equals("bit") && parameter != null ? Integer.parseInt(parameter) : 0;
        return value -> {
            byte[] littleEndian = bytes(value);
            StringBuilder text = new StringBuilder();
            int significant = Math.max(length, 1);
            for (int bit = littleEndian.length * 8 - 1; bit >= 0; bit--) {
                boolean set = (littleEndian[bit / 8] >> (bit % 8) & 1) == 1;
                if (set || !text.isEmpty() || bit < significant) {
                    text.append(set ? '1' : '0');
                }
            }
            return "0".repeat(Math.max(0, significant - text.length())) + text;
        };
    }

    /** A numeric without declared scale keeps the zeros it is given, and Java writes 1 as 1.0. */
    private static String shortest(Object value) {
        String text = value.toString();
        return Double.isFinite(((Number) value).doubleValue())
                ? new BigDecimal(text).stripTrailingZeros().toPlainString()
                : text;
    }

    private static String variableScaleDecimal(Object value) {
        Struct struct = (Struct) value;
        return new BigDecimal(new BigInteger(bytes(struct.get("value"))), struct.getInt32("scale")).toPlainString();
    }

    private static String hex(Object value) {
        return "\\x" + HexFormat.of().formatHex(bytes(value));
    }

    /** Types the source did not know travel as the bytes of their text. */
    private static String utf8(Object value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(value)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("bytes that are not UTF-8 text go into a bytea column only", e);
        }
    }

    static byte[] bytes(Object value) {
        if (value instanceof byte[] array) {
            return array;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    @SuppressWarnings("JavaUtilDate") // Connect's own logical types are of that class.
    private static long millis(Object value) {
        return ((java.util.Date) value).getTime();
    }
}
