package dev.walbrook.capture;

import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices a table whose rows a snapshot cannot see any more. Some forms of ALTER TABLE write a table anew, and for a snapshot
 * taken before that it is empty; the stream would not tell of its rows either.
 *
 * @see <a href="https://www.postgresql.org/docs/current/mvcc-caveats.html">PostgreSQL: Caveats of MVCC</a>
 */
final class RewrittenTables {

    /** A query sees the catalog as the snapshot does; the function sees it as it is. */
    private static final String REWRITTEN =
            """
            SELECT n.nspname, c.relname
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relfilenode <> pg_catalog.pg_relation_filenode(c.oid)
              AND c.oid IN (SELECT %1$s::pg_catalog.oid
                            UNION SELECT t.relid FROM pg_catalog.pg_partition_tree(%1$s) t WHERE t.isleaf)
            """;

    private RewrittenTables() {}

    /**
     * Fails if the table, or a partition of it, was written anew and therefore read as empty though it is not. TRUNCATE looks
     * the same if rows were inserted afterwards; then another snapshot is a waste but no error.
     *
     * @param connection in the snapshot's transaction, in which the table has just been read, so that it is locked
     */
    static void requireRead(CaptureSettings settings, Connection connection, TableRead table) throws SQLException {
        List<TableId> candidates = rewritten(connection, table.schema().relationOid());
        if (candidates.isEmpty()) {
            return;
        }
        try (Connection now = Connections.open(settings.connection(), "walbrook snapshot " + settings.name())) {
            for (TableId candidate : candidates) {
                if (!hasRows(connection, candidate) && hasRows(now, candidate)) {
                    throw new WalbrookException(
                            ErrorKind.TRANSIENT_CONFLICT,
                            "table " + candidate + " was rewritten before the snapshot came to it, which hides its rows"
                                    + " from the snapshot; snapshot.locking.mode=shared prevents that",
                            CaptureFacts.of(settings));
                }
            }
        }
    }

    private static List<TableId> rewritten(Connection connection, int oid) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(REWRITTEN.formatted(Integer.toUnsignedString(oid)))) {
            List<TableId> tables = new ArrayList<>();
            while (rows.next()) {
                tables.add(new TableId(rows.getString(1), rows.getString(2)));
            }
            return tables;
        }
    }

    private static boolean hasRows(Connection connection, TableId table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT FROM ONLY " + table.toSql() + ')')) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
