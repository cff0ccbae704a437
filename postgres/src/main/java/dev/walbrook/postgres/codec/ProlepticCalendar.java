package dev.walbrook.postgres.codec;

/**
 * Days and dates of the Gregorian calendar, extended to all times before it was introduced, as PostgreSQL does it.
 *
 * <p>Years here count with a year 0, which PostgreSQL's text calls 1 BC. Counting a year from March makes the leap day its
 * last day; 400 years are an era of always 146097 days.
 */
final class ProlepticCalendar {

    private static final long DAYS_OF_ERA = 146_097;

    /** From 0000-03-01, where the eras start, to 1970-01-01. */
    private static final long DAYS_TO_UNIX_EPOCH = 719_468;

    private ProlepticCalendar() {}

    /** The days from 1970-01-01 to a date that exists. */
    static long epochDay(long year, int month, int day) {
        long marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, 400L);
        long yearOfEra = marchYear - era * 400;
        int marchMonth = month <= 2 ? month + 9 : month - 3;
        // Five months from March or August on have 153 days together, the others fit the same slope.
        long dayOfYear = (153L * marchMonth + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_OF_ERA + dayOfEra - DAYS_TO_UNIX_EPOCH;
    }

    static int lengthOfMonth(long year, int month) {
        return switch (month) {
            case 4, 6, 9, 11 -> 30;
            case 2 -> isLeap(year) ? 29 : 28;
            default -> 31;
        };
    }

    private static boolean isLeap(long year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Writes a date with at least four digits of the year, which is positive; a suffix BC is left to the caller. */
    static boolean appendDate(StringBuilder out, long epochDay) {
        long days = epochDay + DAYS_TO_UNIX_EPOCH;
        long era = Math.floorDiv(days, DAYS_OF_ERA);
        long dayOfEra = days - era * DAYS_OF_ERA;
        long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long marchMonth = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);

        boolean beforeChrist = year <= 0;
        appendPadded(out, beforeChrist ? 1 - year : year, 4);
        appendPadded(out.append('-'), month, 2);
        appendPadded(out.append('-'), day, 2);
        return beforeChrist;
    }

    /** Writes a number that is not negative with leading zeros. */
    static void appendPadded(StringBuilder out, long value, int width) {
        long limit = 10;
        for (int i = 1; i < width; i++, limit *= 10) {
            if (value < limit) {
                for (int zero = i; zero < width; zero++) {
                    out.append('0');
                }
                break;
            }
        }
        out.append(value);
    }
}
