package dev.walbrook.connect.sink.record;

import dev.walbrook.connect.sink.value.SchemalessText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of converters that carry no schemas, such as JsonConverter with {@code schemas.enable=false}: maps, lists and plain
 * values. They become structures whose columns hold text, of which only the target's column says what it means. For one
 * task's thread.
 */
final class Schemaless {

    /** Rows of different columns come and go; what is kept for them must not fill the heap. */
    private static final int MAX_SCHEMAS = 1_000;

    private static final Schema TEXT =
            SchemaBuilder.string().optional().name(SchemalessText.NAME).build();

    private final Map<List<Object>, Schema> schemas = new HashMap<>();
    private final List<String> keyFields;

    /** @param keyFields names the column of a key that is a single value */
    Schemaless(List<String> keyFields) {
        this.keyFields = keyFields;
    }

    /** The record with structures in place of maps; the record itself where it has none. */
    SinkRecord typed(SinkRecord record) {
        boolean key = record.keySchema() == null && record.key() != null;
        boolean value = record.valueSchema() == null && record.value() instanceof Map;
        if (!key && !value) {
            return record;
        }
        Object newKey = key ? key(record.key()) : record.key();
        Object newValue = value ? value((Map<?, ?>) record.value()) : record.value();
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                schema(newKey, record.keySchema()),
                newKey,
                schema(newValue, record.valueSchema()),
                newValue,
                record.timestamp(),
                record.headers());
    }

    private static @Nullable Schema schema(@Nullable Object value, @Nullable Schema otherwise) {
        return value instanceof Struct struct ? struct.schema() : otherwise;
    }

    private @Nullable Object key(Object key) {
        if (key instanceof Map<?, ?> map) {
            return row(map);
        }
        return keyFields.size() == 1 ? row(Map.of(keyFields.get(0), key)) : key;
    }

    private Struct value(Map<?, ?> map) {
        return map.get("op") instanceof String && map.get("source") instanceof Map<?, ?> source
                ? envelope(map, source)
                : row(map);
    }

    private Struct envelope(Map<?, ?> map, Map<?, ?> sourceMap) {
        Struct source = row(sourceMap);
        Struct before = map.get("before") instanceof Map<?, ?> row ? row(row) : null;
        Struct after = map.get("after") instanceof Map<?, ?> row ? row(row) : null;
        Schema beforeSchema = before == null ? TEXT : before.schema();
        Schema afterSchema = after == null ? TEXT : after.schema();
        Schema schema = schemas.computeIfAbsent(
                List.of(source.schema(), beforeSchema, afterSchema), any -> SchemaBuilder.struct()
                        .field("op", Schema.STRING_SCHEMA)
                        .field("source", source.schema())
                        .field("before", beforeSchema)
                        .field("after", afterSchema)
                        .build());
        return new Struct(schema)
                .put("op", map.get("op"))
                .put("source", source)
                .put("before", before)
                .put("after", after);
    }

    private Struct row(Map<?, ?> map) {
        if (schemas.size() > MAX_SCHEMAS) {
            schemas.clear();
        }
        List<Object> names = map.keySet().stream().<Object>map(String::valueOf).toList();
        Function<List<Object>, Schema> make = columns -> {
            SchemaBuilder builder = SchemaBuilder.struct().optional();
            columns.forEach(column -> builder.field((String) column, TEXT));
            return builder.build();
        };
        Struct struct = new Struct(schemas.computeIfAbsent(names, make));
        map.forEach((name, value) -> struct.put(String.valueOf(name), text(value)));
        return struct;
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        if (value instanceof Map || value instanceof List) {
            StringBuilder json = new StringBuilder();
            appendJson(json, value);
            return json.toString();
        }
        return value.toString();
    }

    private static void appendJson(StringBuilder json, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            json.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.append(separator);
                quote(json, String.valueOf(entry.getKey()));
                json.append(':');
                appendJson(json, entry.getValue());
                separator = ",";
            }
            json.append('}');
        } else if (value instanceof List<?> list) {
            json.append('[');
            String separator = "";
            for (Object item : list) {
                json.append(separator);
                appendJson(json, item);
                separator = ",";
            }
            json.append(']');
        } else if (value instanceof String text) {
            quote(json, text);
        } else {
            json.append(value);
        }
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
