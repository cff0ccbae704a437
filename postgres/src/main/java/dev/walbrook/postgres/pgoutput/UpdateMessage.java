package dev.walbrook.postgres.pgoutput;

import org.jspecify.annotations.Nullable;

/**
 * A row was updated.
 *
 * @param xid the streamed transaction, 0 outside a stream
 * @param relationOid the table, described by an earlier {@link RelationMessage}
 * @param oldTupleKind what {@code oldTuple} holds
 * @param oldTuple the row before, as far as the replica identity sends it; null for {@link OldTupleKind#NONE}
 * @param newTuple the row after
 */
public record UpdateMessage(
        int xid, int relationOid, OldTupleKind oldTupleKind, @Nullable TupleData oldTuple, TupleData newTuple)
        implements PgOutputMessage {}
