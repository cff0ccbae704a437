package dev.walbrook.connect.sink.record;

/** Which columns say which row is meant: {@code primary.key.mode}. */
public enum PrimaryKeyMode {
    /** None: rows are appended, and found again by all their columns. */
    NONE,
    /** The record's key. */
    RECORD_KEY,
    /** Columns of the record's value. */
    RECORD_VALUE,
    /** The record's headers. */
    RECORD_HEADER,
    /** The record's place: topic, partition and offset, in columns of their own. */
    KAFKA
}
