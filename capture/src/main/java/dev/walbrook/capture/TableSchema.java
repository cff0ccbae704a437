package dev.walbrook.capture;

import dev.walbrook.postgres.TableId;
import java.util.List;

/**
 * A table's columns at one point of the WAL. The order is that of the tuples.
 *
 * @param relationOid the table's object identifier
 * @param id its name
 * @param columns its published columns
 * @param keyColumns indexes into {@code columns} of what identifies a row, in the key's order; empty for a table without key
 * @param fullIdentity whether updates and deletes carry the whole row before (REPLICA IDENTITY FULL)
 */
public record TableSchema(
        int relationOid, TableId id, List<CapturedColumn> columns, List<Integer> keyColumns, boolean fullIdentity) {}
