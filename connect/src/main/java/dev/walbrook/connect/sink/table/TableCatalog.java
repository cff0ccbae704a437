package dev.walbrook.connect.sink.table;

import dev.walbrook.connect.sink.record.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the target's catalog. */
final class TableCatalog {

    private TableCatalog() {}

    /** The table as it is now; null if there is none of that name. */
    static @Nullable TargetTable read(Connection connection, TableName name) throws SQLException {
        String relation =
                """
                SELECT c.oid, n.nspname, c.relname, c.relkind = 'p',
                       c.relkind = 'r' AND NOT c.relispartition
                       AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger t
                                        WHERE t.tgrelid = c.oid AND t.tgenabled <> 'D'
                                          AND (t.tgenabled = 'A' OR (t.tgenabled = 'R') = (
                                               pg_catalog.current_setting('session_replication_role') = 'replica')))
                       AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid)
                       AND (SELECT count(*) FROM pg_catalog.pg_index i
                             WHERE i.indrelid = c.oid AND (i.indisunique OR i.indisexclusion)) <= 1
                  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE c.oid = pg_catalog.to_regclass(?) AND c.relkind IN ('r', 'p', 'v', 'f')""";
        try (PreparedStatement query = connection.prepareStatement(relation)) {
            query.setString(1, name.toSql());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                TableName actual = new TableName(row.getString(2), row.getString(3));
                return new TargetTable(
                        actual, row.getBoolean(4), row.getBoolean(5), columns(connection, row.getLong(1)));
            }
        }
    }

    private static Map<String, TargetColumn> columns(Connection connection, long table) throws SQLException {
        // 403 and 405 are the fixed identifiers of the btree and the hash access method.
        String columns =
                """
                SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), t.typname,
                       pg_catalog.format_type(t.oid, -1), t.oid,
                       a.attgenerated <> '', a.attnotnull, a.attidentity = 'a',
                       EXISTS (SELECT FROM pg_catalog.pg_opclass o
                                WHERE o.opcintype = t.oid AND o.opcdefault AND o.opcmethod IN (403, 405))
                  FROM pg_catalog.pg_attribute a
                  JOIN pg_catalog.pg_type t ON t.oid = (
                       WITH RECURSIVE behind (oid, next) AS (
                         SELECT d.oid, d.typbasetype FROM pg_catalog.pg_type d WHERE d.oid = a.atttypid
                         UNION ALL
                         SELECT d.oid, d.typbasetype FROM behind JOIN pg_catalog.pg_type d ON d.oid = behind.next)
                       SELECT oid FROM behind WHERE next = 0)
                 WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
                 ORDER BY a.attnum""";
        Map<String, TargetColumn> found = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(columns)) {
            query.setLong(1, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getString(1),
                            new TargetColumn(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getLong(5),
                                    row.getBoolean(6),
                                    row.getBoolean(7),
                                    row.getBoolean(8),
                                    row.getBoolean(9)));
                }
            }
        }
        return found;
    }

    /**
     * The type that goes by a name which the way here has turned into upper case. Built-in types come first, then those of
     * the table's schema, then those of the search path, then any.
     *
     * @return null if there is none
     */
    static @Nullable KnownType type(Connection connection, String name, @Nullable String tableSchema)
            throws SQLException {
        String types =
                """
                SELECT n.nspname, t.typname, n.nspname = 'pg_catalog', t.typtype = 'e'
                  FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
                 WHERE pg_catalog.upper(t.typname) = pg_catalog.upper(?) AND t.typisdefined
                   AND (t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid))
                 ORDER BY n.nspname = 'pg_catalog' DESC, n.nspname = coalesce(?, pg_catalog.current_schema()) DESC,
                          pg_catalog.pg_type_is_visible(t.oid) DESC, t.oid
                 LIMIT 1""";
        try (PreparedStatement query = connection.prepareStatement(types)) {
            query.setString(1, name);
            query.setString(2, tableSchema);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new KnownType(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4))
                        : null;
            }
        }
    }

    /** The labels of an enum type, or of the enum that is an array's element; empty for other types. */
    static List<String> enumLabels(Connection connection, long typeOid) throws SQLException {
        String query =
                """
                SELECT e.enumlabel FROM pg_catalog.pg_enum e JOIN pg_catalog.pg_type t ON e.enumtypid IN (t.oid, t.typelem)
                 WHERE t.oid = ? ORDER BY e.enumsortorder""";
        List<String> labels = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, typeOid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    labels.add(row.getString(1));
                }
            }
        }
        return labels;
    }

    /** The enum type's name as SQL takes it, for the type or the array's element. */
    static String enumName(Connection connection, long typeOid) throws SQLException {
        String query =
                """
                SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(e.typname)
                  FROM pg_catalog.pg_type t
                  JOIN pg_catalog.pg_type e ON e.oid IN (t.oid, t.typelem) AND e.typtype = 'e'
                  JOIN pg_catalog.pg_namespace n ON n.oid = e.typnamespace
                 WHERE t.oid = ?""";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, typeOid);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
