package dev.walbrook.connect.sink.table;

import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.postgres.Sql;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the DDL of schema evolution. Every statement may be run twice. */
final class Ddl {

    /**
     * A column to be made.
     *
     * @param name its name
     * @param type its type as SQL writes it
     * @param notNull whether it refuses nulls
     * @param initial PostgreSQL's text of what the rows that are already there get; null for null
     */
    record NewColumn(String name, String type, boolean notNull, @Nullable String initial) {

        String toSql() {
            return Sql.identifier(name) + ' ' + type + (notNull ? " NOT NULL" : "");
        }
    }

    private Ddl() {}

    static String createSchema(String schema) {
        return "CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(schema);
    }

    static String createTable(TableName table, List<NewColumn> columns, List<String> primaryKey) {
        String definitions = columns.stream().map(NewColumn::toSql).collect(Collectors.joining(", "));
        String key = primaryKey.isEmpty()
                ? ""
                : primaryKey.stream().map(Sql::identifier).collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        return "CREATE TABLE IF NOT EXISTS " + table.toSql() + " (" + definitions + key + ")";
    }

    static String addColumns(TableName table, List<NewColumn> columns) {
        return alter(
                table,
                columns.stream()
                        .map(column -> "ADD COLUMN IF NOT EXISTS " + column.toSql()
                                + (column.initial() == null ? "" : " DEFAULT " + Sql.literal(column.initial()))));
    }

    /**
     * Takes the defaults off columns that were added with one: it was for the rows that were there, and new ones bring their
     * values. PostgreSQL does not take this in one statement with {@link #addColumns}.
     *
     * @return empty if no column has one
     */
    static Optional<String> dropDefaults(TableName table, List<NewColumn> columns) {
        List<String> dropped = columns.stream()
                .filter(column -> column.initial() != null)
                .map(column -> "ALTER COLUMN " + Sql.identifier(column.name()) + " DROP DEFAULT")
                .toList();
        return dropped.isEmpty() ? Optional.empty() : Optional.of(alter(table, dropped.stream()));
    }

    private static String alter(TableName table, Stream<String> actions) {
        return actions.collect(Collectors.joining(", ", "ALTER TABLE " + table.toSql() + " ", ""));
    }

    static String createEnum(TableName type, List<String> labels) {
        return labels.stream()
                .map(Sql::literal)
                .collect(Collectors.joining(", ", "CREATE TYPE " + type.toSql() + " AS ENUM (", ")"));
    }

    /**
     * Gives an enum a label, in the place it has among the source's.
     *
     * @param type the type's name as SQL takes it
     * @param labels the source's labels
     * @param index which of them
     */
    static String addEnumLabel(String type, List<String> labels, int index) {
        String place = index > 0 ? " AFTER " + Sql.literal(labels.get(index - 1)) : "";
        return "ALTER TYPE " + type + " ADD VALUE IF NOT EXISTS " + Sql.literal(labels.get(index)) + place;
    }
}
