package dev.walbrook.connect.source;

import dev.walbrook.capture.CapturedColumn;
import dev.walbrook.capture.TableSchema;
import dev.walbrook.connect.source.type.ColumnMapping;
import java.util.ArrayList;
import java.util.List;
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
     * @param field the field
     * @param mapping how values are made
     */
    record MappedField(int column, Field field, ColumnMapping mapping) {}

    /**
     * @param table the table
     * @param settings what all tables share
     * @param nullable names of columns in which nulls were seen, whatever the catalog says now
     */
    static TableShape of(TableSchema table, RecordSettings settings, Set<String> nullable) {
        String topic = settings.topics().topic(table.id());
        List<ColumnMapping> mappings = new ArrayList<>();
        for (CapturedColumn column : table.columns()) {
            boolean optional = column.optional() || nullable.contains(column.name());
            ColumnMapping mapping = settings.mappings().map(table.id(), column, optional);
            if (mapping == null) {
                log.warn(
                        "table={} column={} is not captured: type {} has no representation. Set"
                                + " include.unknown.datatypes=true to have the bytes of its text",
                        table.id(),
                        column.name(),
                        column.declaredType().name());
            }
            mappings.add(mapping);
        }

        SchemaBuilder rowBuilder = SchemaBuilder.struct().name(topic + ".Value").optional();
        List<Integer> rowColumns = new ArrayList<>();
        for (int i = 0; i < mappings.size(); i++) {
            CapturedColumn column = table.columns().get(i);
            ColumnMapping mapping = mappings.get(i);
            if (mapping != null && settings.columns().test(table.id() + "." + column.name())) {
                rowBuilder.field(column.name(), mapping.schema());
                rowColumns.add(i);
            }
        }
        Schema row = rowBuilder.build();

        Schema key = null;
        List<MappedField> keyFields = List.of();
        List<Integer> keyColumns = table.keyColumns();
        String tableField = settings.topics().keyField();
        if ((!keyColumns.isEmpty() || tableField != null)
                && keyColumns.stream().allMatch(i -> mappings.get(i) != null)) {
            SchemaBuilder keyBuilder = SchemaBuilder.struct().name(topic + ".Key");
            for (int i : keyColumns) {
                keyBuilder.field(table.columns().get(i).name(), mappings.get(i).schema());
            }
            if (tableField != null) {
                keyBuilder.field(tableField, Schema.STRING_SCHEMA);
            }
            key = keyBuilder.build();
            keyFields = fields(table, keyColumns, key, mappings);
        }

        Schema envelope = SchemaBuilder.struct()
                .name(topic + ".Envelope")
                .version(2)
                .field("before", row)
                .field("after", row)
                .field("source", SourceInfo.SCHEMA)
                .field("transaction", TransactionMetadata.BLOCK)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
        return new TableShape(
                topic,
                key,
                keyFields,
                key == null || tableField == null ? null : key.field(tableField),
                settings.topics().keyFieldValue(table.id()),
                row,
                fields(table, rowColumns, row, mappings),
                envelope);
    }

    private static List<MappedField> fields(
            TableSchema table, List<Integer> columns, Schema schema, List<ColumnMapping> mappings) {
        List<MappedField> fields = new ArrayList<>(columns.size());
        for (int i : columns) {
            fields.add(new MappedField(i, schema.field(table.columns().get(i).name()), mappings.get(i)));
        }
        return List.copyOf(fields);
    }
}
