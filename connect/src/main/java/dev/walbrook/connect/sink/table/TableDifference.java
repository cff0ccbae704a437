package dev.walbrook.connect.sink.table;

import dev.walbrook.connect.sink.record.RowShape;
import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which of the ways that schema evolution knows a table's existing columns differ from what a row's shape asks for, and
 * the changes that end it.
 */
final class TableDifference {

    /** What a shape says of the columns that it does not have. */
    enum Extent {
        /** Nothing: it is a key. */
        PART,
        /** The source does not have them any more. */
        WHOLE,
        /** Likewise, but rows of this batch still have them: they must take nulls, and go with a later batch. */
        WHOLE_LATER
    }

    /** Parts of one ALTER TABLE. */
    private final List<String> actions = new ArrayList<>();

    private final TargetTable table;
    private final RowShape shape;
    private final SchemaEvolution evolution;
    private final ColumnTypes types;

    private TableDifference(TargetTable table, RowShape shape, SchemaEvolution evolution, ColumnTypes types) {
        this.table = table;
        this.shape = shape;
        this.evolution = evolution;
        this.types = types;
    }

    /**
     * The parts of an ALTER TABLE that make the table's columns what the policies want; empty for none.
     *
     * @param extent what the shape says of columns that it lacks
     * @throws WalbrookException SINK_SCHEMA_CHANGE if there is a difference for which the policy is to fail
     */
    static List<String> actions(
            TargetTable table, RowShape shape, Extent extent, SchemaEvolution evolution, ColumnTypes types)
            throws SQLException {
        TableDifference difference = new TableDifference(table, shape, evolution, types);
        difference.compareColumns();
        if (extent != Extent.PART) {
            difference.findDropped(extent == Extent.WHOLE);
        }
        return difference.actions;
    }

    private void compareColumns() throws SQLException {
        for (int i = 0; i < shape.columns().size(); i++) {
            RowShape.Column column = shape.columns().get(i);
            TargetColumn target = table.column(column, shape);
            if (target == null || target.generated()) {
                continue;
            }
            String name = Sql.identifier(target.name());
            if (evolution.widen() != EvolutionAction.IGNORE) {
                String wider = widened(target, column);
                if (wider != null) {
                    add(
                            evolution.widen(),
                            "widen",
                            column.name(),
                            "is of type " + target.typeSql() + " and should be " + wider,
                            "ALTER COLUMN " + name + " TYPE " + wider);
                }
            }
            boolean key = i < shape.keyColumns();
            if (!key && target.notNull() && column.schema().isOptional()) {
                add(
                        evolution.nullability(),
                        "nullability",
                        column.name(),
                        "refuses nulls, which the source's takes",
                        "ALTER COLUMN " + name + " DROP NOT NULL");
            }
        }
    }

    private @Nullable String widened(TargetColumn target, RowShape.Column column) throws SQLException {
        try {
            return Widening.of(target.typeSql(), types.of(column.schema()));
        } catch (IllegalArgumentException e) {
            // A schema that no type fits is the records' failure, if they have a value at all.
            return null;
        }
    }

    private void findDropped(boolean now) {
        Set<String> wanted = new HashSet<>();
        for (RowShape.Column column : shape.columns()) {
            TargetColumn target = table.column(column, shape);
            wanted.add(target == null ? column.name() : target.name());
        }
        for (TargetColumn column : table.columns().values()) {
            boolean stays = !now && !column.notNull() && evolution.drop() == EvolutionAction.APPLY;
            if (!wanted.contains(column.name()) && !column.generated() && !stays) {
                String name = Sql.identifier(column.name());
                add(
                        evolution.drop(),
                        "drop",
                        column.name(),
                        "is not among the source's columns any more",
                        now ? "DROP COLUMN IF EXISTS " + name : "ALTER COLUMN " + name + " DROP NOT NULL");
            }
        }
    }

    private void add(EvolutionAction policy, String property, String column, String what, String action) {
        if (policy == EvolutionAction.FAIL) {
            TableName name = table.name();
            throw new WalbrookException(
                    ErrorKind.SINK_SCHEMA_CHANGE,
                    "Column " + column + " of " + name + " " + what,
                    Map.of(
                            "ddl",
                            "ALTER TABLE " + name.toSql() + " " + action,
                            "property",
                            "schema.evolution." + property));
        }
        if (policy == EvolutionAction.APPLY) {
            actions.add(action);
        }
    }
}
