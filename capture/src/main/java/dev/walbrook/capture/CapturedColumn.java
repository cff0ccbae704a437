package dev.walbrook.capture;

import dev.walbrook.postgres.catalog.PgType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a captured table.
 *
 * @param name its name
 * @param declaredType the type it was declared with; a domain stays a domain here
 * @param type what values of it are: {@code declaredType} with domains resolved
 * @param typeModifier the modifier that applies to {@code type}, -1 for none
 * @param elementType the resolved element type if {@code type} is an array, else null
 * @param optional whether a value may be null
 * @param defaultExpression the default's SQL; null for none or where the catalog no longer agrees with the WAL
 * @param comment the column's comment; null for none
 */
public record CapturedColumn(
        String name,
        PgType declaredType,
        PgType type,
        int typeModifier,
        @Nullable PgType elementType,
        boolean optional,
        @Nullable String defaultExpression,
        @Nullable String comment) {}
