package dev.walbrook.connect.sink.table;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the type that holds all values of a column and all of its source's, where PostgreSQL converts what is there without
 * losing anything. Pure.
 */
final class Widening {

    /** A type's name, and its modifiers; what follows, such as {@code without time zone}, belongs to the name. */
    private static final Pattern TYPE =
            Pattern.compile("([a-z0-9_ ]+?)(?:\\((\\d+)(?:,(\\d+))?\\))?((?: with(?:out)? time zone)?)");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("int2", "smallint"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("varchar", "character varying"),
            Map.entry("bpchar", "character"),
            Map.entry("timestamp", "timestamp without time zone"),
            Map.entry("timestamptz", "timestamp with time zone"),
            Map.entry("time", "time without time zone"),
            Map.entry("timetz", "time with time zone"),
            Map.entry("varbit", "bit varying"));

    /** Each holds what those before it hold. */
    private static final List<List<String>> CHAINS = List.of(
            List.of("smallint", "integer", "bigint", "numeric"),
            List.of("real", "double precision"),
            List.of("character varying", "text"));

    private static final int MAX_PRECISION = 1_000;

    /**
     * A type taken apart.
     *
     * @param length the first modifier; null for none, which holds the most
     * @param scale the second
     */
    private record Parts(String name, @Nullable Integer length, @Nullable Integer scale) {

        static @Nullable Parts of(String sql) {
            Matcher matcher = TYPE.matcher(sql.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                return null;
            }
            String name = matcher.group(1) + matcher.group(4);
            return new Parts(NAMES.getOrDefault(name, name), number(matcher.group(2)), number(matcher.group(3)));
        }

        private static @Nullable Integer number(@Nullable String digits) {
            return digits == null ? null : Integer.valueOf(digits);
        }

        String toSql() {
            if (length == null) {
                return name;
            }
            String modifier = "(" + length + (scale == null ? "" : "," + scale) + ")";
            int zone = name.indexOf(" with");
            return zone < 0 ? name + modifier : name.substring(0, zone) + modifier + name.substring(zone);
        }
    }

    private Widening() {}

    /**
     * The type the column should have.
     *
     * @param present the column's type as SQL writes it
     * @param wanted the source's
     * @return null if the column holds the source's values already, or no type is known that holds both
     */
    static @Nullable String of(String present, String wanted) {
        Parts from = Parts.of(present);
        Parts to = Parts.of(wanted);
        if (from == null || to == null) {
            return null;
        }
        Parts widened = from.name().equals(to.name()) ? sameName(from, to) : alongChain(from, to);
        return widened == null || widened.equals(from) ? null : widened.toSql();
    }

    private static @Nullable Parts sameName(Parts from, Parts to) {
        if (from.name().equals("numeric")) {
            return numeric(from, to);
        }
        boolean hasLength = from.name().startsWith("time")
                || List.of("character varying", "character", "bit varying").contains(from.name());
        if (!hasLength || from.length() == null) {
            return null;
        }
        return to.length() == null || to.length() > from.length() ? to : null;
    }

    private static @Nullable Parts numeric(Parts from, Parts to) {
        if (from.length() == null || to.length() == null) {
            return from.length() == null ? null : to;
        }
        int scale = Math.max(scale(from), scale(to));
        int whole = Math.max(from.length() - scale(from), to.length() - scale(to));
        return whole + scale > MAX_PRECISION
                ? new Parts("numeric", null, null)
                : new Parts("numeric", whole + scale, scale);
    }

    private static int scale(Parts numeric) {
        return numeric.scale() == null ? 0 : numeric.scale();
    }

    private static @Nullable Parts alongChain(Parts from, Parts to) {
        for (List<String> chain : CHAINS) {
            int at = chain.indexOf(from.name());
            int goal = chain.indexOf(to.name());
            if (at >= 0 && goal > at) {
                // A numeric with modifiers may hold less than the integers before it.
                return new Parts(to.name(), null, null);
            }
        }
        return null;
    }
}
