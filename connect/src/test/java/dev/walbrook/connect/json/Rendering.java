package dev.walbrook.connect.json;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;

/** Data as text that is equal exactly if the data is; arrays of bytes make Java's own comparison useless. */
final class Rendering {

    private Rendering() {}

    @SuppressWarnings("ByteBufferBackingArray") // The converters look at the array alone.
    static String of(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof SchemaAndValue both) {
            return of(both.schema()) + " = " + of(both.value());
        }
        if (value instanceof Schema schema) {
            return schema(schema);
        }
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            return Arrays.toString(buffer.array());
        }
        if (value instanceof List<?> list) {
            // A loop takes less of the stack than a stream, and documents are a thousand deep.
            StringBuilder text = new StringBuilder("[");
            for (Object element : list) {
                text.append(of(element)).append(", ");
            }
            return text.append(']').toString();
        }
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                entries.add(of(entry.getKey()) + ": " + of(entry.getValue()));
            }
            Collections.sort(entries);
            return value.getClass().getSimpleName() + entries;
        }
        if (value instanceof Struct struct) {
            return struct.schema().fields().stream()
                    .map(field -> field.name() + "=" + of(struct.getWithoutDefault(field.name())))
                    .collect(Collectors.joining(", ", "Struct{", "}"));
        }
        return value.getClass().getSimpleName() + " " + value;
    }

    private static String schema(Schema schema) {
        String parts =
                switch (schema.type()) {
                    case ARRAY -> of(schema.valueSchema());
                    case MAP -> of(schema.keySchema()) + " to " + of(schema.valueSchema());
                    case STRUCT ->
                        schema.fields().stream().map(Rendering::field).collect(Collectors.joining(", "));
                    default -> "";
                };
        return schema.getClass().getSimpleName() + " " + schema.type() + "(" + parts + ") " + schema.isOptional() + " "
                + schema.name() + " " + schema.version() + " " + schema.doc() + " " + schema.parameters() + " "
                + of(schema.defaultValue());
    }

    private static String field(Field field) {
        return field.index() + " " + field.name() + " " + of(field.schema());
    }
}
