package dev.walbrook.connect.sink.record;

import org.jspecify.annotations.Nullable;

/** What one record wants done to one table. */
public sealed interface RowChange {

    /** Where it was read. */
    Origin origin();

    /** The table. */
    TableName table();

    /**
     * The row as it is after the change.
     *
     * @param after the row
     * @param before the whole row before an update of a table without key; null for an insert, and wherever a key says
     *     which row is meant
     */
    record Put(Origin origin, TableName table, Row after, @Nullable Row before) implements RowChange {}

    /**
     * The row is gone.
     *
     * @param row the key's columns, or the whole row where there is no key
     * @param tombstone whether a record without value says so, rather than a delete event
     */
    record Delete(Origin origin, TableName table, Row row, boolean tombstone) implements RowChange {}

    /** Every row is gone. */
    record Truncate(Origin origin, TableName table) implements RowChange {}
}
