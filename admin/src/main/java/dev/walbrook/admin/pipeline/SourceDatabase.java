package dev.walbrook.admin.pipeline;

import dev.walbrook.admin.database.DatabaseConnection;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the source database knows of the pipeline that reads it. Not safe for use by several threads. */
public final class SourceDatabase implements AutoCloseable {

    private final Connection connection;

    private SourceDatabase(Connection connection) {
        this.connection = connection;
    }

    public static SourceDatabase open(ConnectionSettings settings) {
        return new SourceDatabase(DatabaseConnection.open(settings));
    }

    /**
     * The end of the WAL now, followed by a tiny transaction, so that a reader of an otherwise idle database has something
     * behind that position to confirm.
     */
    public Lsn mark() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Lsn now;
            try (ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
                row.next();
                now = Lsn.parse(row.getString(1));
            }
            // Transactional, because only a commit makes the server write its WAL out at once.
            statement.execute("SELECT pg_logical_emit_message(true, 'walbrook', '')");
            return now;
        }
    }

    /** The slot's progress; empty if there is no such slot or it was never used. */
    public Optional<SlotProgress> slot(String name) throws SQLException {
        String sql =
                """
                SELECT active, confirmed_flush_lsn::text, pg_current_wal_lsn()::text
                FROM pg_replication_slots
                WHERE slot_name = ? AND confirmed_flush_lsn IS NOT NULL
                """;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new SlotProgress(
                                row.getBoolean(1), Lsn.parse(row.getString(2)), Lsn.parse(row.getString(3))))
                        : Optional.empty();
            }
        }
    }

    /** The tables of a publication with the planner's estimate of their rows, by name; -1 where it has none yet. */
    public Map<TableId, Long> publishedTables(String publication) throws SQLException {
        String sql =
                """
                SELECT p.schemaname, p.tablename,
                       CASE WHEN c.relkind = 'p'
                            THEN (SELECT sum(l.reltuples) FROM pg_partition_tree(c.oid) t
                                  JOIN pg_class l ON l.oid = t.relid AND t.isleaf)
                            ELSE c.reltuples END::bigint
                FROM pg_publication_tables p
                JOIN pg_namespace n ON n.nspname = p.schemaname
                JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
                WHERE p.pubname = ?
                ORDER BY 1, 2
                """;
        Map<TableId, Long> tables = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, publication);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    tables.put(new TableId(row.getString(1), row.getString(2)), row.getLong(3));
                }
            }
        }
        return tables;
    }

    /** Every ordinary and partitioned table that is not a partition and not PostgreSQL's own. */
    public List<TableId> userTables() throws SQLException {
        String sql =
                """
                SELECT n.nspname, c.relname
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p'
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
                ORDER BY 1, 2
                """;
        List<TableId> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                tables.add(new TableId(row.getString(1), row.getString(2)));
            }
        }
        return List.copyOf(tables);
    }

    /** Drops a slot; false if there is none. */
    public boolean dropSlot(String name) throws SQLException {
        String sql = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** A setting of the server, such as {@code wal_level}. */
    public String setting(String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT current_setting(?)")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
