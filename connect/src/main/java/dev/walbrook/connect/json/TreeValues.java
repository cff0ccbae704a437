package dev.walbrook.connect.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Makes Connect's values of what {@link JsonParser} read. Values that do not fit their schema are mostly not refused: a
 * number that should be a string is null, a string that should be a number is zero. Readers of Kafka's converter's output
 * have lived with that, so it stays.
 */
record TreeValues(ConverterSettings settings) {

    /**
     * A value of a schema.
     *
     * @param schema null if there is none
     * @param json null if the member is not there
     * @throws DataException if the value cannot be one of the schema
     */
    @Nullable
    Object read(@Nullable Schema schema, @Nullable Object json) {
        if (schema == null) {
            return unschemed(json);
        }
        if (json == null || json == JsonNull.NULL) {
            if (schema.defaultValue() != null && settings.defaults()) {
                return schema.defaultValue();
            }
            if (schema.isOptional()) {
                return null;
            }
            throw new DataException("Invalid null value for required " + schema.type() + " field");
        }
        String name = schema.name() == null ? "" : schema.name();
        return switch (name) {
            case Decimal.LOGICAL_NAME -> decimal(schema, json);
            case Date.LOGICAL_NAME -> Date.toLogical(schema, requiredInt("Date", json));
            case Time.LOGICAL_NAME -> Time.toLogical(schema, requiredInt("Time", json));
            case Timestamp.LOGICAL_NAME -> Timestamp.toLogical(schema, requiredLong(json));
            default -> plain(schema, json);
        };
    }

    /** Whether a schema's name makes something else of its values than its type does. */
    static boolean isLogical(Schema schema) {
        String name = schema.name();
        return Decimal.LOGICAL_NAME.equals(name)
                || Date.LOGICAL_NAME.equals(name)
                || Time.LOGICAL_NAME.equals(name)
                || Timestamp.LOGICAL_NAME.equals(name);
    }

    private @Nullable Object plain(Schema schema, Object json) {
        Number number = json instanceof Number some ? some : 0;
        return switch (schema.type()) {
            case BOOLEAN -> Boolean.TRUE.equals(json);
            case INT8 -> (byte) number.intValue();
            case INT16 -> (short) number.intValue();
            case INT32 -> number.intValue();
            case INT64 -> number.longValue();
            case FLOAT32 -> number.floatValue();
            case FLOAT64 -> number.doubleValue();
            case STRING -> json instanceof String ? json : null;
            case BYTES -> json instanceof String text ? bytes(text) : null;
            case ARRAY -> array(schema.valueSchema(), json);
            case MAP -> map(schema, json);
            case STRUCT -> struct(schema, json);
        };
    }

    private @Nullable Object unschemed(@Nullable Object json) {
        if (json instanceof BigDecimal number) {
            return number.doubleValue();
        }
        if (json instanceof Number number) {
            return number.longValue();
        }
        if (json instanceof List) {
            return array(null, json);
        }
        if (json instanceof Map<?, ?> object) {
            Map<Object, @Nullable Object> map = new HashMap<>();
            object.forEach((name, value) -> map.put(name, unschemed(value)));
            return map;
        }
        return json instanceof JsonNull ? null : json;
    }

    private static byte[] bytes(String text) {
        try {
            return Base64Text.decode(text);
        } catch (IllegalArgumentException e) {
            throw new DataException("Invalid bytes field", e);
        }
    }

    private List<@Nullable Object> array(@Nullable Schema elements, Object json) {
        List<@Nullable Object> array = new ArrayList<>();
        // Objects have elements too; anything else has none.
        Iterable<?> values =
                json instanceof Map<?, ?> object ? object.values() : json instanceof List<?> list ? list : List.of();
        for (Object value : values) {
            array.add(read(elements, value));
        }
        return array;
    }

    private Map<@Nullable Object, @Nullable Object> map(Schema schema, Object json) {
        Schema keys = schema.keySchema();
        Schema values = schema.valueSchema();
        Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
        if (keys.type() == Schema.Type.STRING) {
            if (!(json instanceof Map<?, ?> object)) {
                throw new DataException(
                        "Maps with string fields should be encoded as JSON objects, but found " + kind(json));
            }
            object.forEach((name, value) -> map.put(name, read(values, value)));
            return map;
        }
        if (!(json instanceof List<?> entries)) {
            throw new DataException(
                    "Maps with non-string fields should be encoded as JSON array of tuples, but found " + kind(json));
        }
        for (Object entry : entries) {
            if (!(entry instanceof List<?> pair)) {
                throw new DataException("Found invalid map entry instead of array tuple: " + kind(entry));
            }
            if (pair.size() != 2) {
                throw new DataException("Found invalid map entry, expected length 2 but found :" + pair.size());
            }
            map.put(read(keys, pair.get(0)), read(values, pair.get(1)));
        }
        return map;
    }

    private Struct struct(Schema schema, Object json) {
        if (!(json instanceof Map<?, ?> object)) {
            throw new DataException("Structs should be encoded as JSON objects, but found " + kind(json));
        }
        // A builder is a schema too, and not the one its structs are of.
        Struct struct = new Struct(schema.schema());
        for (Field field : schema.fields()) {
            struct.put(field, read(field.schema(), object.get(field.name())));
        }
        return struct;
    }

    private static BigDecimal decimal(Schema schema, Object json) {
        if (json instanceof BigDecimal number) {
            return number;
        }
        if (json instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        if (json instanceof Number number) {
            return BigDecimal.valueOf(number.longValue());
        }
        if (!(json instanceof String text)) {
            throw new DataException(
                    "Invalid type for Decimal, underlying representation should be numeric or bytes but was "
                            + kind(json));
        }
        try {
            return Decimal.toLogical(schema, Base64Text.decode(text));
        } catch (RuntimeException e) {
            throw new DataException("Invalid bytes for Decimal field", e);
        }
    }

    private static int requiredInt(String type, Object json) {
        if (json instanceof Integer number) {
            return number;
        }
        throw new DataException(
                "Invalid type for " + type + ", underlying representation should be integer but was " + kind(json));
    }

    private static long requiredLong(Object json) {
        if (json instanceof Number number && !(json instanceof BigDecimal)) {
            return number.longValue();
        }
        throw new DataException(
                "Invalid type for Timestamp, underlying representation should be integral but was " + kind(json));
    }

    /** What a value is, in words of JSON. */
    static String kind(Object json) {
        return json instanceof Map
                ? "OBJECT"
                : json instanceof List
                        ? "ARRAY"
                        : json instanceof String
                                ? "STRING"
                                : json instanceof Number
                                        ? "NUMBER"
                                        : json instanceof Boolean ? "BOOLEAN" : json.toString();
    }
}
