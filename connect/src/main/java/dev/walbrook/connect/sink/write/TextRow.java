package dev.walbrook.connect.sink.write;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as it goes to the database.
 *
 * @param columns its columns
 * @param values the values' text in the order of the columns
 * @param unavailable the columns whose value is not known
 */
record TextRow(RowColumns columns, @Nullable String[] values, BitSet unavailable) {

    boolean hasKey() {
        return columns.keyColumns() > 0;
    }

    boolean isComplete() {
        return unavailable.isEmpty();
    }

    /** The key's values; what tells rows of one table apart within a batch. */
    List<@Nullable String> key() {
        List<@Nullable String> key = new ArrayList<>(columns.keyColumns());
        for (int i = 0; i < columns.keyColumns(); i++) {
            key.add(values[i]);
        }
        return key;
    }

    /** The values at the given positions. */
    List<@Nullable String> at(int[] positions) {
        List<@Nullable String> chosen = new ArrayList<>(positions.length);
        for (int position : positions) {
            chosen.add(values[position]);
        }
        return chosen;
    }

    /** This row, with what it does not know taken from an earlier version of itself. */
    TextRow completedFrom(TextRow earlier) {
        @Nullable String[] merged = values.clone();
        BitSet missing = (BitSet) unavailable.clone();
        for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
            String name = columns.columns().get(i).name();
            for (int j = 0; j < earlier.values.length; j++) {
                if (earlier.columns.columns().get(j).name().equals(name) && !earlier.unavailable.get(j)) {
                    merged[i] = earlier.values[j];
                    missing.clear(i);
                }
            }
        }
        return new TextRow(columns, merged, missing);
    }
}
