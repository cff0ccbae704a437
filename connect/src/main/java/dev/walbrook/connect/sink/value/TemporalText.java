package dev.walbrook.connect.sink.value;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times as PostgreSQL reads them with any {@code DateStyle} that starts with the year: BC, and infinity. */
final class TemporalText {

    static final long MILLIS = 1_000L;
    static final long MICROS = 1_000_000L;
    static final long NANOS = 1_000_000_000L;
    static final long MILLIS_PER_DAY = 86_400_000L;

    private static final String INFINITY = "infinity";
    private static final String MINUS_INFINITY = "-infinity";

    /** The day after 5874897-12-31, PostgreSQL's last date. What lies beyond can only stand for infinity. */
    private static final long FIRST_DAY_AFTER_DATES =
            LocalDate.of(5874898, 1, 1).toEpochDay();

    /** 4714-11-24 BC, the first day of PostgreSQL's dates and timestamps. */
    private static final long FIRST_DAY = LocalDate.of(-4713, 11, 24).toEpochDay();

    /** pgjdbc's constants for infinite dates, in days, as they come out of a cast to 32 bits. */
    private static final int INFINITY_CUT_TO_INT = (int) Math.floorDiv(9223372036825200000L, MILLIS_PER_DAY);

    private static final int MINUS_INFINITY_CUT_TO_INT = (int) Math.floorDiv(-9223372036832400000L, MILLIS_PER_DAY);

    /** pgjdbc's constant for an infinite timestamp, which Debezium uses as microseconds. */
    private static final long INFINITE_MICROS = 9223372036825200000L;

    /** What Debezium before 3.7 wrote for infinite timestamps in ISO 8601. */
    private static final String OLDER_INFINITY = "+294247-01-10T04:00:25.2Z";

    private static final String OLDER_MINUS_INFINITY = "-290308-12-21T19:59:27.6Z";

    private static final int LAST_YEAR_OF_DATES = 5_874_897;
    private static final int LAST_YEAR_OF_TIMESTAMPS = 294_276;
    /** From the ISO year -4713 on, which is 4714 BC, there is only its end. */
    private static final int YEARS_BEFORE_CHRIST = 4_714;

    private static final Pattern ISO_YEAR = Pattern.compile("([+-]?)(\\d{4,})(-.*)");

    private TemporalText() {}

    static String date(long epochDay) {
        if (epochDay >= FIRST_DAY_AFTER_DATES || epochDay == INFINITY_CUT_TO_INT) {
            return INFINITY;
        }
        if (epochDay < FIRST_DAY || epochDay == MINUS_INFINITY_CUT_TO_INT) {
            return MINUS_INFINITY;
        }
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        StringBuilder text = new StringBuilder(16);
        appendDate(text, date);
        return era(text, date);
    }

    /** The time of day; a whole day is 24:00:00. */
    static String time(long units, long unitsPerSecond) {
        StringBuilder text = new StringBuilder(18);
        appendTime(text, units, unitsPerSecond);
        return text.toString();
    }

    /** @param zone {@code +00}, or empty for a type without time zone */
    static String timestamp(long units, long unitsPerSecond, String zone) {
        long second = Math.floorDiv(units, unitsPerSecond);
        if (isInfinite(units, unitsPerSecond)) {
            return INFINITY;
        }
        if (second < FIRST_DAY * 86_400 || units == Long.MIN_VALUE) {
            return MINUS_INFINITY;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(32);
        appendDate(text, time.toLocalDate());
        text.append(' ');
        long ofDay = Math.floorMod(second, 86_400L) * unitsPerSecond + Math.floorMod(units, unitsPerSecond);
        appendTime(text, ofDay, unitsPerSecond);
        text.append(zone);
        return era(text, time.toLocalDate());
    }

    private static boolean isInfinite(long units, long unitsPerSecond) {
        if (unitsPerSecond == NANOS) {
            return units == Long.MAX_VALUE;
        }
        // In milliseconds the constant is met both as it is and divided by a thousand.
        return units >= INFINITE_MICROS || (unitsPerSecond == MILLIS && units >= INFINITE_MICROS / 1_000);
    }

    /** An ISO date, which may be followed by a Z; beyond PostgreSQL's dates it stands for an infinity. */
    static String isoDate(String text) {
        return isoWithoutZone(text, LAST_YEAR_OF_DATES);
    }

    /** An ISO timestamp for a type without time zone, likewise. */
    static String isoTimestamp(String text) {
        return switch (text) {
            case OLDER_INFINITY -> INFINITY;
            case OLDER_MINUS_INFINITY -> MINUS_INFINITY;
            default -> isoWithoutZone(text, LAST_YEAR_OF_TIMESTAMPS);
        };
    }

    private static String isoWithoutZone(String text, int lastYear) {
        Matcher matcher = ISO_YEAR.matcher(text);
        if (matcher.matches()) {
            int year = Integer.parseInt(matcher.group(2));
            boolean beforeChrist = matcher.group(1).equals("-");
            if (!beforeChrist && year > lastYear) {
                return INFINITY;
            }
            if (beforeChrist && year >= YEARS_BEFORE_CHRIST) {
                return MINUS_INFINITY;
            }
        }
        return iso(withoutZone(text));
    }

    /** An ISO time of a type without time zone. */
    static String withoutZone(String text) {
        return text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    }

    /** A length of time: hours may exceed a day. */
    static String duration(long units, long unitsPerSecond) {
        StringBuilder text = new StringBuilder(24);
        if (units < 0) {
            text.append('-');
        }
        // Long.MIN_VALUE has no positive counterpart; one unit less is beyond what an interval tells apart.
        appendTime(text, units == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(units), unitsPerSecond);
        return text.toString();
    }

    /**
     * ISO-8601 text with Java's years (a sign before years of more than four digits, and year 0 for 1 BC) in PostgreSQL's
     * way.
     */
    static String iso(String text) {
        if (hasPlainYear(text)) {
            return text;
        }
        Matcher matcher = ISO_YEAR.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        int year = Integer.parseInt(matcher.group(2));
        if (matcher.group(1).equals("-") || year == 0) {
            return String.format("%04d%s BC", year + 1, matcher.group(3));
        }
        return matcher.group(1).isEmpty() ? text : matcher.group(2) + matcher.group(3);
    }

    /** Whether the text begins with a year of four digits after Christ, which both write alike. */
    private static boolean hasPlainYear(String text) {
        if (text.length() < 5 || text.charAt(4) != '-') {
            return false;
        }
        int year = 0;
        for (int i = 0; i < 4; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            year = year * 10 + digit;
        }
        return year > 0;
    }

    private static void appendDate(StringBuilder text, LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        pad(text, year, 4);
        text.append('-');
        pad(text, date.getMonthValue(), 2);
        text.append('-');
        pad(text, date.getDayOfMonth(), 2);
    }

    private static void appendTime(StringBuilder text, long units, long unitsPerSecond) {
        long seconds = units / unitsPerSecond;
        pad(text, seconds / 3_600, 2);
        text.append(':');
        pad(text, seconds / 60 % 60, 2);
        text.append(':');
        pad(text, seconds % 60, 2);
        long fraction = units % unitsPerSecond;
        if (fraction != 0) {
            text.append('.');
            pad(text, fraction, Long.toString(unitsPerSecond).length() - 1);
        }
    }

    private static String era(StringBuilder text, LocalDate date) {
        return date.getYear() > 0 ? text.toString() : text.append(" BC").toString();
    }

    private static void pad(StringBuilder text, long number, int digits) {
        String plain = Long.toString(number);
        text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain);
    }
}
