package dev.walbrook.postgres.catalog;

import dev.walbrook.postgres.TableId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads table definitions. One query gives one row per column with its table's data repeated: three queries would see
 * three states of a catalog that is being changed.
 */
final class TableQuery {

    private static final String SELECT =
            """
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispartition, c.relreplident,
                   a.attname, a.attnum, a.atttypid, a.atttypmod, pg_catalog.format_type(a.atttypid, a.atttypmod),
                   a.attnotnull OR t.typtype = 'd' AND t.typnotnull,
                   CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
                   a.attgenerated <> '', a.attidentity <> '', pg_catalog.col_description(c.oid, a.attnum),
                   pk.position, ri.position, uk.position
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            LEFT JOIN LATERAL (
              SELECT k.position FROM pg_catalog.pg_index i,
                pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
              WHERE i.indrelid = c.oid AND i.indisprimary
                AND k.attnum = a.attnum AND k.position <= i.indnkeyatts) pk ON true
            LEFT JOIN LATERAL (
              SELECT k.position FROM pg_catalog.pg_index i,
                pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
              WHERE i.indrelid = c.oid AND i.indisreplident AND c.relreplident = 'i'
                AND k.attnum = a.attnum AND k.position <= i.indnkeyatts) ri ON true
            LEFT JOIN LATERAL (
              SELECT (i.indkey::int2[])[0:i.indnkeyatts - 1] AS columns
              FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
              WHERE i.indrelid = c.oid AND i.indisunique AND i.indimmediate AND i.indisvalid
                AND i.indpred IS NULL AND i.indexprs IS NULL
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_index p WHERE p.indrelid = c.oid AND p.indisprimary)
                AND NOT EXISTS (
                  SELECT FROM pg_catalog.pg_attribute n WHERE n.attrelid = c.oid AND NOT n.attnotnull
                    AND n.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]))
              ORDER BY x.relname LIMIT 1) u ON true
            LEFT JOIN LATERAL (
              SELECT k.position FROM pg_catalog.unnest(u.columns) WITH ORDINALITY AS k(attnum, position)
              WHERE k.attnum = a.attnum) uk ON true
            WHERE c.relkind IN ('r', 'p') AND\s""";

    private static final String ORDER = " ORDER BY c.oid, a.attnum";

    static final String BY_OID = SELECT + "c.oid = ?::oid" + ORDER;

    static final String BY_NAME = SELECT
            + """
            (n.nspname, c.relname) IN (
              SELECT w.schema, w.name
              FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[])) AS w(schema, name))
            """
            + ORDER;

    private TableQuery() {}

    /** The tables, sorted by name. */
    static List<Table> read(PreparedStatement statement) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            Builder current = null;
            while (rows.next()) {
                int oid = (int) rows.getLong(1);
                if (current == null || current.oid != oid) {
                    if (current != null) {
                        tables.add(current.build());
                    }
                    current = new Builder(oid, rows);
                }
                current.addColumn(rows);
            }
            if (current != null) {
                tables.add(current.build());
            }
        }
        tables.sort((a, b) -> a.id().compareTo(b.id()));
        return tables;
    }

    /** A table while the rows of its columns come in. */
    private static final class Builder {

        private final int oid;
        private final TableId id;
        private final boolean partitioned;
        private final boolean partition;
        private final char replicaIdentity;
        private final List<Column> columns = new ArrayList<>();
        private final Map<Integer, String> primaryKey = new TreeMap<>();
        private final Map<Integer, String> identityIndex = new TreeMap<>();
        private final Map<Integer, String> uniqueKey = new TreeMap<>();

        Builder(int oid, ResultSet row) throws SQLException {
            this.oid = oid;
            id = new TableId(row.getString(2), row.getString(3));
            partitioned = row.getString(4).equals("p");
            partition = row.getBoolean(5);
            replicaIdentity = row.getString(6).charAt(0);
        }

        void addColumn(ResultSet row) throws SQLException {
            String name = row.getString(7);
            if (name == null) {
                return; // A table without columns has one row without a column.
            }
            columns.add(new Column(
                    name,
                    row.getInt(8),
                    (int) row.getLong(9),
                    row.getInt(10),
                    row.getString(11),
                    row.getBoolean(12),
                    row.getString(13),
                    row.getBoolean(14),
                    row.getBoolean(15),
                    row.getString(16)));
            addKey(primaryKey, integer(row, 17), name);
            addKey(identityIndex, integer(row, 18), name);
            addKey(uniqueKey, integer(row, 19), name);
        }

        private static void addKey(Map<Integer, String> key, @Nullable Integer position, String name) {
            if (position != null) {
                key.put(position, name);
            }
        }

        private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
            int value = row.getInt(column);
            return row.wasNull() ? null : value;
        }

        Table build() {
            return new Table(
                    oid,
                    id,
                    partitioned,
                    partition,
                    replicaIdentity,
                    List.copyOf(columns),
                    List.copyOf(primaryKey.values()),
                    List.copyOf(identityIndex.values()),
                    List.copyOf(uniqueKey.values()));
        }
    }
}
