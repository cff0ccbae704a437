package dev.walbrook.postgres.codec;

/**
 * The text format of {@code date}, {@code time}, {@code timetz}, {@code timestamp} and {@code timestamptz}.
 *
 * <p>Dates are those of the Gregorian calendar also before 1582; PostgreSQL's 1 BC is the year 0.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-datetime.html">Date/Time Types</a>
 */
public final class TemporalText {

    /** Stands for {@code infinity} of the types that have it. */
    public static final long POSITIVE_INFINITY = Long.MAX_VALUE;

    /** Stands for {@code -infinity} of the types that have it. */
    public static final long NEGATIVE_INFINITY = Long.MIN_VALUE;

    private static final byte[] BC = Ascii.bytes(" BC");
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    /** {@code HH:MM:SS}. */
    private static final int TIME_LENGTH = 8;

    private static final int MAX_YEAR_DIGITS = 7;

    /** PostgreSQL's {@code MAX_TZDISP_HOUR}. */
    private static final int MAX_OFFSET_HOURS = 15;

    private TemporalText() {}

    /**
     * Reads a {@code date}.
     *
     * @return the days since 1970-01-01, or one of the infinities
     */
    public static long parseDate(byte[] buffer, int offset, int length) {
        if (isInfinite(buffer, offset, length)) {
            return infinity(buffer, offset);
        }
        boolean beforeChrist = isBeforeChrist(buffer, offset, length);
        int end = offset + length - (beforeChrist ? BC.length : 0);
        int dateEnd = dateEnd(buffer, offset, end, "date");
        if (dateEnd != end) {
            throw new TextFormatException("date", "more than a date");
        }
        return epochDay(buffer, offset, dateEnd, beforeChrist, "date");
    }

    /**
     * Reads a {@code timestamp}.
     *
     * @return the microseconds from 1970-01-01 00:00:00, both read as UTC, or one of the infinities
     * @throws TextFormatException also for timestamps from 294247-01-10 04:00:54.775807 to the end of PostgreSQL's range
     *     in 294276, which a {@code long} counting from 1970 cannot hold
     */
    public static long parseTimestamp(byte[] buffer, int offset, int length) {
        if (isInfinite(buffer, offset, length)) {
            return infinity(buffer, offset);
        }
        boolean beforeChrist = isBeforeChrist(buffer, offset, length);
        int end = offset + length - (beforeChrist ? BC.length : 0);
        int dateEnd = dateEnd(buffer, offset, end, "timestamp");
        return timestamp(buffer, offset, dateEnd, end, beforeChrist, 0, "timestamp");
    }

    /**
     * Reads a {@code timestamptz} printed for any time zone.
     *
     * @return the microseconds since the Unix epoch, or one of the infinities
     * @throws TextFormatException also for timestamps beyond the range of a {@code long}, as with {@link #parseTimestamp}
     */
    public static long parseTimestampTz(byte[] buffer, int offset, int length) {
        if (isInfinite(buffer, offset, length)) {
            return infinity(buffer, offset);
        }
        boolean beforeChrist = isBeforeChrist(buffer, offset, length);
        int end = offset + length - (beforeChrist ? BC.length : 0);
        int dateEnd = dateEnd(buffer, offset, end, "timestamptz");
        int sign = offsetStart(buffer, dateEnd + 1, end, "timestamptz");
        int offsetSeconds = offsetSeconds(buffer, sign, end, "timestamptz");
        return timestamp(buffer, offset, dateEnd, sign, beforeChrist, offsetSeconds, "timestamptz");
    }

    /** Reads a {@code timestamp} of PostgreSQL's whole range. */
    public static Moment parseMoment(byte[] buffer, int offset, int length) {
        return moment(buffer, offset, length, false, "timestamp");
    }

    /** Reads a {@code timestamptz} of PostgreSQL's whole range, printed for any time zone, as day and time in UTC. */
    public static Moment parseMomentTz(byte[] buffer, int offset, int length) {
        return moment(buffer, offset, length, true, "timestamptz");
    }

    private static Moment moment(byte[] buffer, int offset, int length, boolean zoned, String typeName) {
        if (isInfinite(buffer, offset, length)) {
            return buffer[offset] == '-' ? Moment.NEGATIVE_INFINITY : Moment.POSITIVE_INFINITY;
        }
        boolean beforeChrist = isBeforeChrist(buffer, offset, length);
        int end = offset + length - (beforeChrist ? BC.length : 0);
        int dateEnd = dateEnd(buffer, offset, end, typeName);
        int timeEnd = zoned ? offsetStart(buffer, dateEnd + 1, end, typeName) : end;
        long day = epochDay(buffer, offset, dateEnd, beforeChrist, typeName);
        long micros = timeOfDay(buffer, dateEnd, timeEnd, typeName);
        if (zoned) {
            micros -= offsetSeconds(buffer, timeEnd, end, typeName) * MICROS_PER_SECOND;
        }
        return new Moment(day + Math.floorDiv(micros, MICROS_PER_DAY), Math.floorMod(micros, MICROS_PER_DAY));
    }

    /**
     * Reads a {@code time}.
     *
     * @return the microseconds of the day; 86400000000 for 24:00:00
     */
    public static long parseTime(byte[] buffer, int offset, int length) {
        return time(buffer, offset, offset + length, "time");
    }

    /** Reads a {@code timetz}. */
    public static ZonedTime parseTimeTz(byte[] buffer, int offset, int length) {
        int end = offset + length;
        int sign = offsetStart(buffer, offset, end, "timetz");
        return new ZonedTime(time(buffer, offset, sign, "timetz"), offsetSeconds(buffer, sign, end, "timetz"));
    }

    /**
     * Writes a {@code date} as PostgreSQL reads it.
     *
     * @param days since 1970-01-01, or one of the infinities
     */
    public static void appendDate(StringBuilder out, long days) {
        if (appendInfinity(out, days)) {
            return;
        }
        if (ProlepticCalendar.appendDate(out, days)) {
            out.append(" BC");
        }
    }

    /**
     * Writes a {@code timestamp} as PostgreSQL reads it; for a {@code timestamptz}, in a session with time zone UTC.
     *
     * @param micros since 1970-01-01 00:00:00, or one of the infinities
     */
    public static void appendTimestamp(StringBuilder out, long micros) {
        if (appendInfinity(out, micros)) {
            return;
        }
        boolean beforeChrist = ProlepticCalendar.appendDate(out, Math.floorDiv(micros, MICROS_PER_DAY));
        appendTime(out.append(' '), Math.floorMod(micros, MICROS_PER_DAY));
        if (beforeChrist) {
            out.append(" BC");
        }
    }

    /**
     * Writes a {@code time} as PostgreSQL reads it.
     *
     * @param micros of the day, 0 to 86400000000
     * @throws IllegalArgumentException if there is no such time
     */
    public static void appendTime(StringBuilder out, long micros) {
        if (micros < 0 || micros > MICROS_PER_DAY) {
            throw new IllegalArgumentException("a day has 0 to 86400000000 microseconds");
        }
        long seconds = micros / MICROS_PER_SECOND;
        ProlepticCalendar.appendPadded(out, seconds / 3600, 2);
        ProlepticCalendar.appendPadded(out.append(':'), seconds / 60 % 60, 2);
        ProlepticCalendar.appendPadded(out.append(':'), seconds % 60, 2);
        long fraction = micros % MICROS_PER_SECOND;
        if (fraction != 0) {
            int width = 6;
            for (; fraction % 10 == 0; fraction /= 10) {
                width--;
            }
            ProlepticCalendar.appendPadded(out.append('.'), fraction, width);
        }
    }

    private static boolean appendInfinity(StringBuilder out, long value) {
        if (value == POSITIVE_INFINITY || value == NEGATIVE_INFINITY) {
            out.append(value == POSITIVE_INFINITY ? "infinity" : "-infinity");
            return true;
        }
        return false;
    }

    private static boolean isInfinite(byte[] buffer, int offset, int length) {
        return length > 0
                && !Ascii.isDigit(buffer[offset])
                && (Ascii.equals(buffer, offset, length, Ascii.INFINITY)
                        || Ascii.equals(buffer, offset, length, Ascii.MINUS_INFINITY));
    }

    private static long infinity(byte[] buffer, int offset) {
        return buffer[offset] == '-' ? NEGATIVE_INFINITY : POSITIVE_INFINITY;
    }

    private static boolean isBeforeChrist(byte[] buffer, int offset, int length) {
        return length > BC.length && Ascii.equals(buffer, offset + length - BC.length, BC.length, BC);
    }

    /** Where {@code YYYY-MM-DD} ends, with four to seven digits of the year. */
    private static int dateEnd(byte[] buffer, int offset, int end, String typeName) {
        int dash = offset + 4;
        while (dash < end && buffer[dash] != '-' && dash - offset < MAX_YEAR_DIGITS) {
            dash++;
        }
        int dateEnd = dash + 6;
        if (dateEnd > end || buffer[dash] != '-' || buffer[dash + 3] != '-') {
            throw new TextFormatException(typeName, "not a date in the form YYYY-MM-DD");
        }
        return dateEnd;
    }

    private static long epochDay(byte[] buffer, int offset, int dateEnd, boolean beforeChrist, String typeName) {
        int year = 0;
        for (int i = offset; i < dateEnd - 6; i++) {
            year = year * 10 + digit(buffer[i], typeName);
        }
        int month = twoDigits(buffer, dateEnd - 5, typeName);
        int day = twoDigits(buffer, dateEnd - 2, typeName);
        int astronomicalYear = beforeChrist ? 1 - year : year;
        if (year == 0
                || month < 1
                || month > 12
                || day < 1
                || day > ProlepticCalendar.lengthOfMonth(astronomicalYear, month)) {
            throw new TextFormatException(typeName, "a date that no calendar has");
        }
        return ProlepticCalendar.epochDay(astronomicalYear, month, day);
    }

    private static long timestamp(
            byte[] buffer,
            int offset,
            int dateEnd,
            int timeEnd,
            boolean beforeChrist,
            int offsetSeconds,
            String typeName) {
        long day = epochDay(buffer, offset, dateEnd, beforeChrist, typeName);
        long time = timeOfDay(buffer, dateEnd, timeEnd, typeName);
        // Both products are far from overflow: years have at most seven digits, offsets at most 16 hours.
        long seconds = day * 86_400 + time / MICROS_PER_SECOND - offsetSeconds;
        long micros;
        try {
            micros = Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), time % MICROS_PER_SECOND);
        } catch (ArithmeticException e) {
            throw outOfRange(typeName);
        }
        if (micros == POSITIVE_INFINITY || micros == NEGATIVE_INFINITY) {
            throw outOfRange(typeName);
        }
        return micros;
    }

    /** The time behind a date: here no day has a 24th hour. */
    private static long timeOfDay(byte[] buffer, int dateEnd, int timeEnd, String typeName) {
        if (dateEnd >= timeEnd || buffer[dateEnd] != ' ') {
            throw new TextFormatException(typeName, "no time after the date");
        }
        long time = time(buffer, dateEnd + 1, timeEnd, typeName);
        if (time == MICROS_PER_DAY) {
            throw new TextFormatException(typeName, "an hour of 24");
        }
        return time;
    }

    private static TextFormatException outOfRange(String typeName) {
        return new TextFormatException(typeName, "beyond the microseconds since 1970 that 64 bits can count");
    }

    /** Reads {@code HH:MM:SS} with up to six digits of a fraction, up to and including 24:00:00. */
    private static long time(byte[] buffer, int offset, int end, String typeName) {
        if (end - offset < TIME_LENGTH || buffer[offset + 2] != ':' || buffer[offset + 5] != ':') {
            throw new TextFormatException(typeName, "not a time in the form HH:MM:SS");
        }
        int hour = twoDigits(buffer, offset, typeName);
        int minute = twoDigits(buffer, offset + 3, typeName);
        int second = twoDigits(buffer, offset + 6, typeName);
        long micros = (hour * 3600L + minute * 60L + second) * MICROS_PER_SECOND
                + fraction(buffer, offset + TIME_LENGTH, end, typeName);
        if (minute > 59 || second > 59 || micros > MICROS_PER_DAY) {
            throw new TextFormatException(typeName, "a time that no day has");
        }
        return micros;
    }

    /** Reads nothing, or a point and one to six digits, as microseconds. */
    static int fraction(byte[] buffer, int offset, int end, String typeName) {
        if (offset == end) {
            return 0;
        }
        int digits = end - offset - 1;
        if (buffer[offset] != '.' || digits < 1 || digits > 6) {
            throw new TextFormatException(typeName, "not a fraction of one to six digits after the seconds");
        }
        int micros = 0;
        for (int i = 1; i <= 6; i++) {
            micros = micros * 10 + (i <= digits ? digit(buffer[offset + i], typeName) : 0);
        }
        return micros;
    }

    /** Where the sign of the offset from UTC is. */
    private static int offsetStart(byte[] buffer, int offset, int end, String typeName) {
        for (int i = offset; i < end; i++) {
            if (buffer[i] == '+' || buffer[i] == '-') {
                return i;
            }
        }
        throw new TextFormatException(typeName, "no offset from UTC");
    }

    /** Reads {@code +HH}, {@code +HH:MM} or {@code +HH:MM:SS}. */
    private static int offsetSeconds(byte[] buffer, int sign, int end, String typeName) {
        int length = end - sign;
        if (length != 3 && length != 6 && length != 9) {
            throw new TextFormatException(typeName, "not an offset in the form +HH:MM:SS");
        }
        int hours = twoDigits(buffer, sign + 1, typeName);
        int minutes = length > 3 ? twoDigits(buffer, sign + 4, typeName) : 0;
        int second = length > 6 ? twoDigits(buffer, sign + 7, typeName) : 0;
        if (hours > MAX_OFFSET_HOURS
                || minutes > 59
                || second > 59
                || (length > 3 && buffer[sign + 3] != ':')
                || (length > 6 && buffer[sign + 6] != ':')) {
            throw new TextFormatException(typeName, "not an offset in the form +HH:MM:SS");
        }
        int seconds = hours * 3600 + minutes * 60 + second;
        return buffer[sign] == '-' ? -seconds : seconds;
    }

    static int twoDigits(byte[] buffer, int offset, String typeName) {
        return digit(buffer[offset], typeName) * 10 + digit(buffer[offset + 1], typeName);
    }

    private static int digit(byte b, String typeName) {
        if (!Ascii.isDigit(b)) {
            throw new TextFormatException(typeName, "not a digit");
        }
        return b - '0';
    }
}
