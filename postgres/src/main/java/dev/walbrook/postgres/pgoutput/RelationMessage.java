package dev.walbrook.postgres.pgoutput;

import java.util.List;

/**
 * The columns a table has from this point of the WAL on, until the next message about the same table.
 *
 * @param xid the streamed transaction, 0 outside a stream
 * @param oid the table's object identifier
 * @param namespace its schema; the protocol's empty name is already replaced by {@code pg_catalog}
 * @param name its name
 * @param replicaIdentity {@code d}efault, {@code n}othing, {@code f}ull or {@code i}ndex ({@code pg_class.relreplident})
 * @param columns the published columns, in the order of every tuple of this table
 */
public record RelationMessage(
        int xid, int oid, String namespace, String name, char replicaIdentity, List<Column> columns)
        implements PgOutputMessage {

    /**
     * One published column.
     *
     * @param partOfKey whether it belongs to the replica identity; true for all columns of REPLICA IDENTITY FULL
     * @param name its name
     * @param typeOid its data type
     * @param typeModifier its type modifier ({@code atttypmod}), -1 for none
     */
    public record Column(boolean partOfKey, String name, int typeOid, int typeModifier) {}
}
