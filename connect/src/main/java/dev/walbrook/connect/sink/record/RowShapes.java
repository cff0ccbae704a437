package dev.walbrook.connect.sink.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Works out the shape of rows once per pair of schemas and keeps it. Looked up by the schemas' identity, which is what
 * converters' caches hand out; equal schemas that are different objects get the same shape by a slower way.
 */
final class RowShapes {

    /** Schemas come and go with a topic's evolution; a converter that makes a new one per record must not fill the heap. */
    private static final int MAX_SHAPES = 1_000;

    /** What a shape is made from, beside the row's schema: the key's schema, or where else the key is. */
    private enum KeyIn {
        NOWHERE,
        ROW,
        ROW_ALONE,
        KEY_ALONE
    }

    private record SchemaPair(Object key, Schema row) {}

    private final List<String> keyFields;
    private final IdentityHashMap<Schema, IdentityHashMap<Object, RowShape>> byIdentity = new IdentityHashMap<>();
    private final Map<SchemaPair, RowShape> byEquality = new HashMap<>();

    private final Predicate<String> written;
    private final UnavailableValue unavailableValue;

    /**
     * Shapes of what is written.
     *
     * @param keyFields the fields that are the key; empty for all
     * @param written which fields beside the key are written
     * @param unavailableValue what stands for values that are not known
     */
    RowShapes(List<String> keyFields, Predicate<String> written, UnavailableValue unavailableValue) {
        this.keyFields = keyFields;
        this.written = written;
        this.unavailableValue = unavailableValue;
    }

    /** A row without key. */
    RowShape of(Schema row) {
        return cached(row, KeyIn.NOWHERE, () -> compose(List.of(), row));
    }

    /** A row whose key is the record's key. */
    RowShape of(Schema key, Schema row, Origin origin) {
        return cached(row, key, () -> compose(recordKey(key, origin), row));
    }

    /** A row some of whose own columns are the key. */
    RowShape keyInRow(Schema row, Origin origin) {
        return cached(row, KeyIn.ROW, () -> compose(named(row, "value", origin), row));
    }

    /** The key columns alone of such a row. */
    RowShape onlyKeyInRow(Schema row, Origin origin) {
        return cached(row, KeyIn.ROW_ALONE, () -> keyOnly(named(row, "value", origin)));
    }

    /** The record's key alone. */
    RowShape ofKey(Schema key, Origin origin) {
        return cached(key, KeyIn.KEY_ALONE, () -> keyOnly(recordKey(key, origin)));
    }

    private RowShape cached(Schema row, Object key, Supplier<RowShape> create) {
        IdentityHashMap<Object, RowShape> ofRow = byIdentity.get(row);
        RowShape known = ofRow == null ? null : ofRow.get(key);
        if (known != null) {
            return known;
        }
        if (byIdentity.size() > MAX_SHAPES) {
            byIdentity.clear();
        }
        if (byEquality.size() > MAX_SHAPES) {
            byEquality.clear();
        }
        RowShape shape = byEquality.computeIfAbsent(new SchemaPair(key, row), pair -> create.get());
        byIdentity.computeIfAbsent(row, schema -> new IdentityHashMap<>()).put(key, shape);
        return shape;
    }

    private static RowShape keyOnly(List<RowShape.Column> columns) {
        return new RowShape(columns, columns.size());
    }

    private RowShape compose(List<RowShape.Column> key, Schema row) {
        List<RowShape.Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RowShape.Column column : key) {
            names.add(column.name());
            columns.add(described(column, row.field(column.name())));
        }
        for (Field field : row.fields()) {
            if (!names.contains(field.name()) && written.test(field.name())) {
                Predicate<Object> placeholder = unavailableValue.test(field.schema());
                columns.add(new RowShape.Column(field.name(), field.schema(), field, placeholder));
            }
        }
        return new RowShape(List.copyOf(columns), key.size());
    }

    /** A key column as the row describes it, which tells the source's type where the key does not. */
    private static RowShape.Column described(RowShape.Column inKey, @Nullable Field inRow) {
        if (inRow == null) {
            return inKey;
        }
        Schema schema = inRow.schema();
        boolean sameValues = schema.type() == inKey.schema().type()
                && Objects.equals(schema.name(), inKey.schema().name())
                && schema.isOptional() == inKey.schema().isOptional();
        return sameValues ? new RowShape.Column(inKey.name(), schema, inKey.field(), null) : inKey;
    }

    private List<RowShape.Column> recordKey(Schema key, Origin origin) {
        if (key.type() == Schema.Type.STRUCT) {
            return named(key, "key", origin);
        }
        if (keyFields.size() != 1) {
            throw RecordReader.unusable(
                    origin, "its key is a single value; name the column it belongs to in primary.key.fields");
        }
        return List.of(new RowShape.Column(keyFields.get(0), key, null, null));
    }

    private List<RowShape.Column> named(Schema struct, String what, Origin origin) {
        List<RowShape.Column> columns = new ArrayList<>();
        for (Field field : struct.fields()) {
            if (keyFields.isEmpty() || keyFields.contains(field.name())) {
                columns.add(new RowShape.Column(field.name(), field.schema(), field, null));
            }
        }
        for (String name : keyFields) {
            if (struct.field(name) == null) {
                throw RecordReader.unusable(
                        origin, "its " + what + " has no field '" + name + "', which primary.key.fields names");
            }
        }
        return List.copyOf(columns);
    }
}
