package dev.walbrook.capture;

/** When to read the tables' contents ({@code snapshot.mode}). */
public enum SnapshotMode {
    /** At the first start, then stream. */
    INITIAL(true),
    /** At the first start, then stop reading. */
    INITIAL_ONLY(false),
    /** At every start, then stream. */
    ALWAYS(true),
    /** Never; stream from where the slot is. */
    NO_DATA(true),
    /** At the first start, and again when the stored position is no longer in the WAL. */
    WHEN_NEEDED(true);

    private final boolean streams;

    SnapshotMode(boolean streams) {
        this.streams = streams;
    }

    /** Whether changes are streamed after the snapshot. */
    public boolean streams() {
        return streams;
    }
}
