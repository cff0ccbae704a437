package dev.walbrook.postgres.pgoutput;

import java.util.List;

/**
 * Tables were truncated by one statement.
 *
 * @param xid the streamed transaction, 0 outside a stream
 * @param cascade whether CASCADE was given
 * @param restartIdentity whether RESTART IDENTITY was given
 * @param relationOids the tables, each described by an earlier {@link RelationMessage}
 */
public record TruncateMessage(int xid, boolean cascade, boolean restartIdentity, List<Integer> relationOids)
        implements PgOutputMessage {}
