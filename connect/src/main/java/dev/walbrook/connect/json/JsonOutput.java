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

    /** From this length on it is worth the garbage to have a string encoded as a whole: the JDK does it many bytes at a time. */
    private static final int LONG_STRING = 32;

    /** {@code \\uXXXX} */
    private static final int LONGEST_ESCAPE = 6;

    private static final int LONGEST_LONG = 20;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    private static final Snippet NULL = Snippet.of("null");
    private static final Snippet TRUE = Snippet.of("true");
    private static final Snippet FALSE = Snippet.of("false");
    private static final byte[] LOWEST_LONG = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

    private static final int EIGHT_DIGITS = 100_000_000;

    /** The powers of ten. */
    private static final long[] POWERS = new long[19];

    /** The tens and the ones of 0 to 99. */
    private static final byte[] TENS = new byte[100];

    private static final byte[] ONES = new byte[100];

    /** What an ASCII character becomes: 0 itself, {@code u} four hexadecimal digits, else the letter after a backslash. */
    private static final byte[] ESCAPES = new byte[0x80];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
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

    /** How many bytes have been written. */
    int length() {
        return length;
    }

    /**
     * Forgets what was written but for the beginning, which is in an object.
     *
     * @return false if all was forgotten, because the buffer has become too large to keep
     */
    boolean backTo(int kept) {
        if (bytes.length > RETAINED_SIZE) {
            clear();
            return false;
        }
        length = kept;
        depth = 1;
        return true;
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

    /** Text in UTF-8, as it is. */
    void raw(byte[] text, int offset, int count) {
        makeRoom(count);
        System.arraycopy(text, offset, bytes, length, count);
        length += count;
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

    /** A text, as it is. */
    void snippet(Snippet text) {
        makeRoom(text.room());
        length = text.write(bytes, length);
    }

    void nul() {
        snippet(NULL);
    }

    void bool(boolean value) {
        snippet(value ? TRUE : FALSE);
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
        byte[] target = bytes;
        while (rest >= EIGHT_DIGITS) {
            long higher = rest / EIGHT_DIGITS;
            int eight = (int) (rest - higher * EIGHT_DIGITS);
            rest = higher;
            end -= 8;
            int four = eight / 10_000;
            pair(target, end, four / 100);
            pair(target, end + 2, four % 100);
            four = eight % 10_000;
            pair(target, end + 4, four / 100);
            pair(target, end + 6, four % 100);
        }
        int small = (int) rest;
        while (small >= 10) {
            end -= 2;
            pair(target, end, small % 100);
            small /= 100;
            if (small == 0) {
                return;
            }
        }
        target[end - 1] = (byte) ('0' + small);
    }

    private static void pair(byte[] target, int position, int twoDigits) {
        target[position] = TENS[twoDigits];
        target[position + 1] = ONES[twoDigits];
    }

    /** How many decimal digits a number that is not negative has. */
    private static int digits(long value) {
        // 1233 / 4096 is a little more than the logarithm of 2 to the base 10.
        int digits = (Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233 >> 12;
        return value < POWERS[digits] ? Math.max(digits, 1) : digits + 1;
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
        if (count >= LONG_STRING) {
            longString(text);
            return;
        }
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

    /** A string that is there in UTF-8, in quotes. */
    void string(byte[] utf8, int offset, int count) {
        int start = length;
        int end = offset + count;
        makeRoom(count + 2);
        bytes[length++] = '"';
        int copied = offset;
        int i = offset + WordScan.plain(utf8, offset, end);
        while (i < end) {
            byte b = utf8[i];
            if (b >= 0 && ESCAPES[b] == 0) {
                i++;
                continue;
            }
            int size = b >= 0 ? 1 : Utf8.sequence(utf8, i, end);
            if (size == 2 || size == 3) {
                i += size;
                continue;
            }
            if (size == 0) {
                // Bytes of another encoding become what they become in a string.
                length = start;
                string(new String(utf8, offset, count, StandardCharsets.UTF_8));
                return;
            }
            makeRoom(end - copied + 2 * LONGEST_ESCAPE + 1);
            System.arraycopy(utf8, copied, bytes, length, i - copied);
            length += i - copied;
            length = size == 1 ? escaped((char) b, bytes, length) : surrogates(utf8, i, bytes, length);
            i += size;
            copied = i;
            i += WordScan.plain(utf8, i, end);
        }
        System.arraycopy(utf8, copied, bytes, length, end - copied);
        length += end - copied;
        ascii('"');
    }

    /** A character outside the basic plane, which has four bytes, as two escapes. */
    private static int surrogates(byte[] utf8, int at, byte[] target, int position) {
        int point = (utf8[at] & 0x07) << 18
                | (utf8[at + 1] & 0x3F) << 12
                | (utf8[at + 2] & 0x3F) << 6
                | utf8[at + 3] & 0x3F;
        int behindFirst = hexadecimal(Character.highSurrogate(point), target, position);
        return hexadecimal(Character.lowSurrogate(point), target, behindFirst);
    }

    private void longString(String text) {
        int count = text.length();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        makeRoom(Math.addExact(count, 2));
        bytes[length++] = '"';
        if (encoded.length == count) {
            // ASCII, but for surrogates without partner, which have become question marks.
            int clean = WordScan.copyPlain(encoded, bytes, length);
            length += clean;
            escaped(text, encoded, clean);
        } else {
            escaped(text, 0);
        }
        ascii('"');
    }

    /** Writes the rest of a text of which the encoded form has a byte for each character. */
    private void escaped(String text, byte[] encoded, int from) {
        int count = encoded.length;
        int start = from;
        while (start < count) {
            int end = Math.min(count, start + PIECE);
            makeRoom((end - start) * LONGEST_ESCAPE);
            byte[] target = bytes;
            int position = length;
            for (int i = start; i < end; i++) {
                byte c = encoded[i];
                if (c == '"' || c == '\\') {
                    target[position++] = '\\';
                    target[position++] = c;
                } else if (c >= ' ' && c != '?') {
                    target[position++] = c;
                } else {
                    position = escaped(text, i, i + 1, target, position);
                }
            }
            length = position;
            start = end;
        }
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
                if (ESCAPES[c] == 0) {
                    target[position++] = (byte) c;
                } else {
                    position = escaped(c, target, position);
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

    /** An ASCII character that cannot stand for itself. */
    private static int escaped(char c, byte[] target, int position) {
        byte escape = ESCAPES[c];
        if (escape == 'u') {
            return hexadecimal(c, target, position);
        }
        target[position] = '\\';
        target[position + 1] = escape;
        return position + 2;
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
