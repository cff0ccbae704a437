package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;

/**
 * A prepared transaction was committed (protocol version 3).
 *
 * @param commitLsn where the commit record starts
 * @param endLsn the first byte after it
 * @param commitTimeMicros when, in microseconds since the Unix epoch
 * @param xid the transaction
 * @param gid the global identifier the user gave it
 */
public record CommitPreparedMessage(Lsn commitLsn, Lsn endLsn, long commitTimeMicros, int xid, String gid)
        implements PgOutputMessage {}
