package dev.walbrook.benchmarks.contender;

/** One of those that are compared. What it starts for the first run it keeps for the next ones, until it is closed. */
public interface Contender extends AutoCloseable {

    /** What a connector delivers with nothing behind it. */
    String ENVELOPES = "envelopes";

    /** What is in the table of somebody who applies changes; each compares it with the source's. */
    String ROWS = "rows, equal to the source's";

    /** Its name on the command line and in reports. */
    String name();

    /** What it is, with every setting that is not a default. */
    String description();

    /** Whether the format makes a difference to it. */
    default boolean writes() {
        return true;
    }

    /** What its records hold; those of contenders that deliver the same are compared. */
    default String delivers() {
        return ENVELOPES;
    }

    /** Whether it is faster once it has run for a while. */
    default boolean needsWarmUp() {
        return true;
    }

    /** Whether it has a Connect worker, which has to be started. */
    default boolean needsWorker() {
        return false;
    }

    @Override
    default void close() {}
}
