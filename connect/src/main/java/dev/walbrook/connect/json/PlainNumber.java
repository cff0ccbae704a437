package dev.walbrook.connect.json;

import java.util.Arrays;

/** Numbers in texts that have been looked at already. */
final class PlainNumber {

    /** So many digits always fit a long; with one more, those that do not begin with a nine. */
    static final int LONG_DIGITS = 18;

    /** Eight bytes, and two digits of padding for the ninth. */
    private static final int LONG_BASE64 = 12;

    private static final byte[] DIGITS = digits();

    private PlainNumber() {}

    private static byte[] digits() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < digits.length(); i++) {
            values[digits.charAt(i)] = (byte) i;
        }
        return values;
    }

    /** The number of digits, perhaps behind a minus sign, that fit a long. */
    static long integer(byte[] text, int from, int to) {
        boolean negative = text[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            value = value * 10 + (text[i] - '0');
        }
        return negative ? -value : value;
    }

    /** Whether the byte is one of Base64's 64 digits. */
    static boolean isBase64(byte b) {
        return DIGITS[b & 0xFF] >= 0;
    }

    /** Whether what is said in Base64 is one to eight bytes. */
    static boolean isLong(byte[] text, int from, int to) {
        return to - from < LONG_BASE64 || (to - from == LONG_BASE64 && text[to - 1] == '=');
    }

    /** The signed number whose one to eight bytes are said in Base64, the highest first. */
    static long ofBase64(byte[] text, int from, int to) {
        int padding = text[to - 1] != '=' ? 0 : text[to - 2] != '=' ? 1 : 2;
        int digits = to - from - padding;
        int bits = digits * 6 / Byte.SIZE * Byte.SIZE;
        // Nine bytes' worth of digits do not fit a long, so that the last one goes in on its own.
        long value = 0;
        for (int i = from; i < from + digits - 1; i++) {
            value = value << 6 | DIGITS[text[i]];
        }
        int rest = digits * 6 - bits;
        value = value << (6 - rest) | DIGITS[text[from + digits - 1]] >> rest;
        int unused = Long.SIZE - bits;
        return value << unused >> unused;
    }
}
