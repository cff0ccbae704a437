package dev.walbrook.connect.sink.record;

import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * The header with which a delete says that its row lives on under another key.
 *
 * @see <a href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-primary-key-updates">
 *     Primary key updates</a>
 */
final class NewKey {

    private static final String HEADER = "__debezium.newkey";

    private NewKey() {}

    static boolean isIn(SinkRecord record) {
        return record.headers().lastWithName(HEADER) != null;
    }

    /**
     * The new key, as a structure of the record's own key's schema.
     *
     * @return null if the header does not tell it for sure
     */
    static @Nullable Struct of(SinkRecord record) {
        Header header = record.headers().lastWithName(HEADER);
        if (header == null || !(record.key() instanceof Struct oldKey)) {
            return null;
        }
        if (header.value() instanceof Struct newKey) {
            boolean whole = oldKey.schema().fields().stream()
                    .allMatch(field -> newKey.schema().field(field.name()) != null);
            return whole ? newKey : null;
        }
        return header.value() instanceof Map<?, ?> map ? ofMap(map, oldKey.schema()) : null;
    }

    /**
     * Connect's default header converter writes structures as text and makes maps of that text, in which it guesses the
     * types of the values anew. Only what it cannot have guessed wrong is taken.
     */
    private static @Nullable Struct ofMap(Map<?, ?> map, Schema keySchema) {
        Struct key = new Struct(keySchema);
        for (Field field : keySchema.fields()) {
            Object value = certain(map.get(field.name()), field.schema());
            if (value == null) {
                return null;
            }
            key.put(field, value);
        }
        return key;
    }

    private static @Nullable Object certain(@Nullable Object value, Schema schema) {
        return switch (schema.type()) {
            case INT16, INT32, INT64 ->
                value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long
                        ? integer(((Number) value).longValue(), schema.type())
                        : null;
            case BOOLEAN -> value instanceof Boolean ? value : null;
            // Quotes and backslashes are what that text has for itself.
            case STRING ->
                value instanceof String text && text.indexOf('"') < 0 && text.indexOf('\\') < 0 ? text : null;
            default -> null;
        };
    }

    private static @Nullable Object integer(long number, Schema.Type type) {
        if (type == Schema.Type.INT64) {
            return number;
        }
        if (type == Schema.Type.INT32) {
            return number == (int) number ? (Object) (int) number : null;
        }
        return number == (short) number ? (Object) (short) number : null;
    }
}
