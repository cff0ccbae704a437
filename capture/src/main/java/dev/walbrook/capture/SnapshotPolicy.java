package dev.walbrook.capture;

/**
 * When the tables' contents are read and whether changes are streamed, decided from nothing but what is stored.
 *
 * @param reads at which starts the contents are read
 * @param streams whether changes are streamed
 * @param afterLoss whether the contents are read again when the changes after the stored position can no longer be streamed
 * @param abandonsInterrupted whether a start that reads nothing may follow a snapshot that was interrupted
 */
public record SnapshotPolicy(Reads reads, boolean streams, boolean afterLoss, boolean abandonsInterrupted) {

    /** At which starts the contents are read. */
    public enum Reads {
        NEVER,
        /** Until one snapshot is complete. */
        ONCE,
        EVERY_START
    }

    /** What is stored of earlier runs. */
    public enum Stored {
        /** No position. */
        NOTHING,
        /** A snapshot began and did not end. */
        INTERRUPTED,
        /** A position to stream from. */
        COMPLETE,
        /** A position to stream from, but the server no longer has the changes after it. */
        LOST
    }

    /** What a start does. */
    public enum Step {
        /** Read the contents, then stream if the policy streams. */
        READ,
        /** Read nothing: stream, or do nothing at all if the policy does not stream. */
        GO_ON,
        /** Fail: changes are missing and nobody said to fill the gap. */
        FAIL_LOST,
        /** Fail: rows are missing and nobody said to do without them. */
        FAIL_INTERRUPTED
    }

    /**
     * The policy of a mode.
     *
     * @param mode any but {@link SnapshotMode#CONFIGURATION_BASED}, for which there is the constructor
     */
    public static SnapshotPolicy of(SnapshotMode mode) {
        return switch (mode) {
            case ALWAYS -> new SnapshotPolicy(Reads.EVERY_START, true, false, false);
            case INITIAL -> new SnapshotPolicy(Reads.ONCE, true, false, false);
            case INITIAL_ONLY -> new SnapshotPolicy(Reads.ONCE, false, false, false);
            case NO_DATA -> new SnapshotPolicy(Reads.NEVER, true, false, true);
            case WHEN_NEEDED -> new SnapshotPolicy(Reads.ONCE, true, true, false);
            case CONFIGURATION_BASED ->
                throw new IllegalArgumentException("the mode " + mode + " has no policy of its own");
        };
    }

    /**
     * This policy, reading also after a loss if so asked.
     *
     * @param readsAfterLoss whether to
     */
    SnapshotPolicy orAfterLoss(boolean readsAfterLoss) {
        return new SnapshotPolicy(reads, streams, afterLoss || readsAfterLoss, abandonsInterrupted);
    }

    /**
     * Decides.
     *
     * @param stored what is stored
     * @param starting whether the connector has just been started, as opposed to connecting again after an outage
     */
    public Step at(Stored stored, boolean starting) {
        return switch (stored) {
            case NOTHING -> reads == Reads.NEVER ? Step.GO_ON : Step.READ;
            case INTERRUPTED -> {
                // One that reads only after a loss has begun to read after a loss.
                if (reads != Reads.NEVER || afterLoss) {
                    yield Step.READ;
                }
                yield abandonsInterrupted ? Step.GO_ON : Step.FAIL_INTERRUPTED;
            }
            case COMPLETE -> reads == Reads.EVERY_START && starting ? Step.READ : Step.GO_ON;
            case LOST -> afterLoss ? Step.READ : Step.FAIL_LOST;
        };
    }
}
