package dev.walbrook.admin.compare;

import dev.walbrook.postgres.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One side's table as comparison needs it.
 *
 * @param id its name
 * @param columns its columns by name, in their order
 * @param key the primary key's columns; empty without one
 */
record ComparedTable(TableId id, Map<String, ComparedColumn> columns, List<String> key) {

    ComparedTable {
        columns = new LinkedHashMap<>(columns);
    }
}
