package dev.walbrook.admin.pipeline;

import dev.walbrook.postgres.Lsn;

/**
 * How far a slot's reader is behind the database.
 *
 * @param active whether somebody reads it now
 * @param confirmed up to where the reader has said it needs nothing any more
 * @param current the end of the WAL now
 */
public record SlotProgress(boolean active, Lsn confirmed, Lsn current) {

    /** Bytes of WAL between the database and the reader, never negative. */
    public long lagBytes() {
        return Math.max(0, current.bytesSince(confirmed));
    }
}
