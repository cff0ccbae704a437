package dev.walbrook.capture;

/**
 * A table that a snapshot reads.
 *
 * @param schema the columns that are read
 * @param copy the COPY statement that reads them, in the schema's order
 * @param first whether it is the first table of the snapshot
 * @param overridden whether the user wrote what is read
 */
record TableRead(TableSchema schema, String copy, boolean first, boolean overridden) {}
