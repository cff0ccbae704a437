package dev.walbrook.postgres.pgoutput;

/**
 * A row was inserted.
 *
 * @param xid the streamed transaction, 0 outside a stream
 * @param relationOid the table, described by an earlier {@link RelationMessage}
 * @param newTuple the row
 */
public record InsertMessage(int xid, int relationOid, TupleData newTuple) implements PgOutputMessage {}
