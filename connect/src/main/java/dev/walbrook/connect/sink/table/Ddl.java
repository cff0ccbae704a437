package dev.walbrook.connect.sink.table;

import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.postgres.Sql;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the DDL of schema evolution. Every statement may be run twice. */
final class Ddl {

    /**
     * A column to be made.
     *
     * @param name its name
     * @param type its type as SQL writes it
     * @param notNull whether it refuses nulls
     * @param initial PostgreSQL's text of its default, which the rows that are already there get; null for none
     */
    record NewColumn(String name, String type, boolean notNull, @Nullable String initial) {

        String toSql() {
            return Sql.identifier(name)
                    + ' '
                    + type
                    + (initial == null ? "" : " DEFAULT " + Sql.literal(initial))
                    + (notNull ? " NOT NULL" : "");
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
        return columns.stream()
                .map(column -> "ADD COLUMN IF NOT EXISTS " + column.toSql())
                .collect(Collectors.joining(", ", "ALTER TABLE " + table.toSql() + " ", ""));
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
