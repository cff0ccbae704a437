package dev.walbrook.transforms.expression;

import dev.walbrook.transforms.event.UnconvertibleException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A place in a record.
 *
 * <p>Null anywhere on the way makes the whole null: {@code value.after.id} of a delete is null. A field that a schema does
 * not have is a mistake in the expression and an error.
 *
 * @param root where the path begins
 * @param names of the fields from there
 */
record Path(Root root, List<String> names) {

    enum Root {
        TOPIC("topic"),
        KEY("key"),
        VALUE("value"),
        KEY_SCHEMA("keySchema"),
        VALUE_SCHEMA("valueSchema"),
        HEADER("header");

        private final String word;

        Root(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /** Why a path below this root can never be read; null if it can. */
        @Nullable
        String refuses(List<String> names) {
            return switch (this) {
                case TOPIC -> names.isEmpty() ? null : "topic is a text and has no fields";
                case KEY, VALUE -> null;
                case KEY_SCHEMA, VALUE_SCHEMA ->
                    names.size() == 1 && List.of("name", "version").contains(names.get(0))
                            ? null
                            : "a schema has a name and a version, as in " + word + ".name";
                case HEADER ->
                    names.size() >= 2 && names.get(1).equals("value")
                            ? null
                            : "a header has a value, as in header.trace.value";
            };
        }
    }

    @Nullable
    Object read(ConnectRecord<?> record) {
        return switch (root) {
            case TOPIC -> record.topic();
            case KEY -> read(record.key(), 0);
            case VALUE -> read(record.value(), 0);
            case KEY_SCHEMA -> read(record.keySchema());
            case VALUE_SCHEMA -> read(record.valueSchema());
            case HEADER -> {
                Header header = record.headers().lastWithName(names.get(0));
                yield header == null ? null : read(header.value(), 2);
            }
        };
    }

    private @Nullable Object read(@Nullable Schema schema) {
        if (schema == null) {
            return null;
        }
        return names.get(0).equals("name") ? schema.name() : schema.version();
    }

    private @Nullable Object read(@Nullable Object start, int from) {
        Object value = start;
        for (int i = from; i < names.size() && value != null; i++) {
            String name = names.get(i);
            if (value instanceof Struct struct) {
                Field field = struct.schema().field(name);
                if (field == null) {
                    throw missing(i, "has no field '" + name + "'");
                }
                // The default is what the source says a null means only for columns that are left out.
                value = struct.getWithoutDefault(name);
            } else if (value instanceof Map<?, ?> map) {
                value = map.get(name);
            } else {
                throw missing(i, "is " + Values.kind(value) + " and has no fields");
            }
        }
        return value;
    }

    private UnconvertibleException missing(int index, String problem) {
        Path parent = new Path(root, names.subList(0, index));
        return new UnconvertibleException(
                "its " + parent + " " + problem, "Correct the expression, or restrict the transform with topic.regex.");
    }

    @Override
    public String toString() {
        StringBuilder path = new StringBuilder(root.word());
        for (String name : names) {
            if (name.matches("[A-Za-z_$][A-Za-z0-9_$]*")) {
                path.append('.').append(name);
            } else {
                path.append("['").append(name).append("']");
            }
        }
        return path.toString();
    }
}
