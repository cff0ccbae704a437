package dev.walbrook.admin.compare;

import dev.walbrook.postgres.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One side's table as comparison needs it.
 *
 * @param id its name
 * @param partitioned whether its rows are those of its partitions
 * @param columns its columns by name, in their order
 * @param key the primary key's columns; empty without one
 */
record ComparedTable(TableId id, boolean partitioned, Map<String, ComparedColumn> columns, List<String> key) {

    ComparedTable {
        columns = new LinkedHashMap<>(columns);
    }

    /** What follows FROM: an inheritance child's rows are its own, not its parent's. */
    String rows() {
        return (partitioned ? "" : "ONLY ") + id.toSql() + " AS t";
    }
}
