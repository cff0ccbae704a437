package dev.walbrook.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/**
 * A type with a source of values and with what PostgreSQL itself says a value's canonical text is.
 *
 * @param sql the type of the column
 * @param literal makes a value as an SQL literal
 * @param oracle an SQL expression on the column {@code %1$s} that yields {@link CanonicalText} of its value
 * @param debezium whether Debezium is right about these values, so that both connectors have to write the same
 */
record RandomType(String sql, Function<Random, String> literal, String oracle, boolean debezium) {

    /** The text of a string, as {@link CanonicalText} quotes it, for strings without control characters and emojis. */
    private static final String QUOTED = "'\"' || replace(replace(%1$s::text, '\\', '\\\\'), '\"', '\\\"') || '\"'";

    private static final String MICROS = "'long ' || ((extract(epoch FROM %1$s) * 1000000)::numeric(30, 0))";
    private static final String CHARACTERS = "abcXYZ 019äöü€ß'\"\\{}(),;:-_/%$";

    static final List<RandomType> ALL = List.of(
            same("boolean", random -> Boolean.toString(random.nextBoolean()), "'boolean ' || %1$s::text"),
            same("smallint", random -> quote(random.nextInt(65536) - 32768), "'short ' || %1$s"),
            same("integer", random -> quote(random.nextInt()), "'integer ' || %1$s"),
            same("bigint", random -> quote(random.nextLong()), "'long ' || %1$s"),
            same(
                    "numeric(18,6)",
                    random -> decimal(random, 12, 6),
                    "'decimal ' || (%1$s * 1000000)::numeric(40, 0) || ' scale 6'"),
            same("numeric(5,0)", random -> decimal(random, 5, 0), "'decimal ' || %1$s::numeric(40, 0) || ' scale 0'"),
            same("text", RandomType::text, QUOTED),
            same("varchar(30)", RandomType::text, QUOTED),
            same(
                    "char(12)",
                    RandomType::shortText,
                    "'\"' || replace(replace(rpad(%1$s::text, 12), '\\', '\\\\'), '\"', '\\\"') || '\"'"),
            same("uuid", random -> "'" + new UUID(random.nextLong(), random.nextLong()) + "'", QUOTED),
            same("bytea", RandomType::bytes, "'bytes ' || encode(%1$s, 'hex')"),
            same("jsonb", RandomType::json, QUOTED),
            same("json", RandomType::json, QUOTED),
            same("date", random -> day(random, 1600, 9999), "'integer ' || (%1$s - date '1970-01-01')"),
            own("date", random -> day(random, 1, 200000), "'integer ' || (%1$s - date '1970-01-01')"),
            same("timestamp", random -> moment(random, 1600, 9999, ""), MICROS),
            own("timestamp", random -> moment(random, 1, 200000, ""), MICROS),
            same(
                    "timestamp(3)",
                    random -> moment(random, 1600, 9999, ""),
                    "'long ' || ((extract(epoch FROM %1$s) * 1000)::numeric(30, 0))"),
            same("time", RandomType::time, MICROS),
            same("time(3)", RandomType::time, "'integer ' || ((extract(epoch FROM %1$s) * 1000)::numeric(30, 0))"),
            same(
                    "timestamptz",
                    random -> moment(random, 1600, 9999, zone(random)),
                    "'\"' || to_char(%1$s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || '\"'"),
            same(
                    "inet",
                    random -> "'10.%d.%d.1/%d'"
                            .formatted(random.nextInt(256), random.nextInt(256), 8 + random.nextInt(24)),
                    QUOTED),
            same("int4range", random -> "'[%d,%d)'".formatted(random.nextInt(100), 100 + random.nextInt(100)), QUOTED),
            same("macaddr", random -> "'08:00:2b:01:02:%02x'".formatted(random.nextInt(256)), QUOTED),
            same(
                    "integer[]",
                    RandomType::numbers,
                    "CASE WHEN %1$s IS NOT NULL THEN '[' || array_to_string(array(SELECT coalesce('integer ' || e, 'null') FROM unnest(%1$s) e), ', ') || ']' END"),
            same("double precision", random -> quote(random.nextLong() / 1024.0), ""),
            same("real", random -> quote(random.nextFloat()), ""),
            same("numeric", random -> decimal(random, 20, random.nextInt(12)), ""));

    private static RandomType same(String sql, Function<Random, String> literal, String oracle) {
        return new RandomType(sql, literal, oracle, true);
    }

    /** Debezium is wrong about such values; only PostgreSQL is asked. */
    private static RandomType own(String sql, Function<Random, String> literal, String oracle) {
        return new RandomType(sql, literal, oracle, false);
    }

    /** Now and then null. */
    String value(Random random) {
        return random.nextInt(8) == 0 ? "NULL" : literal.apply(random);
    }

    private static String quote(Object value) {
        return "'" + value.toString().replace("'", "''") + "'";
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(24); i > 0; i--) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return quote(text);
    }

    private static String shortText(Random random) {
        return quote("x" + random.nextInt(100_000));
    }

    private static String bytes(Random random) {
        StringBuilder text = new StringBuilder("'\\x");
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append("%02x".formatted(random.nextInt(256)));
        }
        return text.append('\'').toString();
    }

    private static String decimal(Random random, int digits, int scale) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        for (int i = 1 + random.nextInt(digits); i > 0; i--) {
            text.append(random.nextInt(10));
        }
        if (scale > 0) {
            text.append('.');
            for (int i = 0; i < scale; i++) {
                text.append(random.nextInt(10));
            }
        }
        return quote(text);
    }

    private static String json(Random random) {
        return "'{\"k%d\": [%d, null, \"v%d\"]}'".formatted(random.nextInt(9), random.nextInt(), random.nextInt(9));
    }

    private static String day(Random random, int first, int last) {
        return String.format(
                Locale.ROOT,
                "'%04d-%02d-%02d'",
                first + random.nextInt(last - first),
                1 + random.nextInt(12),
                1 + random.nextInt(28));
    }

    private static String clock(Random random) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%06d",
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60),
                random.nextInt(1_000_000));
    }

    private static String time(Random random) {
        // Rounding up to 24:00 is a case of its own.
        return "'" + clock(random).replace("23:59:59.9", "23:59:59.0") + "'";
    }

    private static String moment(Random random, int first, int last, String zone) {
        String day = day(random, first, last);
        return day.substring(0, day.length() - 1) + " " + clock(random) + zone + "'";
    }

    private static String zone(Random random) {
        return List.of("Z", "+02", "-11", "+05:45").get(random.nextInt(4));
    }

    private static String numbers(Random random) {
        StringBuilder text = new StringBuilder("'{");
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(random.nextInt(6) == 0 ? "NULL" : Integer.toString(random.nextInt()));
        }
        return text.append("}'").toString();
    }
}
