package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;

/**
 * A message written by {@code pg_logical_emit_message}.
 *
 * @param xid the streamed transaction, 0 outside a stream
 * @param transactional whether the message belongs to the current transaction and was committed with it
 * @param lsn where the message was written
 * @param prefix its prefix
 * @param content its content; the caller must not change the array
 */
public record LogicalMessage(int xid, boolean transactional, Lsn lsn, String prefix, byte[] content)
        implements PgOutputMessage {}
