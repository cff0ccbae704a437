package dev.walbrook.admin.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Turns the numbers and bytes by which a record represents dates, times, decimals and bits into what people write.
 *
 * <p>It follows the schemas that {@code JsonConverter} writes beside the values; a value that does not fit its schema is
 * left as it is.
 */
final class SemanticValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    /** pgjdbc's numbers for the timestamps infinity and -infinity, in microseconds. */
    private static final long INFINITY_MICROS = 9_223_372_036_825_200_000L;

    private static final long MINUS_INFINITY_MICROS = -9_223_372_036_832_400_000L;

    private SemanticValues() {}

    /** @param schema the schema of the value as JSON; null when the record came without */
    static JsonNode readable(@Nullable JsonNode schema, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return JSON.nullNode();
        }
        if (schema == null) {
            return value;
        }
        try {
            return convert(schema, value);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return value;
        }
    }

    private static JsonNode convert(JsonNode schema, JsonNode value) {
        String name = schema.path("name").asText("");
        String text = byName(name, schema, value);
        if (text != null) {
            return JSON.textNode(text);
        }
        return switch (schema.path("type").asText("")) {
            case "struct" -> struct(schema, value);
            case "array" -> {
                ArrayNode array = JSON.arrayNode();
                value.forEach(element -> array.add(readable(schema.get("items"), element)));
                yield array;
            }
            case "bytes" -> JSON.textNode("\\x" + HexFormat.of().formatHex(bytes(value)));
            default -> value;
        };
    }

    private static @Nullable String byName(String name, JsonNode schema, JsonNode value) {
        return switch (name) {
            case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" ->
                LocalDate.ofEpochDay(number(value)).toString();
            case "io.debezium.time.Time", "org.apache.kafka.connect.data.Time" ->
                time(Math.multiplyExact(number(value), 1_000_000L));
            case "io.debezium.time.MicroTime" -> time(Math.multiplyExact(number(value), 1_000L));
            case "io.debezium.time.NanoTime" -> time(number(value));
            case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
                timestamp(number(value), 1_000L);
            case "io.debezium.time.MicroTimestamp" -> timestamp(number(value), 1_000_000L);
            case "io.debezium.time.NanoTimestamp" -> timestamp(number(value), 1_000_000_000L);
            case "io.debezium.time.MicroDuration" ->
                Duration.ofSeconds(
                                Math.floorDiv(number(value), 1_000_000L),
                                Math.floorMod(number(value), 1_000_000L) * 1_000L)
                        .toString();
            case "org.apache.kafka.connect.data.Decimal" ->
                value.isTextual()
                        ? decimal(
                                bytes(value),
                                schema.path("parameters").path("scale").asInt())
                        : value.asText();
            case "io.debezium.data.VariableScaleDecimal" ->
                decimal(bytes(value.path("value")), value.path("scale").asInt());
            case "io.debezium.data.Bits" ->
                bits(bytes(value), schema.path("parameters").path("length").asInt(0));
            case "io.debezium.data.geometry.Point" -> "(" + value.path("x") + "," + value.path("y") + ")";
            default -> null;
        };
    }

    private static JsonNode struct(JsonNode schema, JsonNode value) {
        ObjectNode struct = JSON.objectNode();
        for (JsonNode field : schema.path("fields")) {
            String name = field.path("field").asText();
            if (value.has(name)) {
                struct.set(name, readable(field, value.get(name)));
            }
        }
        return struct;
    }

    private static long number(JsonNode value) {
        if (!value.isIntegralNumber()) {
            throw new IllegalArgumentException("not a whole number");
        }
        return value.asLong();
    }

    private static byte[] bytes(JsonNode value) {
        return Base64.getDecoder().decode(value.asText());
    }

    private static String decimal(byte[] unscaled, int scale) {
        return new BigDecimal(new BigInteger(unscaled), scale).toPlainString();
    }

    /** The last time of the day, 24:00:00, is one that Java does not have. */
    private static String time(long nanos) {
        return nanos == NANOS_PER_DAY
                ? "24:00:00"
                : LocalTime.ofNanoOfDay(nanos).toString();
    }

    private static String timestamp(long value, long perSecond) {
        if (value == INFINITY_MICROS || value == Long.MAX_VALUE) {
            return "infinity";
        }
        if (value == MINUS_INFINITY_MICROS || value == Long.MIN_VALUE) {
            return "-infinity";
        }
        Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond));
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    /** Bits come with the least significant byte first; PostgreSQL writes the most significant bit first. */
    private static String bits(byte[] littleEndian, int length) {
        int digits = length > 0 && length < Integer.MAX_VALUE ? length : littleEndian.length * 8;
        StringBuilder bits = new StringBuilder(digits);
        for (int i = digits - 1; i >= 0; i--) {
            boolean set = i / 8 < littleEndian.length && (littleEndian[i / 8] >> i % 8 & 1) != 0;
            bits.append(set ? '1' : '0');
        }
        return bits.toString();
    }
}
