package dev.walbrook.capture;

import dev.walbrook.postgres.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the tables' contents are read.
 *
 * @param policy when they are read, and whether changes are streamed
 * @param tables which of the captured tables are read, by expressions on {@code schema.table}; empty for all
 * @param selects what is read of a table instead of all its rows: a whole SELECT, by {@code schema.table}
 * @param order in which order the tables are read
 * @param serializable whether a snapshot that does not begin with a new slot is taken at a moment that is consistent with some
 *     serial order of the transactions; otherwise it is an ordinary repeatable-read snapshot
 * @param lockTimeout how long to wait for the lock of each table that keeps its definition unchanged while the snapshot is
 *     read; null to take no such locks
 * @param delay how long to wait before the first snapshot
 * @param streamingDelay how long to wait between the first snapshot and streaming
 * @param connections how many connections read at the same time; positive
 * @param ranges into how many ranges a large table is divided if there are several connections; null to read each table whole
 */
public record SnapshotSettings(
        SnapshotPolicy policy,
        List<Pattern> tables,
        Map<String, String> selects,
        Order order,
        boolean serializable,
        @Nullable Duration lockTimeout,
        Duration delay,
        Duration streamingDelay,
        int connections,
        @Nullable RangeSettings ranges) {

    /** By what tables are ordered before the order of the filters. */
    public enum Order {
        /** By the filters alone. */
        DISABLED,
        /** Those with fewest rows first, as the server estimates. */
        ASCENDING,
        /** Those with most rows first, as the server estimates. */
        DESCENDING
    }

    /** Whether anything of the table is read. */
    public boolean reads(TableId table) {
        return tables.isEmpty() || TableFilter.matchesAny(tables, table.toString());
    }

    /** Whether the table is read, and not by a SELECT of the user's. */
    public boolean readsWhole(TableId table) {
        return reads(table) && !selects.containsKey(table.toString());
    }

    /** All rows of all captured tables, one table after the other, without locks or delays. */
    public static SnapshotSettings of(SnapshotPolicy policy) {
        return new SnapshotSettings(
                policy, List.of(), Map.of(), Order.DISABLED, true, null, Duration.ZERO, Duration.ZERO, 1, null);
    }
}
