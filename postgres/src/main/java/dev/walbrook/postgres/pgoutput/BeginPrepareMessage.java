package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;

/**
 * A prepared transaction starts; its changes follow (two-phase commit, protocol version 3).
 *
 * @param prepareLsn where the prepare record starts
 * @param endLsn the first byte after it
 * @param prepareTimeMicros when it was prepared, in microseconds since the Unix epoch
 * @param xid the transaction
 * @param gid the global identifier the user gave it
 */
public record BeginPrepareMessage(Lsn prepareLsn, Lsn endLsn, long prepareTimeMicros, int xid, String gid)
        implements PgOutputMessage {}
