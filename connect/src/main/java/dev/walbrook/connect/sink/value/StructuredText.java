package dev.walbrook.connect.sink.value;

import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Structures of the parts of dates, times and intervals as PostgreSQL reads them. */
final class StructuredText {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;

    private StructuredText() {}

    static String date(Object value) {
        Struct struct = (Struct) value;
        String special = special(struct);
        return special != null ? special : era(struct, appendDate(new StringBuilder(16), struct));
    }

    static String time(Object value) {
        return appendTime(new StringBuilder(18), (Struct) value).toString();
    }

    static String zonedTime(Object value) {
        Struct struct = (Struct) value;
        return appendOffset(appendTime(new StringBuilder(24), struct), struct).toString();
    }

    static String timestamp(Object value) {
        Struct struct = (Struct) value;
        String special = special(struct);
        return special != null
                ? special
                : era(
                        struct,
                        appendTime(appendDate(new StringBuilder(32), struct).append(' '), struct));
    }

    static String zonedTimestamp(Object value) {
        Struct struct = (Struct) value;
        String special = special(struct);
        if (special != null) {
            return special;
        }
        StringBuilder text = appendDate(new StringBuilder(40), struct).append(' ');
        return era(struct, appendOffset(appendTime(text, struct), struct));
    }

    /** Every part has its own sign. */
    static String duration(Object value) {
        Struct struct = (Struct) value;
        long seconds = number(struct, "seconds");
        long nanos = number(struct, "nanos");
        boolean negative = seconds < 0 || nanos < 0;
        return number(struct, "years") + " years " + number(struct, "months") + " mons " + number(struct, "days")
                + " days " + number(struct, "hours") + " hours " + number(struct, "minutes") + " mins "
                + (negative ? "-" : "") + Math.abs(seconds) + "." + padded(Math.abs(nanos), NANO_DIGITS) + " secs";
    }

    private static @Nullable String special(Struct struct) {
        Object special = struct.get("specialValue");
        if (special == null) {
            return null;
        }
        return switch (special.toString()) {
            case "POSITIVE_INFINITY" -> "infinity";
            case "NEGATIVE_INFINITY" -> "-infinity";
            default -> throw new IllegalArgumentException("a special value that PostgreSQL has no word for");
        };
    }

    private static StringBuilder appendDate(StringBuilder text, Struct struct) {
        if (struct.get("year") == null) {
            throw new IllegalArgumentException("a date without year");
        }
        long year = number(struct, "year");
        return text.append(padded(year > 0 ? year : 1 - year, 4))
                .append('-')
                .append(padded(number(struct, "month"), 2))
                .append('-')
                .append(padded(number(struct, "day"), 2));
    }

    private static StringBuilder appendTime(StringBuilder text, Struct struct) {
        text.append(padded(number(struct, "hour"), 2))
                .append(':')
                .append(padded(number(struct, "minute"), 2))
                .append(':')
                .append(padded(number(struct, "second"), 2));
        long nanos = number(struct, "nanos");
        return nanos == 0 ? text : text.append('.').append(padded(nanos % NANOS_PER_SECOND, NANO_DIGITS));
    }

    private static StringBuilder appendOffset(StringBuilder text, Struct struct) {
        long seconds = number(struct, "offsetSeconds");
        long offset = Math.abs(seconds);
        return text.append(seconds < 0 ? '-' : '+')
                .append(padded(offset / 3600, 2))
                .append(':')
                .append(padded(offset / 60 % 60, 2))
                .append(':')
                .append(padded(offset % 60, 2));
    }

    private static String era(Struct struct, StringBuilder text) {
        return number(struct, "year") > 0 ? text.toString() : text.append(" BC").toString();
    }

    private static long number(Struct struct, String field) {
        return struct.get(field) instanceof Number number ? number.longValue() : 0;
    }

    private static String padded(long number, int digits) {
        String plain = Long.toString(number);
        return "0".repeat(Math.max(0, digits - plain.length())) + plain;
    }
}
