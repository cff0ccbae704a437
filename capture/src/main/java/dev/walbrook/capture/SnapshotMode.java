package dev.walbrook.capture;

/** When to read the tables' contents ({@code snapshot.mode}); {@link SnapshotPolicy} says what each means. */
public enum SnapshotMode {
    /** At every start, then stream. */
    ALWAYS,
    /** At the first start, then stream. */
    INITIAL,
    /** At the first start, then stop reading. */
    INITIAL_ONLY,
    /** Never; stream from where the slot is. */
    NO_DATA,
    /** At the first start, and again when the stored position is no longer in the WAL. */
    WHEN_NEEDED,
    /** As the properties under {@code snapshot.mode.configuration.based} say. */
    CONFIGURATION_BASED
}
