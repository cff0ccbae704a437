package dev.walbrook.connect.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * What JSON text in UTF-8 is made of: strings, names, numbers, words, and the characters between. It takes and refuses what
 * Jackson does as Kafka's converter uses it: strict JSON, except that numbers may begin with zeros, and that characters may
 * take more bytes than UTF-8 allows.
 *
 * <p>Not thread-safe. A failure leaves the position somewhere.
 */
final class JsonTokens {

    /** Jackson's limits, which keep a record from exhausting stack, memory or patience. */
    private static final int MAX_DEPTH = 1000;

    private static final int MAX_NUMBER_LENGTH = 1000;

    /** In characters. */
    static final int MAX_STRING_LENGTH = 20_000_000;

    private static final int MAX_NAME_LENGTH = 50_000;

    /** A power of two. */
    private static final int NAMES = 512;

    private static final int MAX_KNOWN_NAME = 64;

    private static final byte[] NOTHING = {};

    private static final BigInteger LOWEST_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger HIGHEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private byte[] text = NOTHING;
    private int position;
    private int end;
    private char[] chars = new char[64];
    private final @Nullable Name[] names = new @Nullable Name[NAMES];

    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record Name(byte[] bytes, String name) {}

    /** Whether the text was given in UTF-8; for other encodings Jackson has another parser, which minds less. */
    private boolean strict;

    /** Begins with another text. */
    void start(byte[] json) {
        text = Utf8.of(json);
        strict = text == json;
        end = text.length;
        position = Utf8.markLength(text);
    }

    /** Lets go of the text. */
    void finish() {
        text = NOTHING;
        if (chars.length > 1 << 16) {
            chars = new char[64];
        }
    }

    /** The text in UTF-8; what was given to begin with, if that is UTF-8. */
    byte[] text() {
        return text;
    }

    /** Where in the text the parser stands. */
    int position() {
        return position;
    }

    /** Goes on from another place. */
    void position(int place) {
        position = place;
    }

    /** Whether the text was given in UTF-8. */
    boolean isUtf8() {
        return strict;
    }

    /** Passes blanks; whether anything comes after them. */
    boolean skipToFirst() {
        while (position < end && isBlank(text[position])) {
            position++;
        }
        return position < end;
    }

    /**
     * Looks whether a number or word that is all the text has ends here. What follows it does not count, but for the
     * character that may belong to it.
     */
    void requireEnd(boolean number) {
        if (!number) {
            requireWordEnd();
        } else if (position < end && !isBlank(text[position])) {
            throw failure("a number is not followed by a blank");
        }
    }

    private void requireWordEnd() {
        if (position < end) {
            int next = text[position] & 0xFF;
            if (next >= '0' && next != ']' && next != '}' && isPartOfWord(next)) {
                throw failure("there is no such word");
            }
        }
    }

    private boolean isPartOfWord(int first) {
        if (first < 0x80) {
            return Character.isJavaIdentifierPart(first);
        }
        if (strict) {
            return true;
        }
        position++;
        int c = multiByte(first);
        // Jackson looks at one char, and no half of a pair is part of a word.
        return c < 0x10000 && Character.isJavaIdentifierPart(c);
    }

    /** The string, number or word that begins here, a word as what it means. */
    Object scalar() {
        switch (text[position]) {
            case '"' -> {
                position++;
                return string();
            }
            case 't' -> {
                word("true");
                return true;
            }
            case 'f' -> {
                word("false");
                return false;
            }
            case 'n' -> {
                word("null");
                return JsonNull.NULL;
            }
            default -> {
                return number();
            }
        }
    }

    /** Passes exactly these bytes, if they stand here. */
    boolean skip(byte[] expected) {
        int after = position + expected.length;
        if (after > end || !Arrays.equals(text, position, after, expected, 0, expected.length)) {
            return false;
        }
        position = after;
        return true;
    }

    /** Passes one byte, which is here or after blanks, if it is this one. */
    boolean skip(char expected) {
        if (next() != expected) {
            return false;
        }
        position++;
        return true;
    }

    /**
     * Passes one byte, here or after blanks.
     *
     * @throws DataException if it is another
     */
    void require(char expected) {
        if (!skip(expected)) {
            throw failure("'" + expected + "' is expected");
        }
    }

    /**
     * Where the object ends that begins here, if it is one at all: brackets are counted, nothing is checked. The end of the
     * text if it does not end.
     */
    int objectEnd() {
        int open = 0;
        boolean quoted = false;
        for (int i = position; i < end; i++) {
            byte b = text[i];
            if (quoted) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    quoted = false;
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '{') {
                open++;
            } else if (b == '}' && --open == 0) {
                return i + 1;
            }
        }
        return end;
    }

    /** Looks whether objects and arrays may be nested as deep. */
    void requireDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw failure("objects and arrays are nested more than " + MAX_DEPTH + " deep");
        }
    }

    /** The string whose opening quote has been passed. */
    private String string() {
        int start = position;
        int i = start;
        while (i < end) {
            byte b = text[i];
            if (b == '"') {
                position = i + 1;
                requireLength(i - start);
                return new String(text, start, i - start, StandardCharsets.ISO_8859_1);
            }
            if (b < ' ' || b == '\\') {
                break;
            }
            i++;
        }
        int length = decode(start, false);
        requireLength(length);
        return new String(chars, 0, length);
    }

    private void requireLength(int length) {
        if (length > MAX_STRING_LENGTH) {
            throw failure("a string is longer than " + MAX_STRING_LENGTH + " characters");
        }
    }

    /** The name of a member whose opening quote has been passed. */
    String name() {
        int start = position;
        int i = start;
        int hash = 0;
        while (i < end) {
            byte b = text[i];
            if (b == '"') {
                position = i + 1;
                return name(start, i, hash);
            }
            if (b < ' ' || b == '\\') {
                break;
            }
            hash = hash * 31 + b;
            i++;
        }
        int length = decode(start, true);
        String name = new String(chars, 0, length);
        requireNameLength(name.getBytes(StandardCharsets.UTF_8).length);
        return name;
    }

    /** Names come again with every record; most need not be made again. */
    private String name(int from, int to, int hash) {
        int slot = (hash ^ hash >>> 8) & NAMES - 1;
        Name known = names[slot];
        if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, text, from, to)) {
            return known.name;
        }
        requireNameLength(to - from);
        String name = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        if (to - from <= MAX_KNOWN_NAME) {
            names[slot] = new Name(Arrays.copyOfRange(text, from, to), name);
        }
        return name;
    }

    private void requireNameLength(int length) {
        if (length > MAX_NAME_LENGTH) {
            throw failure("a member's name is longer than " + MAX_NAME_LENGTH + " bytes");
        }
    }

    /** Decodes a string up to its closing quote into {@link #chars}; returns the number of characters. */
    private int decode(int start, boolean name) {
        position = start;
        int length = 0;
        while (true) {
            if (length + 2 > chars.length) {
                chars = Arrays.copyOf(chars, chars.length * 2);
            }
            int c = take() & 0xFF;
            if (c == '"') {
                return length;
            }
            if (c < ' ') {
                throw failure("a control character must be escaped in a string");
            }
            if (c == '\\') {
                char escaped = escape();
                chars[length++] = escaped;
                if (name && strict && Character.isSurrogate(escaped)) {
                    chars[length++] = partner(escaped);
                }
            } else if (c < 0x80) {
                chars[length++] = (char) c;
            } else {
                int point = multiByte(c);
                if (c >= 0xF0) {
                    int pair = point - 0x10000;
                    // Sums and bits differ for encodings that are longer than they need be.
                    chars[length++] = (char) (name ? 0xD800 + (pair >> 10) : 0xD800 | pair >> 10);
                    chars[length++] = (char) (0xDC00 | pair & 0x3FF);
                } else {
                    chars[length++] = (char) point;
                }
            }
        }
    }

    private char partner(char high) {
        if (Character.isHighSurrogate(high) && take() == '\\') {
            char low = escape();
            if (Character.isLowSurrogate(low)) {
                return low;
            }
        }
        throw failure("a surrogate in a member's name has no partner");
    }

    private char escape() {
        int c = take();
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int hex = take();
                    int digit = hex < 0 ? -1 : Character.digit(hex, 16);
                    if (digit < 0) {
                        throw failure("four hexadecimal digits are expected");
                    }
                    code = code << 4 | digit;
                }
                yield (char) code;
            }
            default -> throw failure("there is no such escape");
        };
    }

    /** The rest of a character whose first byte has been passed. */
    private int multiByte(int first) {
        if ((first & 0xE0) == 0xC0) {
            return (first & 0x1F) << 6 | continuation();
        }
        if ((first & 0xF0) == 0xE0) {
            int point = ((first & 0x0F) << 6 | continuation()) << 6 | continuation();
            if (Character.isSurrogate((char) point)) {
                throw failure("a surrogate is not UTF-8");
            }
            return point;
        }
        if ((first & 0xF8) == 0xF0) {
            return (((first & 0x07) << 6 | continuation()) << 6 | continuation()) << 6 | continuation();
        }
        throw failure("a byte is not UTF-8");
    }

    private int continuation() {
        int b = take();
        if ((b & 0xC0) != 0x80) {
            throw failure("a byte is not UTF-8");
        }
        return b & 0x3F;
    }

    /** The number that begins here. */
    Number number() {
        boolean negative = text[position] == '-';
        if (negative) {
            position++;
        }
        while (position + 1 < end && text[position] == '0' && isDigit(text[position + 1])) {
            position++;
        }
        int start = position;
        long value = 0;
        while (position < end && isDigit(text[position])) {
            value = value * 10 + (text[position] - '0');
            position++;
        }
        int digits = position - start;
        if (digits == 0) {
            throw failure("a value is expected");
        }
        if (position < end && (text[position] == '.' || (text[position] | 0x20) == 'e')) {
            return fraction(negative, start, digits);
        }
        if (digits <= PlainNumber.LONG_DIGITS || digits == PlainNumber.LONG_DIGITS + 1 && text[start] < '9') {
            long signed = negative ? -value : value;
            return signed == (int) signed ? (Number) (int) signed : (Number) signed;
        }
        if (digits > MAX_NUMBER_LENGTH) {
            throw failure("a number has more than " + MAX_NUMBER_LENGTH + " digits");
        }
        BigInteger big = new BigInteger(digits(negative, start));
        return big.compareTo(LOWEST_LONG) >= 0 && big.compareTo(HIGHEST_LONG) <= 0 ? (Number) big.longValue() : big;
    }

    private BigDecimal fraction(boolean negative, int start, int integerDigits) {
        int length = integerDigits;
        if (text[position] == '.') {
            position++;
            length += requireDigits();
        }
        if (position < end && (text[position] | 0x20) == 'e') {
            position++;
            if (position < end && (text[position] == '+' || text[position] == '-')) {
                position++;
            }
            length += requireDigits();
        }
        if (length > MAX_NUMBER_LENGTH) {
            throw failure("a number has more than " + MAX_NUMBER_LENGTH + " digits");
        }
        try {
            return new BigDecimal(digits(negative, start));
        } catch (NumberFormatException e) {
            throw failure("a number's exponent is too large");
        }
    }

    private int requireDigits() {
        int start = position;
        while (position < end && isDigit(text[position])) {
            position++;
        }
        if (position == start) {
            throw failure("a digit is expected");
        }
        return position - start;
    }

    private String digits(boolean negative, int start) {
        String digits = new String(text, start, position - start, StandardCharsets.ISO_8859_1);
        return negative ? "-" + digits : digits;
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (position >= end || text[position] != word.charAt(i)) {
                throw failure("there is no such word");
            }
            position++;
        }
    }

    /** The next byte that is no blank; it is not passed. */
    int next() {
        while (position < end) {
            byte b = text[position];
            if (b > ' ' || b < 0 || !isBlank(b)) {
                return b;
            }
            position++;
        }
        throw failure("the text is cut off");
    }

    private byte take() {
        if (position >= end) {
            throw failure("the text is cut off");
        }
        return text[position++];
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** What is wrong, and where; what stands there may be somebody's data. */
    DataException failure(String problem) {
        return new DataException("Converting byte[] to Kafka Connect data failed, it is not valid JSON: " + problem
                + " (byte " + (position + 1) + " of " + end + ").");
    }
}
