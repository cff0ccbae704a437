package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * A streamed transaction or one of its subtransactions was rolled back (protocol version 2).
 *
 * @param xid the top-level transaction
 * @param subtransactionXid what was rolled back; equal to {@code xid} if it was the whole
 * @param abortLsn where the abort was written; null unless the stream is parallel (protocol version 4)
 * @param abortTimeMicros when, in microseconds since the Unix epoch; 0 where {@code abortLsn} is null
 */
public record StreamAbortMessage(int xid, int subtransactionXid, @Nullable Lsn abortLsn, long abortTimeMicros)
        implements PgOutputMessage {}
