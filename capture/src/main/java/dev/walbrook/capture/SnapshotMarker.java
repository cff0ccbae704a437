package dev.walbrook.capture;

/** Where in a snapshot a row stands; the last row's marker tells consumers that the snapshot is complete. */
public enum SnapshotMarker {
    /** Not a snapshot row. */
    NONE,
    FIRST,
    FIRST_IN_TABLE,
    MIDDLE,
    LAST_IN_TABLE,
    LAST
}
