package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * The transaction a change belongs to. For snapshot rows, the snapshot itself.
 *
 * @param xid the 32-bit transaction identifier, unsigned; {@link #NO_XID} for a message outside of transactions
 * @param commitLsn where its commit record starts
 * @param previousEnd the end LSN of the last whole transaction emitted before it
 * @param commitTimeMicros when it was committed, in microseconds since the Unix epoch
 * @param server where it was committed; null if the server was not asked, as for a snapshot without streaming
 * @param previousCommit the last commit or message outside of transactions before it; null at the beginning of the stream
 * @param origin where it came from; null if it was committed here first
 */
public record Transaction(
        long xid,
        Lsn commitLsn,
        Lsn previousEnd,
        long commitTimeMicros,
        @Nullable ServerIdentity server,
        @Nullable Lsn previousCommit,
        @Nullable Origin origin) {

    /** The identifier of what is not a transaction: PostgreSQL never assigns it. */
    public static final long NO_XID = 0;

    /**
     * Where a transaction was committed that replication brought here.
     *
     * @param name the replication origin's name
     * @param lsn where it was committed there
     */
    public record Origin(String name, Lsn lsn) {}

    /** What begins the stream and was committed here. */
    public Transaction(
            long xid, Lsn commitLsn, Lsn previousEnd, long commitTimeMicros, @Nullable ServerIdentity server) {
        this(xid, commitLsn, previousEnd, commitTimeMicros, server, null, null);
    }

    Transaction from(Origin where) {
        return new Transaction(xid, commitLsn, previousEnd, commitTimeMicros, server, previousCommit, where);
    }
}
