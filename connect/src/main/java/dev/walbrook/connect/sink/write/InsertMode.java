package dev.walbrook.connect.sink.write;

/** What becomes of a created or updated row: {@code insert.mode}. */
public enum InsertMode {
    /** Each event is an INSERT; a key that is already there is an error. */
    INSERT,
    /** INSERT, or UPDATE of the row that has the key. */
    UPSERT,
    /** UPDATE of the row that has the key; an event whose row is not there changes nothing. */
    UPDATE
}
