package dev.walbrook.postgres.catalog;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads type definitions. */
final class TypeQuery {

    /**
     * A type is an array when it is its element type's array type: {@code int2vector} or {@code point} have elements too but
     * are written differently.
     */
    private static final String SELECT =
            """
            SELECT t.oid, n.nspname, t.typname, t.typtype, e.oid, t.typbasetype, t.typtypmod,
                   (SELECT pg_catalog.array_agg(l.enumlabel::text ORDER BY l.enumsortorder)
                    FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid),
                   (SELECT pg_catalog.array_agg(l.enumlabel::text ORDER BY l.oid)
                    FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid)
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
            """;

    static final String BY_OID = SELECT + "WHERE t.oid = ?::oid";

    /** A composite type of its own has a {@code pg_class} entry of kind {@code c}; tables and views have others. */
    static final String ALL = SELECT
            + """
            LEFT JOIN pg_catalog.pg_class r ON r.oid = coalesce(e.typrelid, t.typrelid) AND r.relkind <> 'c'
            WHERE r.oid IS NULL
            """;

    private TypeQuery() {}

    static List<PgType> read(PreparedStatement statement) throws SQLException {
        List<PgType> types = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                int element = (int) rows.getLong(5);
                PgType.Kind kind = element != 0 ? PgType.Kind.ARRAY : kind(rows.getString(4));
                boolean domain = kind == PgType.Kind.DOMAIN;
                types.add(new PgType(
                        (int) rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        kind,
                        element,
                        domain ? (int) rows.getLong(6) : 0,
                        domain ? rows.getInt(7) : -1,
                        labels(rows.getArray(8)),
                        labels(rows.getArray(9))));
            }
        }
        return types;
    }

    private static List<String> labels(@Nullable Array labels) throws SQLException {
        return labels == null ? List.of() : List.of((String[]) labels.getArray());
    }

    private static PgType.Kind kind(String typtype) {
        return switch (typtype) {
            case "b" -> PgType.Kind.BASE;
            case "c" -> PgType.Kind.COMPOSITE;
            case "d" -> PgType.Kind.DOMAIN;
            case "e" -> PgType.Kind.ENUM;
            case "m" -> PgType.Kind.MULTIRANGE;
            case "p" -> PgType.Kind.PSEUDO;
            case "r" -> PgType.Kind.RANGE;
            default -> throw new IllegalStateException("pg_type.typtype is '" + typtype + "'");
        };
    }
}
