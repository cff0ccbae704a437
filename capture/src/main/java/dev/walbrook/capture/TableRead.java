package dev.walbrook.capture;

import java.util.List;

/**
 * A table that a snapshot reads.
 *
 * @param schema the columns that are read
 * @param selects the queries that read them, in the schema's order, and together every row once; more than one if several
 *     connections may read the table at the same time
 * @param first whether it is the first table of the snapshot
 * @param overridden whether the user wrote what is read
 */
record TableRead(TableSchema schema, List<String> selects, boolean first, boolean overridden) {

    boolean divided() {
        return selects.size() > 1;
    }
}
