package dev.walbrook.capture;

import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.error.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the server how large tables are, and decides which of them are read in ranges. For one thread. */
final class TableDivision {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * The storage of a table, or of each of its partitions. Only a heap's rows stay in their blocks, and only there can they be
     * found by them. Whoever may read columns only, by grants, may not read a row's place.
     */
    private static final String STORAGE =
            """
            SELECT pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::bigint,
                   c.relkind = 'r' AND a.amname = 'heap'
                     AND pg_catalog.has_table_privilege(%1$s::pg_catalog.oid, 'SELECT'),
                   pg_catalog.current_setting('block_size')::bigint
            FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
            WHERE c.oid IN (SELECT %1$s::pg_catalog.oid
                            UNION SELECT t.relid FROM pg_catalog.pg_partition_tree(%1$s) t WHERE t.isleaf)
              AND c.relkind <> 'p'
            """;

    private static final String PARTITIONS =
            "SELECT t.relid::pg_catalog.oid FROM pg_catalog.pg_partition_tree(%1$s) t WHERE t.isleaf ORDER BY 1";

    private final @Nullable RangeSettings ranges;
    private final int connections;
    private final Connection connection;

    /** @param connection in autocommit mode; stays the caller's */
    TableDivision(SnapshotSettings settings, Connection connection) {
        this.ranges = settings.ranges();
        this.connections = settings.connections();
        this.connection = connection;
    }

    /**
     * The conditions that select the ranges of a table; none if it is to be read whole.
     *
     * @param oid the table's object identifier
     */
    List<String> of(TableId table, int oid) throws SQLException {
        RangeSettings wanted = ranges;
        if (wanted == null || connections == 1) {
            return List.of();
        }
        List<Long> blocks = new ArrayList<>();
        long smallest = 1;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // To ask for the size takes a lock, and whoever holds the table is waited for when it is read, not before.
            statement.execute("SET LOCAL lock_timeout = '250ms'");
            try (ResultSet rows = statement.executeQuery(STORAGE.formatted(Integer.toUnsignedString(oid)))) {
                while (rows.next()) {
                    if (!rows.getBoolean(2)) {
                        return List.of();
                    }
                    blocks.add(rows.getLong(1));
                    smallest = Math.max(1, wanted.smallestBytes() / rows.getLong(3));
                }
            }
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(SqlErrors.sqlState(e))) {
                return List.of();
            }
            throw e;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return BlockRanges.conditions(blocks, wanted.most(table, connections), smallest);
    }

    /** The partitions a table has now, whatever the connection's snapshot sees; the table itself if it is not partitioned. */
    static List<Long> partitions(Connection connection, TableRead table) throws SQLException {
        String sql =
                PARTITIONS.formatted(Integer.toUnsignedString(table.schema().relationOid()));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Long> partitions = new ArrayList<>();
            while (rows.next()) {
                partitions.add(rows.getLong(1));
            }
            return partitions;
        }
    }
}
