package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.record.Row;
import dev.walbrook.connect.sink.record.RowShape;
import dev.walbrook.connect.sink.record.SourceType;
import dev.walbrook.connect.sink.table.TargetColumn;
import dev.walbrook.connect.sink.table.TargetTable;
import dev.walbrook.connect.sink.value.TextFormat;
import dev.walbrook.connect.sink.value.TextFormats;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the rows of one shape into the text that one table's columns read. The choices are made once, on construction. */
final class RowWriter {

    private final TargetTable table;
    private final RowShape shape;
    private final RowColumns columns;
    private final List<TextFormat> formats = new ArrayList<>();
    private final int[] positions;
    /** The columns that are of the source's own type and so read the source's text. */
    private final BitSet exact = new BitSet();

    /**
     * @param ignoresMissing whether columns that the table lacks are left out
     * @param origin the first record of that shape, for messages
     * @throws WalbrookException SINK_COLUMN_MISSING, or SINK_COLUMN_TYPE if a column cannot take the values
     */
    RowWriter(TargetTable table, RowShape shape, boolean ignoresMissing, Origin origin) {
        this.table = table;
        this.shape = shape;
        int[] found = new int[shape.columns().size()];
        List<TargetColumn> writable = new ArrayList<>();
        int key = 0;
        for (int i = 0; i < found.length; i++) {
            RowShape.Column column = shape.columns().get(i);
            TargetColumn target = table.column(column, shape);
            if (target == null && ignoresMissing && i >= shape.keyColumns()) {
                continue;
            }
            if (target == null) {
                throw new WalbrookException(
                        ErrorKind.SINK_COLUMN_MISSING,
                        "The target's table " + table.name() + " has no column " + column.name()
                                + ", which the record at " + origin + " has",
                        Map.of("table", table.name().toString(), "column", column.name()));
            }
            if (target.generated()) {
                continue;
            }
            formats.add(format(column, target, origin));
            if (i < shape.keyColumns()) {
                key++;
            } else if (isSourceType(target, column)) {
                exact.set(writable.size());
            }
            found[writable.size()] = i;
            writable.add(target);
        }
        positions = found;
        columns = new RowColumns(table, writable, key);
    }

    private static boolean isSourceType(TargetColumn target, RowShape.Column column) {
        SourceType source = SourceType.of(column.schema());
        return source != null && target.baseType().equals(source.valueType());
    }

    private TextFormat format(RowShape.Column column, TargetColumn target, Origin origin) {
        try {
            return TextFormats.of(column.schema(), target.baseType(), target.secondDigits());
        } catch (IllegalArgumentException e) {
            throw typeRefused(target, origin, e);
        }
    }

    private WalbrookException typeRefused(TargetColumn target, Origin origin, IllegalArgumentException e) {
        return new WalbrookException(
                ErrorKind.SINK_COLUMN_TYPE,
                "Column " + target.name() + " of " + table.name() + " is of type " + target.typeSql()
                        + " and does not take the values of the record at " + origin + ": " + e.getMessage(),
                Map.of("table", table.name().toString(), "column", target.name()),
                e);
    }

    TextRow write(Row row, Origin origin) {
        int count = columns.columns().size();
        @Nullable String[] values = new @Nullable String[count];
        BitSet unavailable = new BitSet();
        for (int i = 0; i < count; i++) {
            Object value = row.values()[positions[i]];
            String text = row.exact().isEmpty() || !exact.get(i)
                    ? null
                    : row.exact().get(shape.columns().get(positions[i]).name());
            if (row.unavailable().get(positions[i])) {
                unavailable.set(i);
            } else if (text != null) {
                values[i] = text;
            } else if (value != null) {
                try {
                    values[i] = formats.get(i).text(value);
                } catch (IllegalArgumentException e) {
                    throw typeRefused(columns.columns().get(i), origin, e);
                }
            }
        }
        return new TextRow(columns, values, unavailable);
    }
}
