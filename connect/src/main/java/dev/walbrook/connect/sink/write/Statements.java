package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.table.TargetColumn;
import dev.walbrook.connect.sink.table.TargetTable;
import dev.walbrook.postgres.Sql;
import java.util.List;
import java.util.stream.Collectors;

/** The text of the statements that write rows. Parameters are in the order of the columns given. */
final class Statements {

    private Statements() {}

    static String insert(TargetTable table, List<TargetColumn> columns) {
        if (columns.isEmpty()) {
            return "INSERT INTO " + table.name().toSql() + " DEFAULT VALUES";
        }
        return insertInto(table, columns)
                + columns.stream().map(column -> "?").collect(Collectors.joining(", ", " VALUES (", ")"));
    }

    static String insertInto(TargetTable table, List<TargetColumn> columns) {
        // An identity column takes the source's value like any other.
        boolean identity = columns.stream().anyMatch(TargetColumn::identityAlways);
        return "INSERT INTO " + table.name().toSql()
                + columns.stream().map(Statements::name).collect(Collectors.joining(", ", " (", ")"))
                + (identity ? " OVERRIDING SYSTEM VALUE" : "");
    }

    /** @param key the columns among them that say which row is meant */
    static String upsert(TargetTable table, List<TargetColumn> columns, List<TargetColumn> key) {
        return insert(table, columns) + onConflict(columns, key);
    }

    static String onConflict(List<TargetColumn> columns, List<TargetColumn> key) {
        String target = key.stream().map(Statements::name).collect(Collectors.joining(", ", " ON CONFLICT (", ")"));
        String set = columns.stream()
                .filter(column -> !key.contains(column) && !column.identityAlways())
                .map(column -> name(column) + " = EXCLUDED." + name(column))
                .collect(Collectors.joining(", "));
        return target + (set.isEmpty() ? " DO NOTHING" : " DO UPDATE SET " + set);
    }

    /** Parameters: the columns to set, then the key. */
    static String update(TargetTable table, List<TargetColumn> set, List<TargetColumn> key) {
        // Without a column to set the statement still tells whether the row is there.
        List<TargetColumn> assigned = set.isEmpty() ? key : set;
        return "UPDATE " + table.name().toSql() + " SET "
                + assigned.stream()
                        .map(column -> name(column) + " = " + (set.isEmpty() ? name(column) : "?"))
                        .collect(Collectors.joining(", "))
                + " WHERE " + isKey(key);
    }

    static String delete(TargetTable table, List<TargetColumn> key) {
        return "DELETE FROM " + table.name().toSql() + " WHERE " + isKey(key);
    }

    /**
     * Gives a row another key, or deletes it where another row has that key already. Parameters: the new key, the old one,
     * the new one, and twice the old one.
     *
     * <p>In one statement, so that many of them may go to the server together and each sees what those before it did.
     */
    static String move(TargetTable table, List<TargetColumn> key) {
        String name = table.name().toSql();
        String isKey = isKey(key);
        // Keys may be equal without being the same, such as 1.0 and 1.00: a row does not stand in its own way.
        return "WITH moved AS (UPDATE " + name + " SET "
                + key.stream().map(column -> name(column) + " = ?").collect(Collectors.joining(", "))
                + " WHERE " + isKey
                + " AND NOT EXISTS (SELECT FROM " + name + " WHERE " + isKey + " AND NOT (" + isKey + "))"
                + " RETURNING 1) DELETE FROM " + name + " WHERE " + isKey + " AND NOT EXISTS (SELECT FROM moved)";
    }

    static String truncate(TargetTable table) {
        return "TRUNCATE TABLE " + table.name().toSql();
    }

    /** Updates one of the rows that equal the old row. Parameters: the columns to set, then the old row. */
    static String updateOne(TargetTable table, List<TargetColumn> set, List<TargetColumn> old) {
        return "UPDATE " + table.name().toSql() + " SET "
                + set.stream().map(column -> name(column) + " = ?").collect(Collectors.joining(", "))
                + " WHERE " + isOneOf(table, old);
    }

    /** Deletes one of the rows that equal the old row. */
    static String deleteOne(TargetTable table, List<TargetColumn> old) {
        return "DELETE FROM " + table.name().toSql() + " WHERE " + isOneOf(table, old);
    }

    private static String isKey(List<TargetColumn> key) {
        return key.stream().map(column -> name(column) + " = ?").collect(Collectors.joining(" AND "));
    }

    private static String isOneOf(TargetTable table, List<TargetColumn> old) {
        String equal =
                old.isEmpty() ? "true" : old.stream().map(Statements::isEqual).collect(Collectors.joining(" AND "));
        String row = table.partitioned() ? "tableoid, ctid" : "ctid";
        String from = " FROM " + table.name().toSql() + " WHERE " + equal + " LIMIT 1)";
        return (table.partitioned() ? "(tableoid, ctid)" : "ctid") + " = (SELECT " + row + from;
    }

    private static String isEqual(TargetColumn column) {
        String value = "CAST(? AS " + column.typeSql() + ")";
        return column.comparable()
                ? name(column) + " IS NOT DISTINCT FROM " + value
                : "CAST(" + name(column) + " AS text) IS NOT DISTINCT FROM CAST(" + value + " AS text)";
    }

    private static String name(TargetColumn column) {
        return Sql.identifier(column.name());
    }
}
