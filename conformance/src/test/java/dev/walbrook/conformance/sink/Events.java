package dev.walbrook.conformance.sink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Makes the records of one table's topic, as a source writes them or as ExtractNewRecordState leaves them. */
final class Events {

    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("version", Schema.STRING_SCHEMA)
            .field("connector", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("db", Schema.STRING_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .build();

    private static final long MOMENT = 1_750_000_000_000L;

    private final String topic;
    private final String table;
    private final Schema row;
    private final @Nullable Schema key;
    private final Schema envelope;

    private Events(String table, Map<String, Schema> columns, List<String> keyColumns) {
        this.table = table;
        topic = topic(table);
        SchemaBuilder rows = SchemaBuilder.struct().name(topic + ".Value").optional();
        columns.forEach(rows::field);
        row = rows.build();
        SchemaBuilder keys = SchemaBuilder.struct().name(topic + ".Key");
        keyColumns.forEach(column -> keys.field(column, columns.get(column)));
        key = keyColumns.isEmpty() ? null : keys.build();
        envelope = SchemaBuilder.struct()
                .name(topic + ".Envelope")
                .field("before", row)
                .field("after", row)
                .field("source", SOURCE)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
    }

    /** Where the records of a table are: as a source names it whose schema is the scenario's. */
    static String topic(String table) {
        return "server.{schema}." + table;
    }

    /**
     * The events of a table whose first column is its primary key.
     *
     * @param namesAndSchemas the columns, in order: a name, a schema, and so on
     */
    static Events of(String table, Object... namesAndSchemas) {
        return new Events(table, columns(namesAndSchemas), List.of((String) namesAndSchemas[0]));
    }

    /** The same for a table without primary key. */
    static Events keyless(String table, Object... namesAndSchemas) {
        return new Events(table, columns(namesAndSchemas), List.of());
    }

    /** The same for a table whose first two columns are its primary key. */
    static Events twoKeys(String table, Object... namesAndSchemas) {
        return new Events(
                table, columns(namesAndSchemas), List.of((String) namesAndSchemas[0], (String) namesAndSchemas[2]));
    }

    private static Map<String, Schema> columns(Object... namesAndSchemas) {
        Map<String, Schema> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSchemas.length; i += 2) {
            columns.put((String) namesAndSchemas[i], (Schema) namesAndSchemas[i + 1]);
        }
        return columns;
    }

    SinkRecordText create(@Nullable Object... values) {
        return event("c", null, row(values));
    }

    SinkRecordText read(@Nullable Object... values) {
        return event("r", null, row(values));
    }

    SinkRecordText update(@Nullable Object... values) {
        return event("u", null, row(values));
    }

    SinkRecordText delete(@Nullable Object... values) {
        return event("d", row(values), null);
    }

    SinkRecordText truncate() {
        return SinkRecordText.of(topic, null, null, envelope, value("t", null, null));
    }

    /** What follows a delete: a key and nothing else. */
    SinkRecordText tombstone(@Nullable Object... values) {
        return SinkRecordText.of(topic, key, key(row(values)), null, null);
    }

    /** The row alone. */
    SinkRecordText flattened(@Nullable Object... values) {
        Struct of = row(values);
        return SinkRecordText.of(topic, key, key(of), row, of);
    }

    /** The row alone, without schemas. */
    SinkRecordText schemaless(@Nullable Object... values) {
        Struct of = row(values);
        return SinkRecordText.schemaless(topic, key, key(of), row, of);
    }

    /** The row alone, beside a key that is a single value. */
    SinkRecordText withKey(Schema keySchema, Object single, @Nullable Object... values) {
        return SinkRecordText.of(topic, keySchema, single, row, row(values));
    }

    private SinkRecordText event(String op, @Nullable Struct before, @Nullable Struct after) {
        Struct of = after == null ? before : after;
        return SinkRecordText.of(topic, key, of == null ? null : key(of), envelope, value(op, before, after));
    }

    private Struct value(String op, @Nullable Struct before, @Nullable Struct after) {
        Struct source = new Struct(SOURCE)
                .put("version", "3")
                .put("connector", "postgresql")
                .put("name", "server")
                .put("ts_ms", MOMENT)
                .put("db", "inventory")
                .put("schema", "{schema}")
                .put("table", table);
        return new Struct(envelope)
                .put("before", before)
                .put("after", after)
                .put("source", source)
                .put("op", op)
                .put("ts_ms", MOMENT);
    }

    private Struct row(@Nullable Object... values) {
        Struct struct = new Struct(row);
        List<Field> fields = new ArrayList<>(row.fields());
        for (int i = 0; i < values.length; i++) {
            struct.put(fields.get(i), values[i]);
        }
        return struct;
    }

    private @Nullable Struct key(Struct of) {
        if (key == null) {
            return null;
        }
        Struct struct = new Struct(key);
        key.fields().forEach(field -> struct.put(field, of.get(field.name())));
        return struct;
    }
}
