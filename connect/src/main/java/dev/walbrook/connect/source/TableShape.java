package dev.walbrook.connect.source;

import dev.walbrook.capture.CapturedColumn;
import dev.walbrook.capture.TableSchema;
import dev.walbrook.connect.source.type.ColumnMapping;
import dev.walbrook.connect.source.type.ColumnMappings.Nullability;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Connect schemas of one table, and how each field is made; decided once and used for every change of the table.
 *
 * @param topic the table's topic
 * @param key the key's schema; null for a table without key
 * @param keyFields the key's fields
 * @param tableField the key's field that says which table the row is of; null if there is none
 * @param tableFieldValue its value
 * @param row the schema of {@code before} and {@code after}
 * @param rowFields the row's fields
 * @param envelope the value's schema
 */
record TableShape(
        String topic,
        @Nullable Schema key,
        List<MappedField> keyFields,
        @Nullable Field tableField,
        String tableFieldValue,
        Schema row,
        List<MappedField> rowFields,
        Schema envelope) {

    private static final Logger log = LoggerFactory.getLogger(TableShape.class);

    /**
     * One field of a key or a row.
     *
     * @param column the index of its column in the table's tuples
     * @param name the column's name
     * @param field the field, whose name may be adjusted
     * @param mapping how values are made
     */
    record MappedField(int column, String name, Field field, ColumnMapping mapping) {}

    /**
     * @param table the table
     * @param settings what all tables share
     * @param nullable names of columns in which nulls were seen, whatever the catalog says now
     * @param nullableElements names of columns in whose arrays nulls were seen, although such arrays usually have none
     */
    static TableShape of(
            TableSchema table, RecordSettings settings, Set<String> nullable, Set<String> nullableElements) {
        String topic = settings.topics().topic(table.id());
        List<Integer> rowColumns = new ArrayList<>();
        List<ColumnMapping> rowMappings = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            CapturedColumn column = table.columns().get(i);
            if (!settings.columns().test(table.id() + "." + column.name())) {
                continue;
            }
            boolean optional = column.optional() || nullable.contains(column.name());
            Nullability nullability = new Nullability(optional, nullableElements.contains(column.name()));
            ColumnMapping mapping = settings.mappings().inRow(table.id(), column, nullability);
            if (mapping == null) {
                log.warn(
                        "table={} column={} is not captured: type {} has no representation. Set"
                                + " include.unknown.datatypes=true to have the bytes of its text",
                        table.id(),
                        column.name(),
                        column.declaredType().name());
            } else {
                rowColumns.add(i);
                rowMappings.add(mapping);
            }
        }
        Schema row = struct(table, settings, topic + ".Value", rowColumns, rowMappings)
                .optional()
                .build();

        Schema key = null;
        List<MappedField> keyFields = List.of();
        List<Integer> keyColumns = settings.keys().of(table);
        List<ColumnMapping> keyMappings = new ArrayList<>();
        for (int i : keyColumns) {
            CapturedColumn column = table.columns().get(i);
            // What is left out of the rows may be null in keys: so Debezium has it.
            boolean optional = column.optional() || nullable.contains(column.name()) || !rowColumns.contains(i);
            ColumnMapping mapping = settings.mappings()
                    .inKey(column, new Nullability(optional, nullableElements.contains(column.name())));
            if (mapping != null) {
                keyMappings.add(mapping);
            }
        }
        String tableField = settings.topics().keyField();
        if ((!keyColumns.isEmpty() || tableField != null) && keyMappings.size() == keyColumns.size()) {
            SchemaBuilder builder = struct(table, settings, topic + ".Key", keyColumns, keyMappings);
            key = (tableField == null ? builder : builder.field(tableField, Schema.STRING_SCHEMA)).build();
            keyFields = fields(table, keyColumns, key, keyMappings);
        }

        Schema envelope = Envelope.schema(
                settings.schemaNames().schemaName(topic + ".Envelope"),
                row,
                settings.sourceInfo().schema());
        return new TableShape(
                topic,
                key,
                keyFields,
                key == null || tableField == null ? null : key.field(tableField),
                settings.topics().keyFieldValue(table.id()),
                row,
                fields(table, rowColumns, row, rowMappings),
                envelope);
    }

    private static SchemaBuilder struct(
            TableSchema table,
            RecordSettings settings,
            String name,
            List<Integer> columns,
            List<ColumnMapping> mappings) {
        SchemaBuilder builder =
                SchemaBuilder.struct().name(settings.schemaNames().schemaName(name));
        for (int i = 0; i < columns.size(); i++) {
            String column = table.columns().get(columns.get(i)).name();
            String field = settings.fieldNames().fieldName(column);
            if (builder.field(field) != null) {
                throw new WalbrookException(
                        ErrorKind.CONFIGURATION,
                        "two columns of " + table.id() + " have the field name " + field
                                + " after field.name.adjustment.mode; set it to avro_unicode, which keeps them apart",
                        Map.of("table", table.id().toString(), "column", column));
            }
            builder.field(field, mappings.get(i).schema());
        }
        return builder;
    }

    private static List<MappedField> fields(
            TableSchema table, List<Integer> columns, Schema schema, List<ColumnMapping> mappings) {
        List<MappedField> fields = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            int column = columns.get(i);
            fields.add(new MappedField(
                    column, table.columns().get(column).name(), schema.fields().get(i), mappings.get(i)));
        }
        return List.copyOf(fields);
    }
}
