package dev.walbrook.connect.sink.table;

/**
 * A column of a target table.
 *
 * @param name its name
 * @param typeSql its type as SQL writes it, such as {@code numeric(12,2)}
 * @param baseType {@code typname} of its type, behind any domain, such as {@code numeric} or {@code _text}
 * @param baseTypeOid the object identifier of that type
 * @param generated whether PostgreSQL computes it, so that nobody can write it
 * @param identityAlways whether it is GENERATED ALWAYS AS IDENTITY, which takes values only from an INSERT that says so
 * @param comparable whether its type has an equality that an index could use; others are compared by their text
 */
public record TargetColumn(
        String name,
        String typeSql,
        String baseType,
        long baseTypeOid,
        boolean generated,
        boolean identityAlways,
        boolean comparable) {}
