package dev.walbrook.connect.sink.record;

import dev.walbrook.connect.ColumnHeaders;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Reads rows and keys out of the structures of records, as {@code primary.key.mode} wants it. For one task's thread. */
final class RowReader {

    private final PrimaryKeyMode keyMode;
    private final List<String> keyFields;
    private final FieldFilter filter;
    private final RecordKeys keys;
    private final UnavailableValue unavailableValue;
    private final RowShapes shapes;
    private final Map<String, RowShapes> shapesByTopic = new HashMap<>();

    RowReader(PrimaryKeyMode keyMode, List<String> keyFields, FieldFilter filter, String unavailableValue) {
        this.keyMode = keyMode;
        this.keyFields = keyFields;
        this.filter = filter;
        this.keys = new RecordKeys(keyMode, keyFields);
        this.shapes = new RowShapes(keyFields, field -> true);
        this.unavailableValue = new UnavailableValue(unavailableValue);
    }

    /** Where a filter may name a topic's fields, each topic has shapes of its own. */
    private RowShapes shapes(SinkRecord record) {
        return filter.isForAll()
                ? shapes
                : shapesByTopic.computeIfAbsent(
                        record.topic(), topic -> new RowShapes(keyFields, field -> filter.writes(topic, field)));
    }

    /** The row of a record, with its key if the record has one. */
    Row rowOf(SinkRecord record, Struct struct, Map<String, String> exact, Origin origin) {
        return hasKey(record) ? keyedRow(record, struct, exact, origin) : wholeRow(record, struct, exact);
    }

    /** All columns and no key. */
    Row wholeRow(SinkRecord record, Struct struct, Map<String, String> exact) {
        return row(shapes(record).of(struct.schema()), struct, exact);
    }

    /** What of a deleted row says which one it was. */
    Row deletedRow(SinkRecord record, Struct before, Map<String, String> exact, Origin origin) {
        return keyMode == PrimaryKeyMode.RECORD_VALUE
                ? row(shapes(record).onlyKeyInRow(before.schema(), origin), before, exact)
                : wholeRow(record, before, exact);
    }

    boolean hasKey(SinkRecord record) {
        return switch (keyMode) {
            case NONE -> false;
            case RECORD_KEY -> record.key() != null;
            case RECORD_VALUE, RECORD_HEADER, KAFKA -> true;
        };
    }

    /** Whether the key is beside the value, so that it alone says which row is meant. */
    boolean hasKeyBeside(SinkRecord record) {
        return keyMode != PrimaryKeyMode.RECORD_VALUE && hasKey(record);
    }

    /** The key's columns alone. */
    Row keyRow(SinkRecord record, Origin origin) {
        Object key = keys.of(record, origin);
        if (key == null) {
            throw RecordReader.unusable(origin, "it has no key");
        }
        return keyRow(key, record, origin);
    }

    Row keyRow(Object key, SinkRecord record, Origin origin) {
        RowShape shape = shapes(record).ofKey(keySchema(key, record, origin), origin);
        @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
        fillKey(values, shape, key);
        return new Row(shape, values, new BitSet(), Map.of());
    }

    private Row keyedRow(SinkRecord record, Struct struct, Map<String, String> exact, Origin origin) {
        if (keyMode == PrimaryKeyMode.RECORD_VALUE) {
            return row(shapes(record).keyInRow(struct.schema(), origin), struct, exact);
        }
        Object key = keys.of(record, origin);
        if (key == null) {
            return wholeRow(record, struct, exact);
        }
        RowShape shape = shapes(record).of(keySchema(key, record, origin), struct.schema(), origin);
        Row row = row(shape, struct, exact);
        fillKey(row.values(), shape, key);
        return row;
    }

    private static Row row(RowShape shape, Struct struct, Map<String, String> exact) {
        @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
        List<RowShape.Column> columns = shape.columns();
        for (int i = 0; i < values.length; i++) {
            String name = columns.get(i).name();
            // Of the shape's columns only the key's need not be the row's.
            if (i >= shape.keyColumns() || struct.schema().field(name) != null) {
                // Not Struct.get: that turns a null into the column's default.
                values[i] = struct.getWithoutDefault(name);
            }
        }
        return new Row(shape, values, new BitSet(), exact);
    }

    private static void fillKey(@Nullable Object[] values, RowShape shape, Object key) {
        if (key instanceof Struct struct) {
            for (int i = 0; i < shape.keyColumns(); i++) {
                values[i] = struct.getWithoutDefault(shape.columns().get(i).name());
            }
        } else {
            values[0] = key;
        }
    }

    private static Schema keySchema(Object key, SinkRecord record, Origin origin) {
        if (key instanceof Struct struct) {
            return struct.schema();
        }
        if (record.keySchema() == null) {
            throw RecordReader.unusable(
                    origin,
                    "its key has no schema; use a converter that carries one, such as JsonConverter with"
                            + " key.converter.schemas.enable=true, or set primary.key.mode=record_value");
        }
        return record.keySchema();
    }

    void markUnavailable(Row row, SinkRecord record, Origin origin) {
        List<RowShape.Column> columns = row.shape().columns();
        List<String> named = ColumnHeaders.names(record.headers(), ColumnHeaders.UNAVAILABLE);
        if (named == null) {
            // What stands in these columns is not their value: writing it would destroy the one that the target has.
            throw RecordReader.unusable(
                    origin,
                    "its header " + ColumnHeaders.UNAVAILABLE + " was not understood; set"
                            + " header.converter=org.apache.kafka.connect.json.JsonConverter at the source and here");
        }
        // The key's values are always known.
        for (int i = row.shape().keyColumns(); i < columns.size(); i++) {
            RowShape.Column column = columns.get(i);
            Object value = row.values()[i];
            if (named.contains(column.name()) || (value != null && unavailableValue.isFor(column.schema(), value))) {
                row.unavailable().set(i);
            }
        }
    }
}
