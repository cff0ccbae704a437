package dev.walbrook.admin.compare;

import dev.walbrook.postgres.Lsn;
import java.time.Duration;
import java.util.List;

/**
 * What comparison found.
 *
 * @param tables every captured table, by name
 * @param lsn a position of the source up to which every change had been applied to the sink
 * @param took how long it took, waiting included
 */
public record ComparisonResult(List<TableComparison> tables, Lsn lsn, Duration took) {

    /** Whether every table is equal. */
    public boolean isEqual() {
        return tables.stream().allMatch(TableComparison::isEqual);
    }
}
