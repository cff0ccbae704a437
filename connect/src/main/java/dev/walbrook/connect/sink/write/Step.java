package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.table.TargetColumn;
import dev.walbrook.connect.sink.table.TargetTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one statement.
 *
 * @param table the table it writes
 * @param sql the statement
 * @param setSql the statement that does the same for many steps of this text at once; null if there is none
 * @param columns the columns its parameters are for, in the parameters' order
 * @param parameters the parameters' text
 * @param origin the record that wants it; where several were merged, the last
 * @param ifNoRow what to do when it has touched no row; null for nothing
 */
record Step(
        TargetTable table,
        String sql,
        @Nullable String setSql,
        List<TargetColumn> columns,
        List<@Nullable String> parameters,
        Origin origin,
        @Nullable Step ifNoRow) {

    static Step truncate(TargetTable table, Origin origin) {
        return new Step(table, Statements.truncate(table), null, List.of(), List.of(), origin, null);
    }

    static Step insert(TextRow row, Origin origin) {
        return of(row, row.columns().insert(row.unavailable()), origin, null);
    }

    static Step upsert(TextRow row, Origin origin) {
        return of(row, row.columns().upsert(), origin, null);
    }

    static Step update(TextRow row, Origin origin, @Nullable Step ifNoRow) {
        return of(row, row.columns().update(row.unavailable()), origin, ifNoRow);
    }

    static Step delete(TextRow key, Origin origin) {
        return of(key, key.columns().delete(), origin, null);
    }

    static Step deleteOne(TextRow row, Origin origin) {
        return of(row, row.columns().deleteOne(), origin, null);
    }

    static Step move(TextRow oldKey, TextRow newKey, Origin origin) {
        RowColumns.Statement statement = oldKey.columns().move();
        List<TargetColumn> key = statement.targets();
        List<TargetColumn> columns = new ArrayList<>();
        List<@Nullable String> parameters = new ArrayList<>();
        for (TextRow each : List.of(newKey, oldKey, newKey, oldKey, oldKey)) {
            columns.addAll(key);
            parameters.addAll(each.at(statement.columns()));
        }
        return new Step(oldKey.columns().table(), statement.sql(), null, columns, parameters, origin, null);
    }

    /** Two rows' columns go into this one, so that it is written anew each time; such tables are rare and slow anyway. */
    static Step updateOne(TextRow row, TextRow before, Origin origin) {
        TargetTable table = row.columns().table();
        int[] set = row.columns().settable(row.unavailable());
        List<TargetColumn> columns = new ArrayList<>(row.columns().at(set));
        columns.addAll(before.columns().columns());
        List<@Nullable String> parameters = new ArrayList<>(row.at(set));
        parameters.addAll(Arrays.asList(before.values()));
        String sql = Statements.updateOne(
                table, row.columns().at(set), before.columns().columns());
        return new Step(table, sql, null, columns, parameters, origin, null);
    }

    private static Step of(TextRow row, RowColumns.Statement statement, Origin origin, @Nullable Step ifNoRow) {
        RowColumns columns = row.columns();
        return new Step(
                columns.table(),
                statement.sql(),
                statement.setSql(),
                statement.targets(),
                row.at(statement.columns()),
                origin,
                ifNoRow);
    }
}
