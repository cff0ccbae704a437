package dev.walbrook.postgres.pgoutput;

/** What an update or delete message tells of the row before. */
public enum OldTupleKind {
    /** Nothing: the replica identity did not change. */
    NONE,
    /** The columns of the replica identity; all others are null ({@code K} in the protocol). */
    KEY,
    /** The whole row, of REPLICA IDENTITY FULL ({@code O} in the protocol). */
    FULL
}
