package dev.walbrook.connect.source.type;

/** What to do with a value or an event that cannot be represented. */
public enum FailureHandling {
    /** Stop the task and say what is wrong. */
    FAIL,
    /** Go on without it and log that, once per column. */
    WARN,
    /** Go on without it. */
    SKIP,
    /** The same by another name. */
    IGNORE
}
