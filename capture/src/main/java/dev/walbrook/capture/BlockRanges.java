package dev.walbrook.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a table by the numbers of its blocks. PostgreSQL finds a range of blocks without an index and reads nothing else (TID
 * range scan), so that tables of any key, or none, can be divided, at no cost.
 *
 * <p>The ranges cover every row, wherever the table ends when it is read: the first has no beginning and the last no end. A row
 * that a snapshot sees stays where it is as long as the snapshot's lock on the table lasts.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-system-columns.html">PostgreSQL: System Columns</a>
 */
final class BlockRanges {

    private BlockRanges() {}

    /**
     * The conditions on a row's place that select the ranges.
     *
     * <p>The blocks of a partitioned table are those of its partitions side by side: a range has the same blocks of each.
     *
     * @param blocks how many blocks the table has, or each of its partitions
     * @param most how many ranges there may be; positive
     * @param smallest how many blocks a range must have; positive
     * @return at least two conditions, or none if the table is too small
     */
    static List<String> conditions(List<Long> blocks, int most, long smallest) {
        long total = blocks.stream().mapToLong(Long::longValue).sum();
        long count = Math.min(most, total / smallest);
        long largest = blocks.stream().mapToLong(Long::longValue).max().orElse(0);
        List<Long> bounds = new ArrayList<>();
        for (long i = 1; i < count; i++) {
            long bound = bound(blocks, largest, total * i / count);
            if (bound > 0 && bound < largest && (bounds.isEmpty() || bound > bounds.get(bounds.size() - 1))) {
                bounds.add(bound);
            }
        }
        if (bounds.isEmpty()) {
            return List.of();
        }
        List<String> conditions = new ArrayList<>();
        conditions.add("ctid < " + tid(bounds.get(0)));
        for (int i = 1; i < bounds.size(); i++) {
            conditions.add("ctid >= " + tid(bounds.get(i - 1)) + " AND ctid < " + tid(bounds.get(i)));
        }
        conditions.add("ctid >= " + tid(bounds.get(bounds.size() - 1)));
        return conditions;
    }

    /** The lowest block number before which there are at least so many blocks. */
    private static long bound(List<Long> blocks, long largest, long wanted) {
        long low = 0;
        long high = largest;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (blocks.stream().mapToLong(size -> Math.min(size, middle)).sum() >= wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static String tid(long block) {
        return "'(" + block + ",0)'::pg_catalog.tid";
    }
}
