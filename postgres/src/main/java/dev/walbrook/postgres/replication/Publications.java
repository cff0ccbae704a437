package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.Catalog;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds, creates and alters publications, over an ordinary connection.
 *
 * <p>Creating one takes CREATE on the database and the ownership of every table, FOR ALL TABLES takes a superuser; where
 * that is missing, the failure holds the statement for somebody who may. Not thread safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/logical-replication-publication.html">Publication</a>
 */
public final class Publications {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String FIND =
            """
            SELECT p.puballtables, p.pubviaroot, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate,
                   t.schemaname, t.tablename
            FROM pg_catalog.pg_publication p
            LEFT JOIN pg_catalog.pg_publication_tables t ON t.pubname = p.pubname
            WHERE p.pubname = ?
            """;

    private static final String NAMED_TABLES =
            """
            SELECT n.nspname, c.relname
            FROM pg_catalog.pg_publication p
            JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid
            JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE p.pubname = ?
            """;

    private final Connection connection;

    /** @param connection in autocommit mode; stays the caller's to close */
    public Publications(Connection connection) {
        this.connection = connection;
    }

    /** The publication; null if there is none of this name. */
    public @Nullable Publication find(String name) {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                boolean allTables = rows.getBoolean(1);
                boolean viaRoot = rows.getBoolean(2);
                boolean insert = rows.getBoolean(3);
                boolean update = rows.getBoolean(4);
                boolean delete = rows.getBoolean(5);
                boolean truncate = rows.getBoolean(6);
                Set<TableId> tables = new HashSet<>();
                do {
                    String schema = rows.getString(7);
                    if (schema != null) {
                        tables.add(new TableId(schema, rows.getString(8)));
                    }
                } while (rows.next());
                return new Publication(name, allTables, viaRoot, insert, update, delete, truncate, Set.copyOf(tables));
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot read publication " + Sql.identifier(name), null, facts(name));
        }
    }

    /**
     * Creates a publication of these tables.
     *
     * @param tables at least one
     * @param viaRoot whether a partition's changes are published as those of the partitioned table
     * @throws WalbrookException {@link ErrorKind#PUBLICATION_MISSING} if this role may not
     */
    public void create(String name, Collection<TableId> tables, boolean viaRoot) {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("a publication FOR TABLE needs a table; see createEmpty");
        }
        create(name, " FOR TABLE " + list(tables), viaRoot, tables);
    }

    /**
     * Creates a publication of all tables, present and future.
     *
     * @throws WalbrookException {@link ErrorKind#PUBLICATION_MISSING} if this role is not a superuser
     */
    public void createForAllTables(String name, boolean viaRoot) {
        create(name, " FOR ALL TABLES", viaRoot, null);
    }

    /**
     * Creates a publication without tables.
     *
     * @throws WalbrookException {@link ErrorKind#PUBLICATION_MISSING} if this role may not
     */
    public void createEmpty(String name, boolean viaRoot) {
        create(name, "", viaRoot, null);
    }

    private void create(String name, String scope, boolean viaRoot, @Nullable Collection<TableId> tables) {
        String options = viaRoot ? " WITH (publish_via_partition_root = true)" : "";
        String sql = "CREATE PUBLICATION " + Sql.identifier(name) + scope + options;
        try {
            execute(sql);
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(SqlErrors.sqlState(e))) {
                throw SqlErrors.translate(e, "cannot create publication " + Sql.identifier(name), null, facts(name));
            }
            Collection<TableId> members = tables == null ? new Catalog(connection).tables() : tables;
            String what = "cannot create publication " + Sql.identifier(name) + " as this user; tried: " + sql + ';';
            throw SqlErrors.translate(ErrorKind.PUBLICATION_MISSING, e, what, null, facts(name, members));
        }
    }

    /**
     * Makes the publication publish exactly these tables, touching it only if it does not already. Tables that stay keep
     * their row filters and column lists. A publication FOR ALL TABLES is left alone.
     *
     * @param tables at least one
     * @return whether the publication was altered
     * @throws WalbrookException {@link ErrorKind#PUBLICATION_MISSING} if there is none of this name,
     *     {@link ErrorKind#PUBLICATION_INCOMPLETE} if it lacks tables and this role may not add them,
     *     {@link ErrorKind#PRIVILEGE_MISSING} if it has too many and this role may not drop them
     */
    public boolean setTables(String name, Collection<TableId> tables) {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("a publication cannot be set to no table");
        }
        Publication publication = find(name);
        if (publication == null) {
            throw new WalbrookException(
                    ErrorKind.PUBLICATION_MISSING,
                    "publication " + Sql.identifier(name) + " does not exist",
                    facts(name, tables));
        }
        Set<TableId> missing = new TreeSet<>(tables);
        missing.removeAll(publication.tables());
        Set<TableId> surplus = new TreeSet<>(publication.tables());
        surplus.removeAll(Set.copyOf(tables));
        if (publication.allTables() || (missing.isEmpty() && surplus.isEmpty())) {
            return false;
        }
        String alter = "ALTER PUBLICATION " + Sql.identifier(name);
        try {
            if (namedTables(name).containsAll(surplus)) {
                // Adding comes first: if dropping fails, nothing that was wanted is unpublished.
                if (!missing.isEmpty()) {
                    execute(alter + " ADD TABLE " + list(missing));
                }
                if (!surplus.isEmpty()) {
                    execute(alter + " DROP TABLE " + list(surplus));
                }
            } else {
                // A surplus table that came with its schema or its partition root cannot be dropped by its own name.
                execute(alter + " SET TABLE " + list(tables));
            }
            return true;
        } catch (SQLException e) {
            String what = "cannot alter publication " + Sql.identifier(name);
            if (INSUFFICIENT_PRIVILEGE.equals(SqlErrors.sqlState(e)) && !missing.isEmpty()) {
                throw SqlErrors.translate(
                        ErrorKind.PUBLICATION_INCOMPLETE,
                        e,
                        what + ", which lacks " + list(missing),
                        null,
                        facts(name, missing));
            }
            throw SqlErrors.translate(e, what, null, facts(name, tables));
        }
    }

    /** The tables named one by one in the publication, other than those that come with a schema or a partition root. */
    private Set<TableId> namedTables(String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NAMED_TABLES)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                Set<TableId> tables = new HashSet<>();
                while (rows.next()) {
                    tables.add(new TableId(rows.getString(1), rows.getString(2)));
                }
                return tables;
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String list(Collection<TableId> tables) {
        return tables.stream().sorted().distinct().map(TableId::toSql).collect(Collectors.joining(", "));
    }

    private static Map<String, String> facts(String name) {
        return Map.of("publication", Sql.identifier(name));
    }

    private static Map<String, String> facts(String name, Collection<TableId> tables) {
        return Map.of("publication", Sql.identifier(name), "tables", list(tables));
    }
}
