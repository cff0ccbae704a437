package dev.walbrook.connect.source.type;

import java.time.LocalDate;

/**
 * Dates and times as ISO 8601 writes them and java.time reads them: a sign before years that do not have four digits, and a
 * year 0, which is 1 BC.
 */
final class IsoText {

    static final long MICROS_PER_SECOND = 1_000_000L;
    static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

    private static final int MICRO_DIGITS = 6;

    private IsoText() {}

    static StringBuilder appendDate(StringBuilder text, long epochDay) {
        return text.append(LocalDate.ofEpochDay(epochDay));
    }

    /** The time with as many digits of the second's fraction as it needs. */
    static StringBuilder appendTime(StringBuilder text, long microOfDay) {
        appendSeconds(text, microOfDay / MICROS_PER_SECOND);
        int micros = (int) (microOfDay % MICROS_PER_SECOND);
        if (micros != 0) {
            appendFraction(text, micros, MICRO_DIGITS);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text;
    }

    /** The time with the given number of digits of the second's fraction. */
    static StringBuilder appendTime(StringBuilder text, long microOfDay, int digits) {
        appendSeconds(text, microOfDay / MICROS_PER_SECOND);
        appendFraction(text, (int) (microOfDay % MICROS_PER_SECOND), digits);
        return text;
    }

    private static void appendSeconds(StringBuilder text, long secondOfDay) {
        appendTwoDigits(text, (int) (secondOfDay / 3600)).append(':');
        appendTwoDigits(text, (int) (secondOfDay / 60 % 60)).append(':');
        appendTwoDigits(text, (int) (secondOfDay % 60));
    }

    private static void appendFraction(StringBuilder text, int micros, int digits) {
        if (digits > 0) {
            text.append('.');
            int divisor = 100_000;
            for (int i = 0; i < digits; i++) {
                text.append((char) ('0' + micros / divisor % 10));
                divisor /= 10;
            }
        }
    }

    private static StringBuilder appendTwoDigits(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
