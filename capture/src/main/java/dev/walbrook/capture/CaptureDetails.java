package dev.walbrook.capture;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What most captures leave as it is.
 *
 * @param messages which prefixes of logical messages are captured
 * @param transactionBoundaries whether {@link TransactionBegin} and {@link TransactionEnd} are captured
 * @param identities which tables are given which replica identity before capturing
 * @param maxTables how many tables may be captured; 0 for any number
 * @param failBeyondMaxTables whether more tables are an error instead of a warning
 * @param waitingEvents how many events may wait between PostgreSQL and Kafka, besides the bound in bytes; 0 for any number
 * @param stopWait how long stopping waits for the connections to close
 */
public record CaptureDetails(
        Predicate<String> messages,
        boolean transactionBoundaries,
        ReplicaIdentities identities,
        int maxTables,
        boolean failBeyondMaxTables,
        int waitingEvents,
        Duration stopWait) {

    /** All messages, no boundaries, nothing touched, nothing limited. */
    public static final CaptureDetails DEFAULT =
            new CaptureDetails(prefix -> true, false, ReplicaIdentities.NONE, 0, false, 0, Duration.ofSeconds(10));
}
