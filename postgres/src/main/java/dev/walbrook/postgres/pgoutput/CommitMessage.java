package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;

/**
 * The transaction that the last {@link BeginMessage} started is complete.
 *
 * @param commitLsn where the commit record starts
 * @param endLsn the first byte after the commit record: what a client confirms to have the transaction never again
 * @param commitTimeMicros when it was committed, in microseconds since the Unix epoch
 */
public record CommitMessage(Lsn commitLsn, Lsn endLsn, long commitTimeMicros) implements PgOutputMessage {}
