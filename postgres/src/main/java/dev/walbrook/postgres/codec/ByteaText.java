package dev.walbrook.postgres.codec;

import java.util.Arrays;

/**
 * The text format of {@code bytea}: hexadecimal, and the older format with escapes.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-binary.html">Binary Data Types</a>
 */
public final class ByteaText {

    private static final String TYPE = "bytea";
    private static final byte[] HEX_DIGITS = Ascii.bytes("0123456789abcdef");

    private ByteaText() {}

    /** Reads either format; they are told apart by the {@code \x} that only the hexadecimal one can start with. */
    public static byte[] parse(byte[] buffer, int offset, int length) {
        if (length >= 2 && buffer[offset] == '\\' && buffer[offset + 1] == 'x') {
            return hex(buffer, offset + 2, length - 2);
        }
        return escaped(buffer, offset, length);
    }

    private static byte[] hex(byte[] buffer, int offset, int length) {
        if ((length & 1) != 0) {
            throw new TextFormatException(TYPE, "an odd number of hexadecimal digits");
        }
        byte[] bytes = new byte[length / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = Ascii.hexDigit(buffer[offset + 2 * i]);
            int low = Ascii.hexDigit(buffer[offset + 2 * i + 1]);
            if ((high | low) < 0) {
                throw new TextFormatException(TYPE, "not a hexadecimal digit");
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    private static byte[] escaped(byte[] buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        int size = 0;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (buffer[i] != '\\') {
                bytes[size++] = buffer[i];
            } else if (i + 1 < end && buffer[i + 1] == '\\') {
                bytes[size++] = '\\';
                i++;
            } else {
                bytes[size++] = octal(buffer, i + 1, end);
                i += 3;
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    private static byte octal(byte[] buffer, int offset, int end) {
        int value = 0;
        for (int i = offset; i < offset + 3; i++) {
            if (i >= end || buffer[i] < '0' || buffer[i] > (i == offset ? '3' : '7')) {
                throw new TextFormatException(TYPE, "neither a backslash nor three octal digits after a backslash");
            }
            value = value << 3 | buffer[i] - '0';
        }
        return (byte) value;
    }

    /** Writes the hexadecimal format. */
    public static String format(byte[] bytes) {
        byte[] text = new byte[2 + 2 * bytes.length];
        text[0] = '\\';
        text[1] = 'x';
        for (int i = 0; i < bytes.length; i++) {
            text[2 + 2 * i] = HEX_DIGITS[bytes[i] >> 4 & 0xF];
            text[3 + 2 * i] = HEX_DIGITS[bytes[i] & 0xF];
        }
        return Ascii.string(text, 0, text.length);
    }
}
