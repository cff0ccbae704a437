package dev.walbrook.connect.sink.record;

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
        this.unavailableValue = new UnavailableValue(unavailableValue);
        this.shapes = new RowShapes(keyFields, field -> true, this.unavailableValue);
    }

    /** Where a filter may name a topic's fields, each topic has shapes of its own. */
    private RowShapes shapes(SinkRecord record) {
        return filter.isForAll()
                ? shapes
                : shapesByTopic.computeIfAbsent(
                        record.topic(),
                        topic -> new RowShapes(keyFields, field -> filter.writes(topic, field), unavailableValue));
    }

    /**
     * The row of a record, with its key if the record has one.
     *
     * @param missing the columns whose value the event says it does not know; null if it knows all
     */
    Row rowOf(
            SinkRecord record,
            Struct struct,
            Map<String, String> exact,
            @Nullable List<String> missing,
            Origin origin) {
        if (keyMode == PrimaryKeyMode.RECORD_VALUE) {
            return new Row(shapes(record).keyInRow(struct.schema(), origin), null, struct, exact, missing);
        }
        Object key = hasKey(record) ? keys.of(record, origin) : null;
        RowShape shape = key == null
                ? shapes(record).of(struct.schema())
                : shapes(record).of(keySchema(key, record, origin), struct.schema(), origin);
        return new Row(shape, key, struct, exact, missing);
    }

    /** All columns and no key. */
    Row wholeRow(SinkRecord record, Struct struct, Map<String, String> exact) {
        return new Row(shapes(record).of(struct.schema()), null, struct, exact, null);
    }

    /** What of a deleted row says which one it was. */
    Row deletedRow(SinkRecord record, Struct before, Map<String, String> exact, Origin origin) {
        return keyMode == PrimaryKeyMode.RECORD_VALUE
                ? new Row(shapes(record).onlyKeyInRow(before.schema(), origin), null, before, exact, null)
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
        return new Row(shape, key, null, Map.of(), null);
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
}
