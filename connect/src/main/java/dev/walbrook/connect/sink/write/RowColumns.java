package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.table.TargetColumn;
import dev.walbrook.connect.sink.table.TargetTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns that rows of one shape have in one table, and the statements for them: written once, not per row. For one
 * task's thread.
 */
final class RowColumns {

    /** Which statement, for which columns' values unknown. */
    private record Kind(String name, BitSet unavailable) {}

    /**
     * A statement and where its parameters come from.
     *
     * @param sql its text
     * @param setSql the text of the one that does the same for many rows at once; null if there is none
     * @param columns the positions of the columns among the row's, in the order of the parameters
     * @param targets the same columns
     */
    record Statement(String sql, @Nullable String setSql, int[] columns, List<TargetColumn> targets) {}

    private final TargetTable table;
    private final List<TargetColumn> columns;
    private final int keyColumns;
    private final Map<Kind, Statement> statements = new HashMap<>();
    private final Map<String, Statement> complete = new HashMap<>();

    /** @param keyColumns how many of the columns, from the first, are the key */
    RowColumns(TargetTable table, List<TargetColumn> columns, int keyColumns) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.keyColumns = keyColumns;
    }

    TargetTable table() {
        return table;
    }

    List<TargetColumn> columns() {
        return columns;
    }

    int keyColumns() {
        return keyColumns;
    }

    /** Whether these are all of the other's columns, and perhaps more. */
    boolean cover(RowColumns other) {
        return this == other || columns.containsAll(other.columns);
    }

    Statement insert(BitSet unavailable) {
        return statement("insert", unavailable, missing -> {
            int[] known = known(0, missing);
            return statement(Statements.insert(table, at(known)), SetStatements.insert(table, at(known)), known);
        });
    }

    Statement upsert() {
        return statement("upsert", new BitSet(), missing -> {
            int[] all = known(0, missing);
            List<TargetColumn> key = columns.subList(0, keyColumns);
            return statement(Statements.upsert(table, columns, key), SetStatements.upsert(table, columns, key), all);
        });
    }

    Statement update(BitSet unavailable) {
        return statement("update", unavailable, missing -> {
            int[] set = settable(missing);
            int[] key = IntStream.range(0, keyColumns).toArray();
            return statement(
                    Statements.update(table, at(set), at(key)),
                    SetStatements.update(table, at(set), at(key)),
                    IntStream.concat(IntStream.of(set), IntStream.of(key)).toArray());
        });
    }

    Statement delete() {
        return statement("delete", new BitSet(), missing -> {
            int[] key = IntStream.range(0, keyColumns).toArray();
            return statement(Statements.delete(table, at(key)), SetStatements.delete(table, at(key)), key);
        });
    }

    Statement move() {
        return statement("move", new BitSet(), missing -> {
            int[] key = IntStream.range(0, keyColumns).toArray();
            return statement(Statements.move(table, at(key)), null, key);
        });
    }

    /** Whether an UPDATE may set the key. */
    boolean keyIsSettable() {
        return columns.subList(0, keyColumns).stream().noneMatch(TargetColumn::identityAlways);
    }

    Statement deleteOne() {
        return statement("deleteOne", new BitSet(), missing -> {
            int[] all = known(0, missing);
            return statement(Statements.deleteOne(table, at(all)), null, all);
        });
    }

    private Statement statement(String name, BitSet unavailable, Function<BitSet, Statement> write) {
        if (unavailable.isEmpty()) {
            // The usual case, in which a row's own set of columns need not be hashed.
            return complete.computeIfAbsent(name, kind -> write.apply(unavailable));
        }
        return statements.computeIfAbsent(new Kind(name, unavailable), kind -> write.apply(kind.unavailable()));
    }

    private Statement statement(String sql, @Nullable String setSql, int[] positions) {
        return new Statement(sql, setSql, positions, at(positions));
    }

    /** The columns that an UPDATE may set, which leaves out identity columns that PostgreSQL guards. */
    int[] settable(BitSet unavailable) {
        return IntStream.of(known(keyColumns, unavailable))
                .filter(i -> !columns.get(i).identityAlways())
                .toArray();
    }

    private int[] known(int from, BitSet unavailable) {
        return IntStream.range(from, columns.size())
                .filter(i -> !unavailable.get(i))
                .toArray();
    }

    List<TargetColumn> at(int[] positions) {
        List<TargetColumn> chosen = new ArrayList<>(positions.length);
        for (int position : positions) {
            chosen.add(columns.get(position));
        }
        return chosen;
    }
}
