package dev.walbrook.postgres.codec;

/**
 * The text format of {@code interval} in {@code IntervalStyle} postgres, such as {@code 1 year 2 mons -3 days
 * -04:05:06.789}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-INTERVAL-OUTPUT">Interval
 *     Output</a>
 */
public final class IntervalText {

    private static final String TYPE = "interval";

    private static final byte[] YEAR = Ascii.bytes(" year");
    private static final byte[] MONTH = Ascii.bytes(" mon");
    private static final byte[] DAY = Ascii.bytes(" day");

    private IntervalText() {}

    /** Reads an interval; {@code infinity} and {@code -infinity} as the constants of {@link Interval}. */
    public static Interval parse(byte[] buffer, int offset, int length) {
        if (Ascii.equals(buffer, offset, length, Ascii.INFINITY)) {
            return Interval.POSITIVE_INFINITY;
        }
        if (Ascii.equals(buffer, offset, length, Ascii.MINUS_INFINITY)) {
            return Interval.NEGATIVE_INFINITY;
        }
        int end = offset + length;
        long months = 0;
        int days = 0;
        long micros = 0;
        int stage = 0;
        int i = offset;
        if (length == 0) {
            throw malformed();
        }
        while (i < end) {
            int numberEnd = numberEnd(buffer, i, end);
            int left = end - numberEnd;
            int unitLength;
            // The parts come in this order, each at most once, and the time is the last.
            if (stage < 1 && Ascii.startsWith(buffer, numberEnd, left, YEAR)) {
                stage = 1;
                months = 12L * number(buffer, i, numberEnd);
                unitLength = YEAR.length;
            } else if (stage < 2 && Ascii.startsWith(buffer, numberEnd, left, MONTH)) {
                stage = 2;
                months += number(buffer, i, numberEnd);
                unitLength = MONTH.length;
            } else if (stage < 3 && Ascii.startsWith(buffer, numberEnd, left, DAY)) {
                stage = 3;
                days = number(buffer, i, numberEnd);
                unitLength = DAY.length;
            } else {
                micros = time(buffer, i, end);
                break;
            }
            i = numberEnd + unitLength;
            if (i < end && buffer[i] == 's') {
                i++;
            }
            if (i < end) {
                if (buffer[i] != ' ' || i + 1 == end) {
                    throw malformed();
                }
                i++;
            }
        }
        if (months != (int) months) {
            throw new TextFormatException(TYPE, "out of range");
        }
        return new Interval((int) months, days, micros);
    }

    private static int numberEnd(byte[] buffer, int offset, int end) {
        int i = offset;
        if (i < end && (buffer[i] == '-' || buffer[i] == '+')) {
            i++;
        }
        while (i < end && Ascii.isDigit(buffer[i])) {
            i++;
        }
        return i;
    }

    /** PostgreSQL prints a plus sign after a negative part. */
    private static int number(byte[] buffer, int offset, int end) {
        int start = offset < end && buffer[offset] == '+' ? offset + 1 : offset;
        if (start > offset && start < end && buffer[start] == '-') {
            throw malformed();
        }
        long value = integer(buffer, start, end);
        if (value != (int) value) {
            throw new TextFormatException(TYPE, "out of range");
        }
        return (int) value;
    }

    private static long integer(byte[] buffer, int offset, int end) {
        try {
            return NumberText.parseLong(buffer, offset, end - offset);
        } catch (TextFormatException e) {
            throw malformed();
        }
    }

    /** Reads {@code HH:MM:SS.ffffff} with a sign for the whole and two or more digits of hours. */
    private static long time(byte[] buffer, int offset, int end) {
        int hoursEnd = numberEnd(buffer, offset, end);
        boolean signed = offset < end && !Ascii.isDigit(buffer[offset]);
        boolean negative = signed && buffer[offset] == '-';
        int start = signed ? offset + 1 : offset;
        if (hoursEnd - start < 2
                || hoursEnd - start > 10
                || end - hoursEnd < 6
                || buffer[hoursEnd] != ':'
                || buffer[hoursEnd + 3] != ':') {
            throw malformed();
        }
        long hours = integer(buffer, start, hoursEnd);
        int minutes = TemporalText.twoDigits(buffer, hoursEnd + 1, TYPE);
        int seconds = TemporalText.twoDigits(buffer, hoursEnd + 4, TYPE);
        int fraction = TemporalText.fraction(buffer, hoursEnd + 6, end, TYPE);
        if (minutes > 59 || seconds > 59) {
            throw malformed();
        }
        long wholeSeconds = hours * 3600 + minutes * 60L + seconds;
        try {
            // Signed before it is multiplied, because the smallest interval has no positive counterpart.
            long micros = Math.multiplyExact(negative ? -wholeSeconds : wholeSeconds, 1_000_000L);
            return Math.addExact(micros, negative ? -fraction : fraction);
        } catch (ArithmeticException e) {
            throw new TextFormatException(TYPE, "out of range");
        }
    }

    private static TextFormatException malformed() {
        return new TextFormatException(TYPE, "not an interval in the style postgres");
    }
}
