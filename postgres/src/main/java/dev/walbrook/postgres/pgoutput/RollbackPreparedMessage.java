package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;

/**
 * A prepared transaction was rolled back (protocol version 3).
 *
 * @param prepareEndLsn the first byte after its prepare record
 * @param rollbackEndLsn the first byte after the rollback record
 * @param prepareTimeMicros when it was prepared, in microseconds since the Unix epoch
 * @param rollbackTimeMicros when it was rolled back, in microseconds since the Unix epoch
 * @param xid the transaction
 * @param gid the global identifier the user gave it
 */
public record RollbackPreparedMessage(
        Lsn prepareEndLsn, Lsn rollbackEndLsn, long prepareTimeMicros, long rollbackTimeMicros, int xid, String gid)
        implements PgOutputMessage {}
