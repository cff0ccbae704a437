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

    /** Of most rows all is known. Nobody changes it. */
    private static final BitSet NONE = new BitSet();

    private final TargetTable table;
    private final RowShape shape;
    private final RowColumns columns;
    private final List<ColumnText> texts = new ArrayList<>();
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
            texts.add(new ColumnText(format(column, target, origin)));
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
        int count = texts.size();
        @Nullable String[] values = new @Nullable String[count];
        BitSet unavailable = NONE;
        for (int i = 0; i < count; i++) {
            int column = positions[i];
            if (row.isUnavailable(column)) {
                if (unavailable.isEmpty()) {
                    unavailable = new BitSet();
                }
                unavailable.set(i);
            } else {
                String text = row.exact().isEmpty() ? null : exactText(row, i);
                values[i] = text != null ? text : text(row, i, origin);
            }
        }
        return new TextRow(columns, values, unavailable);
    }

    private @Nullable String exactText(Row row, int i) {
        return exact.get(i) ? row.exact().get(shape.columns().get(positions[i]).name()) : null;
    }

    private @Nullable String text(Row row, int i, Origin origin) {
        try {
            return texts.get(i).of(row, positions[i]);
        } catch (IllegalArgumentException e) {
            throw typeRefused(columns.columns().get(i), origin, e);
        }
    }
}
