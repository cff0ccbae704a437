package dev.walbrook.connect.sink.record;

import dev.walbrook.connect.data.FieldSink;
import dev.walbrook.connect.data.LazyStruct;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A row, whose values are where the record has them: in the structure of its key or of its value, which may not even have
 * made them yet. For one thread at a time.
 */
public final class Row {

    private final RowShape shape;
    private final @Nullable Object key;
    private final @Nullable Struct struct;
    private final Map<String, String> exact;
    private final @Nullable List<String> missing;

    /**
     * A row.
     *
     * @param shape its columns
     * @param key what holds the key's values, or the key itself; null if they are in the row
     * @param struct what holds the other values; null if the key is all there is
     * @param exact PostgreSQL's text of values that are not exact, by the names of their columns; the key has none
     * @param missing the columns of which the event says that it does not know their value, and placeholders may say so of
     *     others; null if it knows all
     */
    Row(
            RowShape shape,
            @Nullable Object key,
            @Nullable Struct struct,
            Map<String, String> exact,
            @Nullable List<String> missing) {
        this.shape = shape;
        this.key = key;
        this.struct = struct;
        this.exact = exact;
        this.missing = missing;
    }

    /** Its columns. */
    public RowShape shape() {
        return shape;
    }

    /** The text of values that are not exact, by the names of their columns. */
    public Map<String, String> exact() {
        return exact;
    }

    private @Nullable Object holder(int column) {
        return key != null && column < shape.keyColumns() ? key : struct;
    }

    /** The value of a column as Connect holds it, whatever the schema's default; null if there is none. */
    public @Nullable Object value(int column) {
        Object holder = holder(column);
        Field field = shape.columns().get(column).field();
        return holder instanceof Struct held && field != null ? value(held, field) : holder;
    }

    private static @Nullable Object value(Struct struct, Field field) {
        if (struct instanceof LazyStruct lazy) {
            return lazy.at(field.index());
        }
        // Struct.get turns a null into the column's default, but need not look the name up.
        return struct.getClass() == Struct.class && field.schema().defaultValue() == null
                ? struct.get(field)
                : struct.getWithoutDefault(field.name());
    }

    /** Hands the value of a column on in whichever form it is there. */
    public void hand(int column, FieldSink sink) {
        Field field = shape.columns().get(column).field();
        if (field != null && holder(column) instanceof LazyStruct lazy) {
            lazy.stream(field.index(), sink);
        } else {
            sink.value(value(column));
        }
    }

    /** Whether the event does not know the column's value, because the update did not touch it. */
    public boolean isUnavailable(int column) {
        // The key's values are always known.
        if (missing == null || column < shape.keyColumns()) {
            return false;
        }
        RowShape.Column looked = shape.columns().get(column);
        if (!missing.isEmpty() && missing.contains(looked.name())) {
            return true;
        }
        Predicate<Object> placeholder = looked.placeholder();
        Object value = placeholder == null ? null : value(column);
        return placeholder != null && value != null && placeholder.test(value);
    }

    /** What its values take, roughly, in bytes. */
    public long size() {
        long size = 0;
        boolean known = struct instanceof LazyStruct;
        if (struct instanceof LazyStruct lazy) {
            size = lazy.size();
        }
        for (int i = 0; i < (known ? shape.keyColumns() : shape.columns().size()); i++) {
            size += size(value(i));
        }
        return size;
    }

    private static long size(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof byte[] array) {
            return array.length;
        }
        if (value instanceof ByteBuffer buffer) {
            return buffer.remaining();
        }
        return value instanceof List<?> list ? 16L * list.size() : 16;
    }
}
