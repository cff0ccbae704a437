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

    /**
     * The row has another key now. What it holds besides the key is as it was, until a {@link Put} of the new key says
     * more; that one may not know the large values, which is why the row must not be deleted meanwhile.
     *
     * @param oldKey the key's columns as they were
     * @param newKey the same columns as they are
     */
    record Move(Origin origin, TableName table, Row oldKey, Row newKey) implements RowChange {}

    /** Every row is gone. */
    record Truncate(Origin origin, TableName table) implements RowChange {}
}
