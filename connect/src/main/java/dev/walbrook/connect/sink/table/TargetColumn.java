package dev.walbrook.connect.sink.table;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of a target table.
 *
 * @param name its name
 * @param typeSql its type as SQL writes it, such as {@code numeric(12,2)}
 * @param baseType {@code typname} of its type, behind any domain, such as {@code numeric} or {@code _text}
 * @param castSql that type as SQL writes it, without modifier: what text is cast to before it is assigned
 * @param baseTypeOid the object identifier of that type
 * @param generated whether PostgreSQL computes it, so that nobody can write it
 * @param notNull whether it refuses nulls
 * @param identityAlways whether it is GENERATED ALWAYS AS IDENTITY, which takes values only from an INSERT that says so
 * @param comparable whether its type has an equality that an index could use; others are compared by their text
 */
public record TargetColumn(
        String name,
        String typeSql,
        String baseType,
        String castSql,
        long baseTypeOid,
        boolean generated,
        boolean notNull,
        boolean identityAlways,
        boolean comparable) {

    private static final Pattern DIGITS = Pattern.compile("(?:time|timestamp)\\((\\d)\\).*");

    /** The digits of a second's fraction that a type for times keeps; null if it does not say. */
    public @Nullable Integer secondDigits() {
        Matcher digits = DIGITS.matcher(typeSql);
        return digits.matches() ? Integer.valueOf(digits.group(1)) : null;
    }
}
