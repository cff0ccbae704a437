package dev.walbrook.admin.compare;

import dev.walbrook.admin.database.DatabaseConnection;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One side of a comparison: a session whose settings make every value's text the same on both sides. */
final class ComparedDatabase implements AutoCloseable {

    /** What turns values into text differently by configuration; without row_security=off rows could be hidden silently. */
    private static final String PIN_SESSION =
            """
            SET TimeZone = 'UTC';
            SET DateStyle = 'ISO, YMD';
            SET IntervalStyle = 'postgres';
            SET extra_float_digits = 3;
            SET bytea_output = 'hex';
            SET lc_monetary = 'C';
            SET xmlbinary = 'base64';
            SET row_security = off;
            SET statement_timeout = 0
            """;

    private static final String COLUMNS =
            """
            WITH RECURSIVE base(attnum, oid, typmod) AS (
              SELECT a.attnum, a.atttypid, a.atttypmod
              FROM pg_attribute a
              WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
              SELECT b.attnum, t.typbasetype, t.typtypmod
              FROM base b JOIN pg_type t ON t.oid = b.oid WHERE t.typtype = 'd')
            SELECT a.attname, format_type(a.atttypid, a.atttypmod),
                   CASE WHEN t.typelem <> 0 AND t.typlen = -1 AND e.oid IS NOT NULL AND t.typcategory = 'A'
                        THEN e.typname || '[]' ELSE t.typname END,
                   b.typmod, a.attgenerated <> ''
            FROM base b
            JOIN pg_attribute a ON a.attrelid = ?::regclass AND a.attnum = b.attnum
            JOIN pg_type t ON t.oid = b.oid AND t.typtype <> 'd'
            LEFT JOIN pg_type e ON e.oid = t.typelem
            ORDER BY a.attnum
            """;

    private static final String KEY =
            """
            SELECT a.attname
            FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey[0:i.indnkeyatts - 1]) WITH ORDINALITY AS k(attnum, n)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = ?::regclass AND i.indisprimary
            ORDER BY k.n
            """;

    private final Connection connection;

    private ComparedDatabase(Connection connection) {
        this.connection = connection;
    }

    static ComparedDatabase open(ConnectionSettings settings) throws SQLException {
        Connection connection = DatabaseConnection.open(settings);
        try (Statement statement = connection.createStatement()) {
            statement.execute(PIN_SESSION);
            return new ComparedDatabase(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** The table as it is now; empty if there is none of this name. */
    Optional<ComparedTable> table(TableId id) throws SQLException {
        String name = id.toSql();
        boolean partitioned;
        try (PreparedStatement exists =
                connection.prepareStatement("SELECT relkind = 'p' FROM pg_class WHERE oid = to_regclass(?)")) {
            exists.setString(1, name);
            try (ResultSet found = exists.executeQuery()) {
                if (!found.next()) {
                    return Optional.empty();
                }
                partitioned = found.getBoolean(1);
            }
        }
        Map<String, ComparedColumn> columns = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, name);
            query.setString(2, name);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.put(
                            row.getString(1),
                            new ComparedColumn(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getInt(4),
                                    row.getBoolean(5)));
                }
            }
        }
        List<String> key = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(KEY)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    key.add(row.getString(1));
                }
            }
        }
        return Optional.of(new ComparedTable(id, partitioned, columns, List.copyOf(key)));
    }

    /** Counts and hashes the rows, over the columns that {@code other} has too. */
    Fingerprint fingerprint(ComparedTable table, ComparedTable other) throws SQLException {
        String sql =
                "SELECT count(*), coalesce(sum(" + hash(rowText(table, other)) + "::numeric), 0) FROM " + table.rows();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Fingerprint(row.getLong(1), row.getBigDecimal(2));
        }
    }

    /** A query for key text and row hash, in an order that is the same on both sides. */
    static String keyHashes(ComparedTable table, ComparedTable other, List<String> key) {
        String keyText = "ROW(" + expressions(table, other, key.stream()) + ")::text COLLATE \"C\"";
        return "SELECT " + keyText + " AS k, " + hash(rowText(table, other)) + " AS h FROM " + table.rows()
                + " ORDER BY 1, 2";
    }

    /**
     * The canonical texts of some rows' common columns.
     *
     * @param keys texts of keys as {@link #keyHashes} gives them
     * @return per key the texts in the order of {@link #common}
     */
    Map<String, List<@Nullable String>> texts(
            ComparedTable table, ComparedTable other, List<String> key, Collection<String> keys) throws SQLException {
        String keyText = "ROW(" + expressions(table, other, key.stream()) + ")::text";
        String sql = "SELECT " + keyText + ", " + expressions(table, other, common(table, other).stream()) + " FROM "
                + table.rows() + " WHERE " + keyText + " = ANY (?)";
        Map<String, List<@Nullable String>> texts = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setArray(1, connection.createArrayOf("text", keys.toArray()));
            try (ResultSet row = query.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    List<@Nullable String> values = new ArrayList<>();
                    for (int i = 2; i <= columns; i++) {
                        values.add(row.getString(i));
                    }
                    texts.put(row.getString(1), values);
                }
            }
        }
        return texts;
    }

    private static String hash(String rowText) {
        return "hashtextextended(" + rowText + " COLLATE \"C\", 0)";
    }

    private static String rowText(ComparedTable table, ComparedTable other) {
        return "ROW(" + expressions(table, other, common(table, other).stream()) + ")::text";
    }

    /** The names of the columns both sides have, in an order that does not depend on the side. */
    static List<String> common(ComparedTable table, ComparedTable other) {
        return table.columns().keySet().stream()
                .filter(other.columns()::containsKey)
                .sorted()
                .toList();
    }

    private static String expressions(ComparedTable table, ComparedTable other, Stream<String> names) {
        return names.map(name -> {
                    ComparedColumn column = table.columns().get(name);
                    return column == null
                            ? "NULL"
                            : column.canonicalText(
                                    "t." + Sql.identifier(name), other.columns().get(name));
                })
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
