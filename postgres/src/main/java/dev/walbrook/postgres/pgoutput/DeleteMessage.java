package dev.walbrook.postgres.pgoutput;

/**
 * A row was deleted.
 *
 * @param xid the streamed transaction, 0 outside a stream
 * @param relationOid the table, described by an earlier {@link RelationMessage}
 * @param oldTupleKind what {@code oldTuple} holds; never {@link OldTupleKind#NONE}
 * @param oldTuple the row before, as far as the replica identity sends it
 */
public record DeleteMessage(int xid, int relationOid, OldTupleKind oldTupleKind, TupleData oldTuple)
        implements PgOutputMessage {}
