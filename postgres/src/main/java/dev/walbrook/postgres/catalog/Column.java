package dev.walbrook.postgres.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A table's column.
 *
 * @param name its name
 * @param position {@code attnum}, from 1; dropped columns leave gaps
 * @param typeOid its type
 * @param typeModifier {@code atttypmod}, -1 for none
 * @param typeName the type as SQL writes it ({@code format_type}), such as {@code numeric(12,2)}
 * @param notNull whether it refuses nulls
 * @param defaultExpression the default's SQL; null for none
 * @param generated whether it is computed from others (GENERATED ALWAYS AS … STORED or VIRTUAL)
 * @param identity whether it is an identity column
 * @param comment its comment; null for none
 */
public record Column(
        String name,
        int position,
        int typeOid,
        int typeModifier,
        String typeName,
        boolean notNull,
        @Nullable String defaultExpression,
        boolean generated,
        boolean identity,
        @Nullable String comment) {}
