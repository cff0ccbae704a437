package dev.walbrook.postgres.error;

/** What to do about a failure. */
public enum Directive {
    /** An outage: wait with growing pauses and try again; nothing is skipped. */
    RETRY,
    /** Trying again cannot help until somebody has acted: fail the task with the cure. */
    STOP,
    /** This record will never be accepted, the next one may: hand it to the dead letter queue if the user wants one. */
    DEAD_LETTER
}
