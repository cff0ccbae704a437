package dev.walbrook.postgres.catalog;

import dev.walbrook.postgres.TableId;
import java.util.List;

/**
 * A table as the catalog describes it now.
 *
 * @param oid its object identifier
 * @param id its name
 * @param partitioned whether it is the root or an inner node of a partition tree and holds no rows itself
 * @param partition whether it is a partition of another table
 * @param replicaIdentity {@code d}efault, {@code n}othing, {@code f}ull or {@code i}ndex
 * @param columns its columns, by position, without dropped and system columns
 * @param primaryKey the names of the primary key's columns in the key's order; empty without one
 * @param identityIndex the names of the columns of the index that REPLICA IDENTITY USING INDEX names; empty without one
 * @param uniqueKey without a primary key, the names of the columns of the first unique index, by name, that could be one: its
 *     columns take no null, and it holds for all rows; empty with a primary key or without such an index
 */
public record Table(
        int oid,
        TableId id,
        boolean partitioned,
        boolean partition,
        char replicaIdentity,
        List<Column> columns,
        List<String> primaryKey,
        List<String> identityIndex,
        List<String> uniqueKey) {}
