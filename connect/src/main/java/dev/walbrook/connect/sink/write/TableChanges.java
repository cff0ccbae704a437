package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.table.TargetColumn;
import dev.walbrook.connect.sink.table.TargetTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch does to one table, reduced to one change per key; and the statements that do it. Pure.
 *
 * <p>Rows with a key have no order among each other. Rows without one, and the plain inserts of {@code insert.mode=insert},
 * keep the order in which they came.
 */
final class TableChanges {

    /** The net change of one key. */
    private sealed interface Net {
        /** The row is as given; if the row is incomplete, the rest of it stays what it is. */
        record Put(TextRow row, Origin origin) implements Net {}

        /** The row that is there is deleted, and an incomplete one takes its place. */
        record Replace(TextRow row, Origin origin) implements Net {}

        /** The row is gone. */
        record Delete(TextRow key, Origin origin) implements Net {}
    }

    private final InsertMode mode;
    private final List<Step> ordered = new ArrayList<>();
    private final Map<List<@Nullable String>, Net> byKey = new LinkedHashMap<>();
    private @Nullable Step truncate;

    TableChanges(InsertMode mode) {
        this.mode = mode;
    }

    /** Every row goes, those of this batch so far included. */
    void truncate(TargetTable table, Origin origin) {
        ordered.clear();
        byKey.clear();
        truncate = new Step(table, Statements.truncate(table), List.of(), List.of(), origin, null);
    }

    /**
     * A row is as given.
     *
     * @param before the whole row it was, where it has no key and is updated; null otherwise
     */
    void put(TextRow row, @Nullable TextRow before, Origin origin) {
        if (!row.hasKey()) {
            ordered.add(before == null ? insert(row, origin) : updateOne(row, before, origin));
        } else if (mode == InsertMode.INSERT) {
            ordered.add(insert(row, origin));
        } else {
            byKey.merge(row.key(), new Net.Put(row, origin), (earlier, now) -> merge(earlier, row, origin));
        }
    }

    private Net merge(Net earlier, TextRow row, Origin origin) {
        if (earlier instanceof Net.Delete && mode == InsertMode.UPDATE) {
            // There is no row left that could be updated.
            return earlier;
        }
        if (row.isComplete()) {
            return new Net.Put(row, origin);
        }
        if (earlier instanceof Net.Put put) {
            return new Net.Put(row.completedFrom(put.row()), origin);
        }
        if (earlier instanceof Net.Replace replace) {
            return new Net.Replace(row.completedFrom(replace.row()), origin);
        }
        return new Net.Replace(row, origin);
    }

    /** @param row the key, or the whole row where there is none */
    void delete(TextRow row, Origin origin) {
        if (!row.hasKey()) {
            ordered.add(step(row, row.columns().deleteOne(), origin));
        } else if (mode == InsertMode.INSERT) {
            ordered.add(step(row, row.columns().delete(), origin));
        } else {
            byKey.put(row.key(), new Net.Delete(row, origin));
        }
    }

    /** The statements, in the order in which they are to be run; those with the same text side by side. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        if (truncate != null) {
            steps.add(truncate);
        }
        // Deletes first: they make room where another column is unique, too.
        for (Net net : byKey.values()) {
            if (net instanceof Net.Delete delete) {
                steps.add(step(delete.key(), delete.key().columns().delete(), delete.origin()));
            } else if (net instanceof Net.Replace replace) {
                steps.add(step(replace.row(), replace.row().columns().delete(), replace.origin()));
            }
        }
        Map<String, List<Step>> puts = new LinkedHashMap<>();
        for (Net net : byKey.values()) {
            if (net instanceof Net.Put put) {
                Step step = put(put.row(), put.origin());
                puts.computeIfAbsent(step.sql(), sql -> new ArrayList<>()).add(step);
            } else if (net instanceof Net.Replace replace) {
                Step step = insert(replace.row(), replace.origin());
                puts.computeIfAbsent(step.sql(), sql -> new ArrayList<>()).add(step);
            }
        }
        puts.values().forEach(steps::addAll);
        steps.addAll(ordered);
        return steps;
    }

    private Step put(TextRow row, Origin origin) {
        if (mode == InsertMode.UPDATE) {
            return update(row, origin, null);
        }
        if (!row.isComplete()) {
            // An upsert would have to name a value even for columns that may not be null.
            return update(row, origin, insert(row, origin));
        }
        return step(row, row.columns().upsert(), origin);
    }

    private static Step insert(TextRow row, Origin origin) {
        return step(row, row.columns().insert(row.unavailable()), origin);
    }

    private static Step update(TextRow row, Origin origin, @Nullable Step ifNoRow) {
        RowColumns.Statement update = row.columns().update(row.unavailable());
        return new Step(
                row.columns().table(),
                update.sql(),
                row.columns().at(update.columns()),
                row.at(update.columns()),
                origin,
                ifNoRow);
    }

    /** Two rows' columns go into this one, so that it is written anew each time; such tables are rare and slow anyway. */
    private static Step updateOne(TextRow row, TextRow before, Origin origin) {
        TargetTable table = row.columns().table();
        int[] set = row.columns().settable(row.unavailable());
        List<TargetColumn> columns = new ArrayList<>(row.columns().at(set));
        columns.addAll(before.columns().columns());
        List<@Nullable String> parameters = new ArrayList<>(row.at(set));
        parameters.addAll(Arrays.asList(before.values()));
        String sql = Statements.updateOne(
                table, row.columns().at(set), before.columns().columns());
        return new Step(table, sql, columns, parameters, origin, null);
    }

    private static Step step(TextRow row, RowColumns.Statement statement, Origin origin) {
        RowColumns columns = row.columns();
        return new Step(
                columns.table(),
                statement.sql(),
                columns.at(statement.columns()),
                row.at(statement.columns()),
                origin,
                null);
    }
}
