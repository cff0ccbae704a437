package dev.walbrook.postgres.codec;

import java.nio.charset.StandardCharsets;

/** Questions that several readers ask of bytes. */
final class Ascii {

    static final byte[] INFINITY = bytes("infinity");
    static final byte[] MINUS_INFINITY = bytes("-infinity");

    private Ascii() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Whether exactly these bytes are {@code expected}. */
    static boolean equals(byte[] buffer, int offset, int length, byte[] expected) {
        return length == expected.length && startsWith(buffer, offset, length, expected);
    }

    static boolean startsWith(byte[] buffer, int offset, int length, byte[] expected) {
        if (length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (buffer[offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** The value of a hexadecimal digit of either case; -1 for any other byte. */
    static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        if (b >= 'a' && b <= 'f') {
            return b - 'a' + 10;
        }
        return b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
    }

    /** The text, for parsers of the JDK; only for bytes already known to be ASCII. */
    static String string(byte[] buffer, int offset, int length) {
        return new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
    }
}
