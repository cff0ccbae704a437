package dev.walbrook.connect.sink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;

/** Makes the change events of one table as a source writes them. Offsets count up from 0. */
final class Events {

    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("db", Schema.STRING_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .build();

    private final String schemaName;
    private final String table;
    private final Schema row;
    private final Schema key;
    private final Schema envelope;
    private long offset;

    /**
     * @param columns the columns by name, in order
     * @param keyColumns those that are the key; none for a table without
     */
    Events(String schemaName, String table, Map<String, Schema> columns, String... keyColumns) {
        this.schemaName = schemaName;
        this.table = table;
        SchemaBuilder rows = SchemaBuilder.struct().name(topic() + ".Value").optional();
        columns.forEach(rows::field);
        row = rows.build();
        SchemaBuilder keys = SchemaBuilder.struct().name(topic() + ".Key");
        for (String column : keyColumns) {
            keys.field(column, columns.get(column));
        }
        key = keyColumns.length == 0 ? null : keys.build();
        envelope = SchemaBuilder.struct()
                .name(topic() + ".Envelope")
                .field("before", row)
                .field("after", row)
                .field("source", SOURCE)
                .field("op", Schema.STRING_SCHEMA)
                .build();
    }

    String topic() {
        return "test." + schemaName + "." + table;
    }

    static Map<String, Schema> columns(Object... namesAndSchemas) {
        Map<String, Schema> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSchemas.length; i += 2) {
            columns.put((String) namesAndSchemas[i], (Schema) namesAndSchemas[i + 1]);
        }
        return columns;
    }

    SinkRecord create(Object... values) {
        return event("c", null, row(values));
    }

    SinkRecord update(Object... values) {
        return event("u", null, row(values));
    }

    SinkRecord updateFrom(List<Object> before, Object... values) {
        return event("u", row(before.toArray()), row(values));
    }

    SinkRecord delete(Object... values) {
        return event("d", row(values), null);
    }

    /** What a source says when an update changes the key: a delete, its tombstone and a create, all naming the other key. */
    List<SinkRecord> keyChange(List<Object> before, Object... values) {
        Struct old = row(before.toArray());
        Struct now = row(values);
        List<SinkRecord> records = List.of(delete(before.toArray()), tombstone(before.toArray()), create(values));
        records.get(0).headers().add("__debezium.newkey", key(now), key);
        records.get(1).headers().add("__debezium.newkey", key(now), key);
        records.get(2).headers().add("__debezium.oldkey", key(old), key);
        return records;
    }

    SinkRecord truncate() {
        return record(null, null, value("t", null, null));
    }

    /** What follows a delete: a key and nothing else. */
    SinkRecord tombstone(Object... values) {
        return new SinkRecord(
                topic(), 0, key, key(row(values)), null, null, offset++, null, TimestampType.NO_TIMESTAMP_TYPE);
    }

    /** The row alone, as ExtractNewRecordState leaves it. */
    SinkRecord flattened(Object... values) {
        Struct row = row(values);
        return record(key, key(row), row);
    }

    List<SinkRecord> deleteWithTombstone(Object... values) {
        return List.of(delete(values), tombstone(values));
    }

    private SinkRecord event(String op, Struct before, Struct after) {
        return record(key, key(after == null ? before : after), value(op, before, after));
    }

    private SinkRecord record(Schema keySchema, Struct keyValue, Struct value) {
        return new SinkRecord(
                topic(),
                0,
                keyValue == null ? null : keySchema,
                keyValue,
                value.schema(),
                value,
                offset++,
                null,
                TimestampType.NO_TIMESTAMP_TYPE,
                new ConnectHeaders());
    }

    private Struct value(String op, Struct before, Struct after) {
        Struct source =
                new Struct(SOURCE).put("db", "source").put("schema", schemaName).put("table", table);
        return new Struct(envelope)
                .put("before", before)
                .put("after", after)
                .put("source", source)
                .put("op", op);
    }

    private Struct row(Object... values) {
        Struct struct = new Struct(row);
        List<Field> fields = new ArrayList<>(row.fields());
        for (int i = 0; i < values.length; i++) {
            struct.put(fields.get(i), values[i]);
        }
        return struct;
    }

    private Struct key(Struct of) {
        if (key == null) {
            return null;
        }
        Struct struct = new Struct(key);
        key.fields().forEach(field -> struct.put(field, of.get(field.name())));
        return struct;
    }
}
