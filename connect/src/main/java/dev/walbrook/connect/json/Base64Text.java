package dev.walbrook.connect.json;

import java.util.Arrays;

/**
 * Decodes Base64 as Jackson does: blanks and control characters may stand between groups of four but not inside of one, the
 * last group must be padded, and more groups may follow it.
 */
final class Base64Text {

    private static final int PADDING = -2;

    /** One and the same for all empty texts: as keys of a map, arrays are equal to themselves alone. */
    private static final byte[] NOTHING = {};

    private Base64Text() {}

    /**
     * The bytes of a text.
     *
     * @throws IllegalArgumentException if it is no Base64
     */
    static byte[] decode(String text) {
        int length = text.length();
        byte[] bytes = new byte[length / 4 * 3];
        int size = 0;
        int position = 0;
        while (true) {
            while (position < length && text.charAt(position) <= ' ') {
                position++;
            }
            if (position == length) {
                if (size == 0) {
                    return NOTHING;
                }
                return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
            }
            if (length - position < 4) {
                throw new IllegalArgumentException("The last group of four characters is incomplete");
            }
            int third = digit(text.charAt(position + 2));
            int fourth = digit(text.charAt(position + 3));
            int bits = required(text.charAt(position)) << 18 | required(text.charAt(position + 1)) << 12;
            bytes[size++] = (byte) (bits >> 16);
            if (third == PADDING) {
                if (fourth != PADDING) {
                    throw invalid();
                }
            } else {
                bits |= required(text.charAt(position + 2)) << 6;
                bytes[size++] = (byte) (bits >> 8);
                if (fourth != PADDING) {
                    bits |= required(text.charAt(position + 3));
                    bytes[size++] = (byte) bits;
                }
            }
            position += 4;
        }
    }

    private static int required(char c) {
        int digit = digit(c);
        if (digit < 0) {
            throw invalid();
        }
        return digit;
    }

    private static int digit(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : c == '=' ? PADDING : -1;
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("A character is no digit of Base64");
    }
}
