package dev.walbrook.admin.compare;

import org.jspecify.annotations.Nullable;

/**
 * A column as comparison needs it.
 *
 * @param name its name
 * @param type the type as SQL writes it, such as {@code numeric(12,2)}
 * @param baseType the type under all domains, without modifier, such as {@code numeric} or {@code timetz[]}
 * @param typeModifier {@code atttypmod}, or the domain's; -1 for none
 * @param generated whether it is computed from others
 */
record ComparedColumn(String name, String type, String baseType, int typeModifier, boolean generated) {

    /**
     * An expression whose text is the same in both databases exactly when the values are.
     *
     * @param other the column on the other side; null when there is none
     */
    String canonicalText(String quotedName, @Nullable ComparedColumn other) {
        if (is("timetz", other)) {
            // The instant is what travels, not the zone it was written in.
            return "(" + quotedName + " AT TIME ZONE 'UTC')::text";
        }
        if (is("timetz[]", other)) {
            return "CASE WHEN " + quotedName
                    + " IS NOT NULL THEN ARRAY(SELECT (e AT TIME ZONE 'UTC')::text FROM unnest(" + quotedName
                    + ") WITH ORDINALITY AS u(e, n) ORDER BY n)::text END";
        }
        if (is("numeric", other) && (typeModifier < 0 || other == null || other.typeModifier != typeModifier)) {
            // 1.50 and 1.5 are the same number; only a declared scale makes the zeros part of the type.
            return "trim_scale(" + quotedName + ")::text";
        }
        return quotedName + "::text";
    }

    private boolean is(String type, @Nullable ComparedColumn other) {
        return baseType.equals(type) && (other == null || other.baseType.equals(type));
    }
}
