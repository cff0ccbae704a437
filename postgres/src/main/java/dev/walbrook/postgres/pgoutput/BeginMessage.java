package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;

/**
 * A transaction starts; all its changes follow, whole and committed.
 *
 * @param finalLsn where the transaction's commit record starts
 * @param commitTimeMicros when it was committed, in microseconds since the Unix epoch
 * @param xid the transaction's 32-bit identifier, unsigned
 */
public record BeginMessage(Lsn finalLsn, long commitTimeMicros, int xid) implements PgOutputMessage {}
