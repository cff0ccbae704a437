package dev.walbrook.connect.sink.table;

/** What to do where the target differs from the source in one way. */
public enum EvolutionAction {
    /** The target is changed. */
    APPLY,
    /** The target stays as it is, and what does not fit it is not written. */
    IGNORE,
    /** The task fails. */
    FAIL
}
