package dev.walbrook.admin.compare;

import dev.walbrook.postgres.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comparison found for one table.
 *
 * @param table its name
 * @param source the rows in the source
 * @param sink the rows in the sink; null when there is no such table
 * @param notes columns that are not replicated or have another type in the sink
 * @param differences up to ten rows that differ; empty when equal or when the table has no primary key
 * @param moving whether the table was still changing when the time was over, so that a difference may be one in flight
 */
public record TableComparison(
        TableId table,
        Fingerprint source,
        @Nullable Fingerprint sink,
        List<ColumnNote> notes,
        List<KeyDifference> differences,
        boolean moving) {

    /** Whether both sides hold the same rows, in the columns both have. */
    public boolean isEqual() {
        return source.equals(sink);
    }
}
