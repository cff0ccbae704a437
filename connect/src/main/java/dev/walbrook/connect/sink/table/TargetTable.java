package dev.walbrook.connect.sink.table;

import dev.walbrook.connect.sink.record.RowShape;
import dev.walbrook.connect.sink.record.TableName;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of the target, as its catalog described it when it was last read.
 *
 * @param name its name, with its schema
 * @param partitioned whether its rows lie in partitions, so that a row's {@code ctid} alone does not identify it
 * @param standsAlone whether the order in which rows of it and of other tables change makes no difference to it: no foreign
 *     key and no trigger, and at most one column or set of columns that is unique
 * @param columns its columns by name, in their order
 */
public record TargetTable(TableName name, boolean partitioned, boolean standsAlone, Map<String, TargetColumn> columns) {

    /**
     * The column for one of a row's: that of the same name, or of the same name in lower case, as sinks have made it that do
     * not quote what they create.
     *
     * @param row the row, for whether it has a column of its own with that name
     * @return null if there is none
     */
    public @Nullable TargetColumn column(RowShape.Column column, RowShape row) {
        TargetColumn exact = columns.get(column.name());
        String folded = column.name().toLowerCase(Locale.ROOT);
        if (exact != null || folded.equals(column.name()) || !columns.containsKey(folded)) {
            return exact;
        }
        boolean taken = row.columns().stream()
                .anyMatch(other -> !other.equals(column)
                        && other.name().toLowerCase(Locale.ROOT).equals(folded));
        return taken ? null : columns.get(folded);
    }
}
