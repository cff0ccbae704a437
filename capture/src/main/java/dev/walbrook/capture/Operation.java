package dev.walbrook.capture;

/** What happened to a row. */
public enum Operation {
    /** The row was there when the snapshot was taken. */
    READ,
    CREATE,
    UPDATE,
    DELETE
}
