package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.record.RowChange;
import dev.walbrook.connect.sink.record.RowShape;
import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.connect.sink.table.EvolutionAction;
import dev.walbrook.connect.sink.table.SchemaEvolution;
import dev.walbrook.connect.sink.table.TargetTable;
import dev.walbrook.connect.sink.table.TargetTables;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says changes in the target's terms, and sees to it that the target has the tables and columns for them. For one task's
 * thread.
 */
final class ChangePlanner {

    /** Shapes come and go with a topic's evolution; what is kept for them must not fill the heap. */
    private static final int MAX_ROW_WRITERS = 1_000;

    private final SchemaEvolution evolution;
    private final boolean ignoresMissing;
    private final TargetTables tables;
    /** The tables with changes that are planned and not written yet. */
    private final Set<TableName> waiting = new HashSet<>();

    private final IdentityHashMap<TargetTable, Map<RowShape, RowWriter>> rowWriters = new IdentityHashMap<>();

    ChangePlanner(SchemaEvolution evolution) {
        this.evolution = evolution;
        this.ignoresMissing = evolution.add() == EvolutionAction.IGNORE;
        this.tables = new TargetTables(evolution);
    }

    /** A new batch begins: no change waits to be written. */
    void begin() {
        waiting.clear();
        tables.begin();
    }

    /** Tells what was made and altered since the last time. */
    void tellEvolution(BatchObserver observer) {
        tables.tellEvolution(observer::evolved);
    }

    /** Forgets what is known, because the target may be another than it was. */
    void forget() {
        tables.forget();
        rowWriters.clear();
    }

    /**
     * The change as the target sees it. Commits if it has to create something.
     *
     * @return null if there is nothing to do for want of a table
     * @throws WalbrookException if the table or a column is missing and may not be created, or does not take such values
     */
    @Nullable
    TargetChange plan(Connection connection, RowChange change) throws SQLException {
        TargetTable table = table(connection, change);
        if (table == null) {
            return null;
        }
        waiting.add(change.table());
        Origin origin = change.origin();
        if (change instanceof RowChange.Put put) {
            TextRow before = put.before() == null
                    ? null
                    : rowWriter(table, put.before().shape(), origin).write(put.before(), origin);
            RowWriter writer = rowWriter(table, put.after().shape(), origin);
            return new TargetChange.Put(table, writer.write(put.after(), origin), before, origin);
        }
        if (change instanceof RowChange.Delete delete) {
            RowWriter writer = rowWriter(table, delete.row().shape(), origin);
            return new TargetChange.Delete(table, writer.write(delete.row(), origin), origin);
        }
        if (change instanceof RowChange.Move move) {
            RowWriter writer = rowWriter(table, move.oldKey().shape(), origin);
            return new TargetChange.Move(
                    table, writer.write(move.oldKey(), origin), writer.write(move.newKey(), origin), origin);
        }
        return new TargetChange.Truncate(table, origin);
    }

    private @Nullable TargetTable table(Connection connection, RowChange change) throws SQLException {
        if (change instanceof RowChange.Put put) {
            boolean first = !waiting.contains(put.table());
            return tables.fitted(connection, put.table(), put.after().shape(), true, first, put.origin());
        }
        TargetTable table = tables.find(connection, change.table());
        if (change instanceof RowChange.Delete delete) {
            boolean needed = !delete.tombstone() && !evolution.creates();
            return table != null || needed
                    ? tables.fitted(connection, delete.table(), delete.row().shape(), false, false, delete.origin())
                    : null;
        }
        if (change instanceof RowChange.Move move && table != null) {
            return tables.fitted(connection, move.table(), move.oldKey().shape(), false, false, move.origin());
        }
        return table;
    }

    private RowWriter rowWriter(TargetTable table, RowShape shape, Origin origin) {
        if (rowWriters.size() > MAX_ROW_WRITERS) {
            rowWriters.clear();
        }
        return rowWriters
                .computeIfAbsent(table, any -> new HashMap<>())
                .computeIfAbsent(shape, any -> new RowWriter(table, shape, ignoresMissing, origin));
    }
}
