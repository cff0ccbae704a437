package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;

/**
 * A change as connectors name it that do not count inside a transaction: by the transaction's identifier and the change's own
 * LSN. Several changes may share one LSN (the rows of a COPY or of a multi-row INSERT).
 *
 * @param xid the 32-bit transaction identifier, unsigned
 * @param lsn the change's position in the WAL
 * @param count how many changes at {@code lsn} were emitted, this one included; {@link #UNCOUNTED} if that is not known
 */
public record ChangePlace(long xid, Lsn lsn, long count) {

    /** Whoever emitted the change did not count. */
    public static final long UNCOUNTED = -1;
}
