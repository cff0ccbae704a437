package dev.walbrook.capture.preflight;

/** Which part of a set-up a finding is about. */
public enum Subject {
    /** Host and port, and whatever keeps a server from answering at all. */
    ADDRESS,
    /** Encryption and certificates. */
    TLS,
    /** The role: that it exists, may log in and may replicate. */
    USER,
    PASSWORD,
    DATABASE,
    /** The server as a whole: its version, its {@code wal_level}. */
    SERVER,
    SLOT,
    /** That the slot is to be kept by standbys too. */
    FAILOVER_SLOT,
    PUBLICATION,
    /** What may be done to the publication. */
    PUBLICATION_MODE,
    /** The tables that the filters choose. */
    TABLES,
    /** One filter; {@link Finding#filter} names it. */
    FILTER
}
