package dev.walbrook.postgres.codec;

import java.math.BigDecimal;

/** The text format of {@code int2}, {@code int4}, {@code int8}, {@code oid}, {@code numeric}, floats and {@code money}. */
public final class NumberText {

    private static final byte[] NAN = Ascii.bytes("NaN");
    private static final byte[] INFINITY = Ascii.bytes("Infinity");
    private static final byte[] MINUS_INFINITY = Ascii.bytes("-Infinity");

    /** As many decimal digits always fit a {@code long}. */
    private static final int SAFE_LONG_DIGITS = 18;

    /** Doubles hold integers up to 2^53 exactly, and powers of ten up to 10^22: one operation then rounds correctly. */
    private static final long EXACT_DOUBLE = 1L << 53;

    private static final double[] DOUBLE_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** The same for floats: integers up to 2^24, powers of ten up to 10^10. */
    private static final long EXACT_FLOAT = 1L << 24;

    private static final float[] FLOAT_POWERS = {1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f};

    private NumberText() {}

    /** Reads {@code int8}, or {@code oid}. */
    public static long parseLong(byte[] buffer, int offset, int length) {
        return integer(buffer, offset, length, "int8");
    }

    public static int parseInt(byte[] buffer, int offset, int length) {
        long value = integer(buffer, offset, length, "int4");
        if (value != (int) value) {
            throw new TextFormatException("int4", "out of range");
        }
        return (int) value;
    }

    public static short parseShort(byte[] buffer, int offset, int length) {
        long value = integer(buffer, offset, length, "int2");
        if (value != (short) value) {
            throw new TextFormatException("int2", "out of range");
        }
        return (short) value;
    }

    private static long integer(byte[] buffer, int offset, int length, String typeName) {
        int end = offset + length;
        boolean negative = length > 0 && buffer[offset] == '-';
        int start = negative ? offset + 1 : offset;
        if (start == end) {
            throw new TextFormatException(typeName, "no digits");
        }
        // Counted downwards, because the smallest number has no positive counterpart.
        long value = 0;
        boolean canOverflow = end - start > SAFE_LONG_DIGITS;
        for (int i = start; i < end; i++) {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new TextFormatException(typeName, "not a digit");
            }
            if (canOverflow && value < (Long.MIN_VALUE + digit) / 10) {
                throw new TextFormatException(typeName, "out of range");
            }
            value = value * 10 - digit;
        }
        if (negative) {
            return value;
        }
        if (value == Long.MIN_VALUE) {
            throw new TextFormatException(typeName, "out of range");
        }
        return -value;
    }

    /** Whether a {@code numeric}, {@code float4} or {@code float8} is NaN, Infinity or -Infinity. */
    public static boolean isSpecial(byte[] buffer, int offset, int length) {
        if (length == 0 || Ascii.isDigit(buffer[offset + length - 1])) {
            return false;
        }
        return Ascii.equals(buffer, offset, length, NAN)
                || Ascii.equals(buffer, offset, length, INFINITY)
                || Ascii.equals(buffer, offset, length, MINUS_INFINITY);
    }

    /**
     * Reads {@code numeric} with exactly the scale it is printed with.
     *
     * @throws TextFormatException also for NaN and the infinities, which a {@link BigDecimal} cannot hold; ask
     *     {@link #isSpecial} first
     */
    public static BigDecimal parseNumeric(byte[] buffer, int offset, int length) {
        return decimal(buffer, offset, length, "numeric");
    }

    private static BigDecimal decimal(byte[] buffer, int offset, int length, String typeName) {
        int end = offset + length;
        boolean negative = length > 0 && buffer[offset] == '-';
        int start = negative ? offset + 1 : offset;
        long unscaled = 0;
        int point = -1;
        for (int i = start; i < end; i++) {
            byte b = buffer[i];
            if (Ascii.isDigit(b)) {
                // Meaningless after an overflow, and then not used.
                unscaled = unscaled * 10 + (b - '0');
            } else if (b == '.' && point < 0 && i > start) {
                point = i;
            } else {
                throw new TextFormatException(typeName, "neither a digit nor the only decimal point");
            }
        }
        if (start == end || point == end - 1) {
            throw new TextFormatException(typeName, "no digits where some must be");
        }
        int scale = point < 0 ? 0 : end - point - 1;
        int digits = end - start - (point < 0 ? 0 : 1);
        if (digits <= SAFE_LONG_DIGITS) {
            return BigDecimal.valueOf(negative ? -unscaled : unscaled, scale);
        }
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = (char) buffer[offset + i];
        }
        return new BigDecimal(chars);
    }

    /** Reads {@code float8}; NaN, Infinity and -Infinity included. */
    public static double parseDouble(byte[] buffer, int offset, int length) {
        long unscaled = shortDecimal(buffer, offset, length);
        if (unscaled >= 0 && unscaled <= EXACT_DOUBLE) {
            // A scale of at most 17 digits: the power is exact.
            double value = unscaled / DOUBLE_POWERS[scale(buffer, offset, length)];
            return buffer[offset] == '-' ? -value : value;
        }
        if (isSpecial(buffer, offset, length)) {
            return special(buffer[offset]);
        }
        requireFloat(buffer, offset, length, "float8");
        double value = Double.parseDouble(Ascii.string(buffer, offset, length));
        if (Double.isInfinite(value)) {
            throw new TextFormatException("float8", "out of range");
        }
        return value;
    }

    /** Reads {@code float4}; NaN, Infinity and -Infinity included. */
    public static float parseFloat(byte[] buffer, int offset, int length) {
        long unscaled = shortDecimal(buffer, offset, length);
        if (unscaled >= 0 && unscaled <= EXACT_FLOAT) {
            int scale = scale(buffer, offset, length);
            if (scale < FLOAT_POWERS.length) {
                float value = unscaled / FLOAT_POWERS[scale];
                return buffer[offset] == '-' ? -value : value;
            }
        }
        if (isSpecial(buffer, offset, length)) {
            return (float) special(buffer[offset]);
        }
        requireFloat(buffer, offset, length, "float4");
        float value = Float.parseFloat(Ascii.string(buffer, offset, length));
        if (Float.isInfinite(value)) {
            throw new TextFormatException("float4", "out of range");
        }
        return value;
    }

    private static double special(byte first) {
        return switch (first) {
            case 'N' -> Double.NaN;
            case 'I' -> Double.POSITIVE_INFINITY;
            default -> Double.NEGATIVE_INFINITY;
        };
    }

    /**
     * The digits of a decimal number without exponent, its point left out; -1 if it has another form or so many digits
     * that they may not fit a {@code long}.
     */
    private static long shortDecimal(byte[] buffer, int offset, int length) {
        if (length == 0 || length > SAFE_LONG_DIGITS) {
            return -1;
        }
        int end = offset + length;
        int start = buffer[offset] == '-' ? offset + 1 : offset;
        long unscaled = 0;
        boolean point = false;
        for (int i = start; i < end; i++) {
            byte b = buffer[i];
            if (Ascii.isDigit(b)) {
                unscaled = unscaled * 10 + (b - '0');
            } else if (b == '.' && !point && i > start) {
                point = true;
            } else {
                return -1;
            }
        }
        return start < end && buffer[end - 1] != '.' ? unscaled : -1;
    }

    /** The number of digits after the point; 0 without one. */
    private static int scale(byte[] buffer, int offset, int length) {
        for (int i = offset + length - 1; i > offset; i--) {
            if (buffer[i] == '.') {
                return offset + length - 1 - i;
            }
        }
        return 0;
    }

    /** The JDK's parsers accept more than PostgreSQL prints: blanks, hexadecimal, a {@code d} at the end. */
    private static void requireFloat(byte[] buffer, int offset, int length, String typeName) {
        int end = offset + length;
        int i = skip(buffer, offset, end, '-');
        int wholeEnd = skipDigits(buffer, i, end);
        boolean valid = wholeEnd > i;
        i = wholeEnd;
        if (i < end && buffer[i] == '.') {
            int fractionEnd = skipDigits(buffer, i + 1, end);
            valid &= fractionEnd > i + 1;
            i = fractionEnd;
        }
        if (i < end && buffer[i] == 'e') {
            int sign = i + 1;
            int exponent = sign < end && (buffer[sign] == '+' || buffer[sign] == '-') ? sign + 1 : sign;
            int exponentEnd = skipDigits(buffer, exponent, end);
            valid &= exponentEnd > exponent;
            i = exponentEnd;
        }
        if (!valid || i != end) {
            throw new TextFormatException(typeName, "not a floating-point number");
        }
    }

    private static int skip(byte[] buffer, int from, int end, char what) {
        return from < end && buffer[from] == what ? from + 1 : from;
    }

    private static int skipDigits(byte[] buffer, int from, int end) {
        int i = from;
        while (i < end && Ascii.isDigit(buffer[i])) {
            i++;
        }
        return i;
    }

    /**
     * Reads {@code money} as {@code lc_monetary} C prints it: {@code $1,234.50}, {@code -$1.00}; also {@code ($1.00)}.
     *
     * @return the amount with the scale it is printed with
     */
    public static BigDecimal parseMoney(byte[] buffer, int offset, int length) {
        int start = offset;
        int end = offset + length;
        boolean parentheses = length >= 2 && buffer[start] == '(' && buffer[end - 1] == ')';
        if (parentheses) {
            start++;
            end--;
        }
        boolean minus = !parentheses && start < end && buffer[start] == '-';
        start = skip(buffer, minus ? start + 1 : start, end, '$');

        byte[] plain = new byte[end - start + 1];
        int size = 0;
        if (parentheses || minus) {
            plain[size++] = '-';
        }
        int whole = start;
        while (whole < end && buffer[whole] != '.') {
            whole++;
        }
        for (int i = start; i < end; i++) {
            // Counted from the point, separators take every fourth place.
            boolean separator = buffer[i] == ',';
            if (separator != (i > start && i < whole && (whole - i) % 4 == 0) || buffer[i] == '-') {
                throw new TextFormatException("money", "not digits with separators between thousands");
            }
            if (!separator) {
                plain[size++] = buffer[i];
            }
        }
        return decimal(plain, 0, size, "money");
    }
}
