package dev.walbrook.connect.sink.record;

import dev.walbrook.connect.ColumnHeaders;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Reads rows and keys out of the structures of records, as {@code primary.key.mode} wants it. For one task's thread. */
final class RowReader {

    private final PrimaryKeyMode keyMode;
    private final UnavailableValue unavailableValue;
    private final RowShapes shapes;

    RowReader(PrimaryKeyMode keyMode, List<String> keyFields, String unavailableValue) {
        this.keyMode = keyMode;
        this.shapes = new RowShapes(keyFields);
        this.unavailableValue = new UnavailableValue(unavailableValue);
    }

    /** The row of a record, with its key if the record has one. */
    Row rowOf(SinkRecord record, Struct struct, Map<String, String> exact, Origin origin) {
        return hasKey(record) ? keyedRow(record, struct, exact, origin) : wholeRow(struct, exact);
    }

    /** All columns and no key. */
    Row wholeRow(Struct struct, Map<String, String> exact) {
        return row(shapes.of(struct.schema()), struct, exact);
    }

    /** What of a deleted row says which one it was. */
    Row deletedRow(Struct before, Map<String, String> exact, Origin origin) {
        return keyMode == PrimaryKeyMode.RECORD_VALUE
                ? row(shapes.onlyKeyInRow(before.schema(), origin), before, exact)
                : wholeRow(before, exact);
    }

    boolean hasKey(SinkRecord record) {
        return switch (keyMode) {
            case NONE -> false;
            case RECORD_KEY -> record.key() != null;
            case RECORD_VALUE -> true;
        };
    }

    Row keyRow(Object key, SinkRecord record, Origin origin) {
        RowShape shape = shapes.ofKey(keySchema(record, origin), origin);
        @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
        fillKey(values, shape, key);
        return new Row(shape, values, new BitSet(), Map.of());
    }

    private Row keyedRow(SinkRecord record, Struct struct, Map<String, String> exact, Origin origin) {
        if (keyMode == PrimaryKeyMode.RECORD_VALUE) {
            return row(shapes.keyInRow(struct.schema(), origin), struct, exact);
        }
        RowShape shape = shapes.of(keySchema(record, origin), struct.schema(), origin);
        Row row = row(shape, struct, exact);
        fillKey(row.values(), shape, record.key());
        return row;
    }

    private static Row row(RowShape shape, Struct struct, Map<String, String> exact) {
        @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
        for (int i = 0; i < values.length; i++) {
            String name = shape.columns().get(i).name();
            if (struct.schema().field(name) != null) {
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

    private Schema keySchema(SinkRecord record, Origin origin) {
        if (record.key() instanceof Struct key) {
            return key.schema();
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
