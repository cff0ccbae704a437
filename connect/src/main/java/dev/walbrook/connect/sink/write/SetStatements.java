package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.table.TargetColumn;
import dev.walbrook.connect.sink.table.TargetTable;
import dev.walbrook.postgres.Sql;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of the statements that write many rows at once: each parameter is an array of text with one column's values, which
 * {@code unnest} puts side by side again. The text is cast to the column's type without its modifier, so that a value that
 * is too long is refused and not cut.
 */
final class SetStatements {

    /**
     * Types of which equal values have one text, so that the net change per key has each key once. An UPDATE of many rows
     * takes whichever it likes of two that have the same key; an INSERT refuses them, and they are told apart then.
     */
    private static final Set<String> ONE_TEXT =
            Set.of("int2", "int4", "int8", "text", "varchar", "date", "timestamptz");

    private SetStatements() {}

    static @Nullable String insert(TargetTable table, List<TargetColumn> columns) {
        return columns.isEmpty()
                ? null
                : Statements.insertInto(table, columns) + " SELECT " + values(columns) + " FROM " + rows(columns, "");
    }

    static String upsert(TargetTable table, List<TargetColumn> columns, List<TargetColumn> key) {
        return insert(table, columns) + Statements.onConflict(columns, key);
    }

    static String delete(TargetTable table, List<TargetColumn> key) {
        return "DELETE FROM " + table.name().toSql() + " t USING (SELECT " + values(key) + " FROM " + rows(key, "")
                + ") k WHERE " + isKey(key, 0);
    }

    /**
     * Answers with the ordinal numbers of the rows it has found, counting from 1. Parameters: the columns to set, then the key.
     *
     * @return null if there is nothing to set, or the key does not allow it
     */
    static @Nullable String update(TargetTable table, List<TargetColumn> set, List<TargetColumn> key) {
        if (set.isEmpty() || !key.stream().allMatch(column -> ONE_TEXT.contains(column.baseType()))) {
            return null;
        }
        List<TargetColumn> all = Stream.concat(set.stream(), key.stream()).toList();
        String assigned = IntStream.range(0, set.size())
                .mapToObj(i -> Sql.identifier(set.get(i).name()) + " = k.v" + i)
                .collect(Collectors.joining(", "));
        return "UPDATE " + table.name().toSql() + " t SET " + assigned + " FROM (SELECT u.n, " + values(all) + " FROM "
                + rows(all, " WITH ORDINALITY") + ") k WHERE " + isKey(key, set.size()) + " RETURNING k.n";
    }

    private static String values(List<TargetColumn> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> "CAST(u.c" + i + " AS " + columns.get(i).castSql() + ") AS v" + i)
                .collect(Collectors.joining(", "));
    }

    private static String rows(List<TargetColumn> columns, String ordinality) {
        String arrays = columns.stream().map(column -> "?::text[]").collect(Collectors.joining(", "));
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "unnest(" + arrays + ")" + ordinality + " AS u (" + names + (ordinality.isEmpty() ? "" : ", n") + ")";
    }

    private static String isKey(List<TargetColumn> key, int first) {
        return IntStream.range(0, key.size())
                .mapToObj(i -> "t." + Sql.identifier(key.get(i).name()) + " = k.v" + (first + i))
                .collect(Collectors.joining(" AND "));
    }
}
