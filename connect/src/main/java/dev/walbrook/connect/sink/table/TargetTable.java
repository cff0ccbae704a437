package dev.walbrook.connect.sink.table;

import dev.walbrook.connect.sink.record.TableName;
import java.util.Map;

/**
 * A table of the target, as its catalog described it when it was last read.
 *
 * @param name its name, with its schema
 * @param partitioned whether its rows lie in partitions, so that a row's {@code ctid} alone does not identify it
 * @param standsAlone whether the order in which rows of it and of other tables change makes no difference to it: no foreign
 *     key and no trigger, and at most one column or set of columns that is unique
 * @param columns its columns by name, in their order
 */
public record TargetTable(
        TableName name, boolean partitioned, boolean standsAlone, Map<String, TargetColumn> columns) {}
