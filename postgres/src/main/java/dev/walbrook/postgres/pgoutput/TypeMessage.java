package dev.walbrook.postgres.pgoutput;

/**
 * Names a data type that is not built in, before a relation that uses it.
 *
 * @param xid the streamed transaction, 0 outside a stream
 * @param oid the type's object identifier
 * @param namespace its schema; empty for {@code pg_catalog}
 * @param name its name
 */
public record TypeMessage(int xid, int oid, String namespace, String name) implements PgOutputMessage {}
