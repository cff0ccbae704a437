package dev.walbrook.capture;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The moments between which a change is in another place, and at which a crash would therefore have another effect. Tests
 * set a hook that ends the task at one of them and prove what is lost or repeated.
 *
 * <p>They are part of the production path because a crash between two statements cannot be provoked from outside. Without a
 * hook, and nothing but tests in this package can set one, reaching a point is the read of a field.
 */
public enum FailPoint {
    /** A message was read from the replication stream and not yet looked at. */
    AFTER_RECEIVE,
    /** A chunk of events was handed over. */
    AFTER_ENQUEUE,
    /** Events were taken from the hand-over, and their records are not made yet. */
    IN_POLL,
    /** The delete of a changed key was made into a record, and the insert was not. */
    WITHIN_KEY_CHANGE,
    /** Kafka has a record, and it is not counted as delivered yet. */
    BEFORE_ACKNOWLEDGE,
    /** A record was counted as delivered. */
    AFTER_ACKNOWLEDGE,
    /** The slot is about to be told a position. */
    BEFORE_CONFIRM,
    /** The slot was told a position. */
    AFTER_CONFIRM,
    /** A snapshot's row was read. */
    IN_SNAPSHOT;

    private static volatile @Nullable Consumer<FailPoint> hook;

    /** Calls the test that waits for this point, if there is one. */
    public void reach() {
        Consumer<FailPoint> waiting = hook;
        if (waiting != null) {
            waiting.accept(this);
        }
    }

    static void hook(@Nullable Consumer<FailPoint> test) {
        hook = test;
    }
}
