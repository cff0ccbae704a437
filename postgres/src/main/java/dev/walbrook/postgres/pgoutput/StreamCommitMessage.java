package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;

/**
 * A streamed transaction was committed (protocol version 2).
 *
 * @param xid the top-level transaction
 * @param commitLsn where the commit record starts
 * @param endLsn the first byte after the commit record
 * @param commitTimeMicros when it was committed, in microseconds since the Unix epoch
 */
public record StreamCommitMessage(int xid, Lsn commitLsn, Lsn endLsn, long commitTimeMicros)
        implements PgOutputMessage {}
