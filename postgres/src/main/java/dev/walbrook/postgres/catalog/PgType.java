package dev.walbrook.postgres.catalog;

import java.util.List;

/**
 * A data type.
 *
 * @param oid its object identifier
 * @param schema its schema
 * @param name {@code pg_type.typname}, such as {@code int4}, {@code _text} or {@code mood}
 * @param kind what sort of type it is
 * @param elementOid an array's element type, else 0
 * @param baseOid a domain's base type, else 0
 * @param baseTypeModifier a domain's modifier of the base type, -1 for none
 * @param labels an enum's labels in their order, else empty
 * @param labelsByAge an enum's labels in the order in which they were added, else empty
 */
public record PgType(
        int oid,
        String schema,
        String name,
        Kind kind,
        int elementOid,
        int baseOid,
        int baseTypeModifier,
        List<String> labels,
        List<String> labelsByAge) {

    /** {@code pg_type.typtype}, with arrays told apart. */
    public enum Kind {
        BASE,
        ARRAY,
        ENUM,
        DOMAIN,
        COMPOSITE,
        RANGE,
        MULTIRANGE,
        PSEUDO
    }
}
