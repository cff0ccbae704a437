package dev.walbrook.postgres.catalog;

import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.error.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the connection's role may do, asked of the catalog and not tried out: asking changes nothing and takes no lock that
 * anybody waits for.
 *
 * <p>Not thread safe, as the connection is not. Every method throws
 * {@link dev.walbrook.postgres.error.WalbrookException} if the server cannot answer.
 */
public final class Privileges {

    /**
     * The attributes count only for the role itself, memberships are inherited. The named roles are what the managed services
     * grant instead of the attributes: Amazon RDS and Aurora, Google Cloud SQL and AlloyDB, Azure.
     */
    private static final String ROLE =
            """
            SELECT r.rolsuper OR EXISTS (
                     SELECT FROM pg_catalog.pg_roles m
                     WHERE m.rolname IN ('rds_superuser', 'rdsadmin')
                       AND pg_catalog.pg_has_role(r.oid, m.oid, 'MEMBER')),
                   r.rolsuper OR r.rolreplication OR EXISTS (
                     SELECT FROM pg_catalog.pg_roles m
                     WHERE m.rolname IN ('rds_replication', 'rds_superuser', 'rdsadmin', 'cloudsqlreplication',
                                         'alloydbreplica', 'azure_pg_admin')
                       AND pg_catalog.pg_has_role(r.oid, m.oid, 'MEMBER')),
                   pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
            FROM pg_catalog.pg_roles r
            WHERE r.rolname = current_user
            """;

    private static final String NAMED =
            """
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[])) AS wanted (schema, name)
              ON n.nspname = wanted.schema AND c.relname = wanted.name
            """;

    /** Which columns are needed is the publication's business, so one that may be read is enough here. */
    private static final String UNREADABLE = "SELECT n.nspname, c.relname " + NAMED
            + """
            WHERE NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE')
               OR NOT pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
            """;

    private static final String NOT_OWNED =
            "SELECT n.nspname, c.relname " + NAMED + "WHERE NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')";

    private static final String ROW_SECURITY =
            "SELECT n.nspname, c.relname " + NAMED + "WHERE pg_catalog.row_security_active(c.oid)";

    private static final String OWNS_PUBLICATION =
            """
            SELECT pg_catalog.pg_has_role(p.pubowner, 'USAGE') FROM pg_catalog.pg_publication p WHERE p.pubname = ?
            """;

    private final Connection connection;

    /** @param connection stays the caller's to close */
    public Privileges(Connection connection) {
        this.connection = connection;
    }

    /**
     * What the role is by itself.
     *
     * @param superuser whether it may do everything, or what a managed service calls so
     * @param replication whether it may use a WAL sender
     * @param createInDatabase whether it may create publications in this database
     */
    public record Role(boolean superuser, boolean replication, boolean createInDatabase) {}

    /** The connection's role. */
    public Role role() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROLE)) {
            row.next();
            return new Role(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot ask what the role may do", null, Map.of());
        }
    }

    /** Those of the tables of which the role may not read any column, sorted. */
    public Set<TableId> unreadable(Collection<TableId> tables) {
        return select(UNREADABLE, tables);
    }

    /** Those of the tables that do not belong to the role or to one whose rights it has, sorted. */
    public Set<TableId> notOwned(Collection<TableId> tables) {
        return select(NOT_OWNED, tables);
    }

    /** Those of the tables of which a policy may hide rows from the role, sorted. */
    public Set<TableId> underRowSecurity(Collection<TableId> tables) {
        return select(ROW_SECURITY, tables);
    }

    /** Whether the role may alter the publication; false if there is none of this name. */
    public boolean ownsPublication(String name) {
        try (PreparedStatement statement = connection.prepareStatement(OWNS_PUBLICATION)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot ask who owns publication " + name, null, Map.of());
        }
    }

    private Set<TableId> select(String sql, Collection<TableId> tables) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", tables.stream().map(TableId::schema).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", tables.stream().map(TableId::name).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                Set<TableId> found = new TreeSet<>();
                while (rows.next()) {
                    found.add(new TableId(rows.getString(1), rows.getString(2)));
                }
                return found;
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot ask what the role may do with the tables", null, Map.of());
        }
    }
}
