package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.catalog.PgType;
import dev.walbrook.postgres.codec.TextFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column's default as the default of its field's schema, for the types and in the way Debezium has it: a constant is
 * itself, a function call is the type's zero, anything else is no default.
 */
final class ColumnDefault {

    /** A quoted constant as {@code pg_get_expr} writes it, such as {@code 'it''s'::text} or {@code B'101'::"bit"}. */
    private static final Pattern QUOTED = Pattern.compile("\\(?B?'((?:[^']|'')*)'\\)?(?:::.*)?", Pattern.DOTALL);

    private static final Pattern BARE =
            Pattern.compile("\\(?(-?[0-9][0-9.]*(?:[eE][-+]?[0-9]+)?|true|false)\\)?(?:::.*)?");

    private static final Pattern FUNCTION = Pattern.compile(
            "\\(?(?:[A-Za-z0-9_.\"]+\\(.*\\)|CURRENT_(?:DATE|TIME|TIMESTAMP)|LOCAL(?:TIME|TIMESTAMP)).*",
            Pattern.DOTALL);

    /** The types that have defaults, with PostgreSQL's text of their zero; empty text for text itself. */
    private static final Map<String, String> ZEROS = Map.ofEntries(
            Map.entry("int2", "0"),
            Map.entry("int4", "0"),
            Map.entry("int8", "0"),
            Map.entry("float4", "0"),
            Map.entry("float8", "0"),
            Map.entry("numeric", "0"),
            Map.entry("bool", "f"),
            Map.entry("text", ""),
            Map.entry("varchar", ""),
            Map.entry("bpchar", ""),
            Map.entry("xml", ""),
            Map.entry("json", "{}"),
            Map.entry("jsonb", "{}"),
            Map.entry("uuid", "00000000-0000-0000-0000-000000000000"),
            Map.entry("date", "1970-01-01"),
            Map.entry("time", "00:00:00"),
            Map.entry("timestamp", "1970-01-01 00:00:00"),
            Map.entry("timestamptz", "1970-01-01 00:00:00+00"),
            Map.entry("interval", "00:00:00"));

    /** The zeros of types that have no defaults. */
    private static final Map<String, String> OTHER_ZEROS = Map.of(
            "timetz", "00:00:00+00",
            "money", "$0.00",
            "hstore", "",
            "point", "(0,0)",
            "line", "{0,1,0}",
            "lseg", "[(0,0),(1,0)]",
            "path", "[(0,0),(1,0)]",
            "box", "(0,0),(1,1)",
            "polygon", "((0,0),(1,0),(0,1))",
            "circle", "<(0,0),0>");

    /** The words for the session that Debezium takes for constants of text. */
    private static final Pattern KEYWORD =
            Pattern.compile("CURRENT_(?:USER|ROLE|CATALOG|SCHEMA)|SESSION_USER|SYSTEM_USER|USER");

    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar");

    private ColumnDefault() {}

    /**
     * The default.
     *
     * @param type the column's resolved type
     * @param expression the default's SQL as {@code pg_get_expr} writes it; null for none
     * @param decoder reads the column's values
     * @return null if the column has none that a schema can carry
     */
    static @Nullable Object of(PgType type, @Nullable String expression, ValueDecoder decoder) {
        boolean isEnum = type.kind() == PgType.Kind.ENUM;
        boolean constantOnly =
                isEnum || type.name().equals("bit") || type.name().equals("varbit");
        String zero = ZEROS.get(type.name());
        if (expression == null || zero == null && !constantOnly) {
            return null;
        }
        String text;
        Matcher quoted = QUOTED.matcher(expression);
        Matcher bare = BARE.matcher(expression);
        if (quoted.matches()) {
            text = quoted.group(1).replace("''", "'");
        } else if (bare.matches()) {
            text = type.name().equals("bool") ? bare.group(1).substring(0, 1) : bare.group(1);
        } else if (TEXTS.contains(type.name()) && KEYWORD.matcher(expression).matches()) {
            text = expression;
        } else if (zero != null && FUNCTION.matcher(expression).matches()) {
            text = zero;
        } else {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return decoder.decode(bytes, 0, bytes.length);
        } catch (TextFormatException | ArithmeticException | IndexOutOfBoundsException e) {
            // The expression only looked like a constant of this type.
            return null;
        }
    }

    /** PostgreSQL's text of the type's zero; null if nobody needs it. */
    static @Nullable String zero(PgType type) {
        String zero = ZEROS.get(type.name());
        return zero == null ? OTHER_ZEROS.get(type.name()) : zero;
    }
}
