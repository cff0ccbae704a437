package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * The transaction a change belongs to. For snapshot rows, the snapshot itself.
 *
 * @param xid the 32-bit transaction identifier, unsigned
 * @param commitLsn where its commit record starts
 * @param previousEnd the end LSN of the last whole transaction emitted before it
 * @param commitTimeMicros when it was committed, in microseconds since the Unix epoch
 * @param server where it was committed; null if the server was not asked, as for a snapshot without streaming
 */
public record Transaction(
        long xid, Lsn commitLsn, Lsn previousEnd, long commitTimeMicros, @Nullable ServerIdentity server) {}
