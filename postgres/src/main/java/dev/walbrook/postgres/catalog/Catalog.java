package dev.walbrook.postgres.catalog;

import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks one database's system catalog. Everything is as of the connection's current snapshot: the moment of the call in
 * autocommit mode, the transaction's snapshot in a repeatable-read transaction.
 *
 * <p>Not thread safe, as the connection is not. Every method throws {@link WalbrookException} if the server cannot answer.
 */
public final class Catalog {

    /** Names are qualified throughout because {@code search_path} may hold a schema that shadows {@code pg_catalog}. */
    private static final String TABLES =
            """
            SELECT n.nspname, c.relname
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p')
              AND c.relpersistence = 'p'
              AND n.nspname !~ '^pg_'
              AND n.nspname <> 'information_schema'
              AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
            """;

    private static final String SERVER =
            """
            SELECT pg_catalog.current_setting('server_version_num')::int,
                   pg_catalog.current_setting('wal_level'),
                   pg_catalog.current_database(),
                   pg_catalog.pg_is_in_recovery(),
                   pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')
                     AND pg_catalog.has_function_privilege('pg_catalog.pg_control_checkpoint()', 'EXECUTE')
            """;

    /** The name of the current WAL file starts with the timeline; the control file knows that of the last checkpoint. */
    private static final String IDENTITY =
            """
            SELECT s.system_identifier,
                   CASE WHEN pg_catalog.pg_is_in_recovery() THEN k.timeline_id
                        ELSE ('x' || pg_catalog.substr(
                          pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8))::bit(32)::int END
            FROM pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() k
            """;

    /**
     * The planner's way: the density at the last analyze times the size now. A partitioned table's rows are its
     * partitions'; one partition never analyzed makes the whole unknown.
     */
    private static final String ESTIMATE =
            """
            SELECT CASE WHEN pg_catalog.bool_or(p.reltuples < 0) THEN -1
                   ELSE pg_catalog.sum(
                     CASE WHEN p.relpages = 0 THEN p.reltuples
                          ELSE p.reltuples::float8 / p.relpages * pg_catalog.pg_relation_size(p.oid)
                            / pg_catalog.current_setting('block_size')::int END)::int8 END
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL (
              SELECT t.relid FROM pg_catalog.pg_partition_tree(c.oid) t WHERE t.isleaf
              UNION SELECT c.oid WHERE c.relkind = 'r') AS leaf
            JOIN pg_catalog.pg_class p ON p.oid = leaf.relid AND p.relkind = 'r'
            WHERE n.nspname = ? AND c.relname = ?
            """;

    private final Connection connection;

    /** @param connection stays the caller's to close */
    public Catalog(Connection connection) {
        this.connection = connection;
    }

    /**
     * The tables whose changes can be captured, sorted: ordinary and partitioned ones (partitions too) outside the system
     * schemas. Temporary and unlogged tables are not among them because they are not in the WAL, nor are the tables that
     * belong to an extension.
     */
    public List<TableId> tables() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            List<TableId> tables = new ArrayList<>();
            while (rows.next()) {
                tables.add(new TableId(rows.getString(1), rows.getString(2)));
            }
            // Not ORDER BY: its order would depend on the database's collation.
            tables.sort(null);
            return tables;
        } catch (SQLException e) {
            throw failure(e, "cannot list the tables");
        }
    }

    /** The table with this object identifier, whatever its schema; null if there is none. */
    public @Nullable Table table(int oid) {
        try (PreparedStatement statement = connection.prepareStatement(TableQuery.BY_OID)) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            return first(TableQuery.read(statement));
        } catch (SQLException e) {
            throw failure(e, "cannot read the definition of the table with oid " + Integer.toUnsignedString(oid));
        }
    }

    /** The table with this name; null if there is none. */
    public @Nullable Table table(TableId id) {
        return first(tables(List.of(id)));
    }

    /** Those of the tables that exist, sorted by name, in one query. */
    public List<Table> tables(Collection<TableId> ids) {
        try (PreparedStatement statement = connection.prepareStatement(TableQuery.BY_NAME)) {
            statement.setArray(1, textArray(ids.stream().map(TableId::schema).toArray()));
            statement.setArray(2, textArray(ids.stream().map(TableId::name).toArray()));
            return TableQuery.read(statement);
        } catch (SQLException e) {
            throw failure(e, "cannot read the definition of " + named(ids));
        }
    }

    /** The type with this object identifier, also a table's row type; null if there is none. */
    public @Nullable PgType type(int oid) {
        try (PreparedStatement statement = connection.prepareStatement(TypeQuery.BY_OID)) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            List<PgType> found = TypeQuery.read(statement);
            return found.isEmpty() ? null : found.get(0);
        } catch (SQLException e) {
            throw failure(e, "cannot read the definition of the type with oid " + Integer.toUnsignedString(oid));
        }
    }

    /** All types by object identifier, but for the row types of tables and views and their arrays. */
    public Map<Integer, PgType> types() {
        try (PreparedStatement statement = connection.prepareStatement(TypeQuery.ALL)) {
            Map<Integer, PgType> types = new HashMap<>();
            for (PgType type : TypeQuery.read(statement)) {
                types.put(type.oid(), type);
            }
            return types;
        } catch (SQLException e) {
            throw failure(e, "cannot read the database's types");
        }
    }

    /** Version, identity and role of the server. */
    public ServerInfo server() {
        try (Statement statement = connection.createStatement()) {
            int version;
            String walLevel;
            String database;
            boolean inRecovery;
            boolean mayAskIdentity;
            try (ResultSet row = statement.executeQuery(SERVER)) {
                row.next();
                version = row.getInt(1);
                walLevel = row.getString(2);
                database = row.getString(3);
                inRecovery = row.getBoolean(4);
                mayAskIdentity = row.getBoolean(5);
            }
            if (!mayAskIdentity) {
                return new ServerInfo(version, null, null, walLevel, database, inRecovery);
            }
            try (ResultSet row = statement.executeQuery(IDENTITY)) {
                row.next();
                String system = Long.toUnsignedString(row.getLong(1));
                return new ServerInfo(version, system, row.getInt(2), walLevel, database, inRecovery);
            }
        } catch (SQLException e) {
            throw failure(e, "cannot ask the server for its version and identity");
        }
    }

    /**
     * How far the WAL is written; on a standby, how far it is replayed. Every transaction whose commit has been answered
     * (with {@code synchronous_commit} not off) lies before it.
     */
    public Lsn currentLsn() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CASE WHEN pg_catalog.pg_is_in_recovery()"
                        + " THEN pg_catalog.pg_last_wal_replay_lsn() ELSE pg_catalog.pg_current_wal_lsn() END")) {
            row.next();
            return Lsn.parse(row.getString(1));
        } catch (SQLException e) {
            throw failure(e, "cannot ask the server for its WAL position");
        }
    }

    /**
     * About how many rows the table holds, its partitions' included; -1 if it does not exist or statistics have never been
     * gathered for all of it. Costs no scan.
     */
    public long estimatedRows(TableId id) {
        try (PreparedStatement statement = connection.prepareStatement(ESTIMATE)) {
            statement.setString(1, id.schema());
            statement.setString(2, id.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long rows = row.getLong(1);
                return row.wasNull() ? -1 : rows;
            }
        } catch (SQLException e) {
            throw failure(e, "cannot estimate the size of " + id);
        }
    }

    private Array textArray(Object[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }

    private static @Nullable Table first(List<Table> tables) {
        return tables.isEmpty() ? null : tables.get(0);
    }

    private static String named(Collection<TableId> ids) {
        return ids.size() == 1 ? "table " + ids.iterator().next() : ids.size() + " tables";
    }

    private static WalbrookException failure(SQLException e, String what) {
        return SqlErrors.translate(e, what, null, Map.of());
    }
}
