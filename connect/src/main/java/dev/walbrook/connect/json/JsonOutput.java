package dev.walbrook.connect.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.connect.errors.DataException;

/**
 * JSON text in UTF-8, in a buffer that grows and is used again for the next record.
 *
 * <p>What a string looks like is what Jackson makes of it with its defaults, because that is what stands in topics already:
 * only quote, backslash and the control characters below a blank are escaped, hexadecimal digits are capitals, and a
 * character outside the basic plane is two escapes, as is a surrogate without its partner.
 *
 * <p>Not thread-safe.
 */
final class JsonOutput {

    /** As deep as Jackson writes. */
    static final int MAX_DEPTH = 1000;

    private static final int INITIAL_SIZE = 1024;

    /** A buffer that one huge record made larger than this is not kept for the next. */
    private static final int RETAINED_SIZE = 1 << 20;

    /** Arrays of some virtual machines cannot be larger. */
    private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

    /** Characters of a string with escapes are written in pieces, so that the room asked for stays near what is needed. */
    private static final int PIECE = 2048;

    /** {@code \\uXXXX} */
    private static final int LONGEST_ESCAPE = 6;

    private static final int LONGEST_LONG = 20;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOWEST_LONG = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

    /** The tens and the ones of 0 to 99. */
    private static final byte[] TENS = new byte[100];

    private static final byte[] ONES = new byte[100];

    /** What an ASCII character becomes: 0 itself, {@code u} four hexadecimal digits, else the letter after a backslash. */
    private static final byte[] ESCAPES = new byte[0x80];

    static {
        for (int i = 0; i < 100; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            ONES[i] = (byte) ('0' + i % 10);
        }
        Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
        ESCAPES['\b'] = 'b';
        ESCAPES['\t'] = 't';
        ESCAPES['\n'] = 'n';
        ESCAPES['\f'] = 'f';
        ESCAPES['\r'] = 'r';
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
    }

    private byte[] bytes = new byte[INITIAL_SIZE];
    private int length;
    private int depth;
    private int deepest;

    /** Forgets what was written. */
    void clear() {
        if (bytes.length > RETAINED_SIZE) {
            bytes = new byte[INITIAL_SIZE];
        }
        length = 0;
        depth = 0;
        deepest = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Writes a brace or bracket that opens an object or array. */
    void open(char bracket) {
        reach(++depth);
        ascii(bracket);
    }

    /** Writes text that opens an object. */
    void openWith(byte[] text) {
        reach(++depth);
        raw(text);
    }

    /** Writes the brace or bracket that closes what was opened last. */
    void close(char bracket) {
        depth--;
        ascii(bracket);
    }

    /** A character of one byte, as it is. */
    void ascii(char c) {
        if (length == bytes.length) {
            makeRoom(1);
        }
        bytes[length++] = (byte) c;
    }

    /** Text in UTF-8, as it is. */
    void raw(byte[] text) {
        makeRoom(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    /** A whole JSON value, as it is. */
    void value(JsonText value) {
        reach(depth + value.nesting());
        raw(value.json());
    }

    /** Like {@link #value}, but for the last byte, so that an object's members can go on. */
    void valueWithoutEnd(JsonText value) {
        value(value);
        length--;
    }

    /** What was written, if it is one whole value. */
    JsonText toText() {
        return new JsonText(toBytes(), deepest);
    }

    private void reach(int level) {
        if (level > MAX_DEPTH) {
            throw tooDeep();
        }
        if (level > deepest) {
            deepest = level;
        }
    }

    void nul() {
        raw(NULL);
    }

    void bool(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    void number(int value) {
        number((long) value);
    }

    void number(long value) {
        makeRoom(LONGEST_LONG);
        long rest = value;
        if (rest < 0) {
            if (rest == Long.MIN_VALUE) {
                raw(LOWEST_LONG);
                return;
            }
            bytes[length++] = '-';
            rest = -rest;
        }
        int end = length + digits(rest);
        length = end;
        while (rest > Integer.MAX_VALUE) {
            int pair = (int) (rest % 100);
            rest /= 100;
            bytes[--end] = ONES[pair];
            bytes[--end] = TENS[pair];
        }
        int small = (int) rest;
        while (small >= 10) {
            int pair = small % 100;
            small /= 100;
            bytes[--end] = ONES[pair];
            bytes[--end] = TENS[pair];
            if (small == 0) {
                return;
            }
        }
        bytes[--end] = (byte) ('0' + small);
    }

    /** How many decimal digits a number that is not negative has. */
    private static int digits(long value) {
        int digits = 1;
        for (long limit = 10; digits < 19 && value >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }

    /** As {@link Float#toString(float)} writes it, as a string if it is not finite. */
    void number(float value) {
        if (Float.isFinite(value)) {
            ascii(Float.toString(value));
        } else {
            string(Float.toString(value));
        }
    }

    /** As {@link Double#toString(double)} writes it, as a string if it is not finite. */
    void number(double value) {
        long integer = (long) value;
        if (integer > -10_000_000
                && integer < 10_000_000
                && Double.doubleToRawLongBits((double) integer) == Double.doubleToRawLongBits(value)) {
            // Without fraction, and too small for an exponent: two digits need no shortest representation.
            number(integer);
            ascii('.');
            ascii('0');
        } else if (Double.isFinite(value)) {
            ascii(Double.toString(value));
        } else {
            string(Double.toString(value));
        }
    }

    /** Text that holds ASCII characters alone and needs no quotes: a number. */
    @SuppressWarnings(
            "deprecation") // The method is deprecated for dropping the upper halves of characters; these have none.
    void ascii(String text) {
        makeRoom(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    /** A string in quotes. */
    void string(String text) {
        int count = text.length();
        makeRoom(count + 2);
        byte[] target = bytes;
        int position = length;
        target[position++] = '"';
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || ESCAPES[c] != 0) {
                length = position;
                escaped(text, i);
                ascii('"');
                return;
            }
            target[position++] = (byte) c;
        }
        target[position++] = '"';
        length = position;
    }

    private void escaped(String text, int from) {
        int count = text.length();
        int start = from;
        while (start < count) {
            int end = Math.min(count, start + PIECE);
            makeRoom((end - start) * LONGEST_ESCAPE);
            length = escaped(text, start, end, bytes, length);
            start = end;
        }
    }

    private static int escaped(String text, int start, int end, byte[] target, int from) {
        int position = from;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                byte escape = ESCAPES[c];
                if (escape == 0) {
                    target[position++] = (byte) c;
                } else if (escape == 'u') {
                    position = hexadecimal(c, target, position);
                } else {
                    target[position++] = '\\';
                    target[position++] = escape;
                }
            } else if (c < 0x800) {
                target[position++] = (byte) (0xC0 | c >> 6);
                target[position++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isSurrogate(c)) {
                position = hexadecimal(c, target, position);
            } else {
                target[position++] = (byte) (0xE0 | c >> 12);
                target[position++] = (byte) (0x80 | c >> 6 & 0x3F);
                target[position++] = (byte) (0x80 | c & 0x3F);
            }
        }
        return position;
    }

    private static int hexadecimal(char c, byte[] target, int from) {
        target[from] = '\\';
        target[from + 1] = 'u';
        target[from + 2] = HEX[c >> 12];
        target[from + 3] = HEX[c >> 8 & 0xF];
        target[from + 4] = HEX[c >> 4 & 0xF];
        target[from + 5] = HEX[c & 0xF];
        return from + LONGEST_ESCAPE;
    }

    /** Bytes as a string in Base64, padded, in one line. */
    void base64(byte[] value) {
        long size = (value.length + 2L) / 3 * 4 + 2;
        if (size > MAX_SIZE) {
            throw tooLarge();
        }
        makeRoom((int) size);
        byte[] target = bytes;
        int position = length;
        target[position++] = '"';
        int whole = value.length / 3 * 3;
        for (int i = 0; i < whole; i += 3) {
            int bits = (value[i] & 0xFF) << 16 | (value[i + 1] & 0xFF) << 8 | value[i + 2] & 0xFF;
            target[position++] = BASE64[bits >> 18];
            target[position++] = BASE64[bits >> 12 & 0x3F];
            target[position++] = BASE64[bits >> 6 & 0x3F];
            target[position++] = BASE64[bits & 0x3F];
        }
        int rest = value.length - whole;
        if (rest > 0) {
            int bits = (value[whole] & 0xFF) << 16 | (rest == 2 ? (value[whole + 1] & 0xFF) << 8 : 0);
            target[position++] = BASE64[bits >> 18];
            target[position++] = BASE64[bits >> 12 & 0x3F];
            target[position++] = rest == 2 ? BASE64[bits >> 6 & 0x3F] : (byte) '=';
            target[position++] = '=';
        }
        target[position++] = '"';
        length = position;
    }

    /** The bytes of a number in two's complement, as few as it takes, highest first, as a string in Base64. */
    void base64(long value) {
        int size = Long.SIZE / Byte.SIZE - (Long.numberOfLeadingZeros(value ^ value >> 63) - 1) / Byte.SIZE;
        makeRoom(2 + (size + 2) / 3 * 4);
        byte[] target = bytes;
        int position = length;
        target[position++] = '"';
        int shift = size * Byte.SIZE;
        while (shift > 0) {
            // Below the number's last byte there are zeros, of which padding takes the place.
            int bits = (int) (shift >= 24 ? value >> shift - 24 : value << 24 - shift) & 0xFFFFFF;
            target[position++] = BASE64[bits >> 18];
            target[position++] = BASE64[bits >> 12 & 0x3F];
            target[position++] = shift > 8 ? BASE64[bits >> 6 & 0x3F] : (byte) '=';
            target[position++] = shift > 16 ? BASE64[bits & 0x3F] : (byte) '=';
            shift -= 24;
        }
        target[position++] = '"';
        length = position;
    }

    private void makeRoom(int more) {
        if (bytes.length - length < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) length + more;
        if (needed > MAX_SIZE) {
            throw tooLarge();
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_SIZE, Math.max(needed, 2L * bytes.length)));
    }

    private static DataException tooLarge() {
        return new DataException("The record's JSON would be larger than an array of bytes can be. "
                + "Leave its largest values out with a transform.");
    }

    private static DataException tooDeep() {
        return new DataException("The record is nested more than " + MAX_DEPTH + " objects and arrays deep. "
                + "Flatten it with a transform.");
    }
}
