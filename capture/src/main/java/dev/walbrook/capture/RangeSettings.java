package dev.walbrook.capture;

import dev.walbrook.postgres.TableId;
import java.util.Map;

/**
 * Into how many ranges a large table is divided, so that several connections read it at the same time.
 *
 * @param perConnection how many ranges for each connection of the snapshot, unless said otherwise for the table; positive
 * @param perConnectionOf the same for single tables, by {@code schema.table}
 * @param smallestBytes how large a range is at least, on the server's disk; positive
 */
public record RangeSettings(int perConnection, Map<String, Integer> perConnectionOf, long smallestBytes) {

    /** Below this a range is read sooner than it is worth a statement of its own: a tenth of a second on a slow machine. */
    public static final long SMALLEST_BYTES = 8L << 20;

    /** The ranges of a table at the most. */
    int most(TableId table, int connections) {
        return connections * perConnectionOf.getOrDefault(table.toString(), perConnection);
    }
}
