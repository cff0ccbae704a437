package dev.walbrook.transforms.json;

import dev.walbrook.transforms.event.UnconvertibleException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document (RFC 8259, nothing more lenient).
 *
 * <p>Objects become {@link Map}s in the document's order, of two members with one name the last counts; arrays become {@link
 * List}s; numbers without fraction and exponent {@link Integer}, {@link Long} or {@link BigInteger}, whichever is the first
 * that holds them, all others {@link Double}; null is null.
 */
public final class JsonReader {

    /** As deep as Jackson goes, so that the same documents are understood; the stack of a task's thread holds more. */
    private static final int MAX_DEPTH = 1000;

    private final String text;
    private int position;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads a document.
     *
     * @throws UnconvertibleException if it is not valid; the message says where, never what stands there
     */
    public static @Nullable Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value(0);
        reader.skipBlanks();
        if (reader.position < text.length()) {
            throw reader.failure("something follows the end of the document");
        }
        return value;
    }

    private @Nullable Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw failure("the document is nested more than " + MAX_DEPTH + " deep");
        }
        skipBlanks();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        position++;
        skipBlanks();
        if (peek() == '}') {
            position++;
            return members;
        }
        while (true) {
            skipBlanks();
            if (peek() != '"') {
                throw failure("a member's name is expected");
            }
            String name = string();
            skipBlanks();
            expect(':');
            members.put(name, value(depth + 1));
            skipBlanks();
            if (peek() == '}') {
                position++;
                return members;
            }
            expect(',');
        }
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        position++;
        skipBlanks();
        if (peek() == ']') {
            position++;
            return elements;
        }
        while (true) {
            elements.add(value(depth + 1));
            skipBlanks();
            if (peek() == ']') {
                position++;
                return elements;
            }
            expect(',');
        }
    }

    private String string() {
        int start = ++position;
        while (true) {
            char c = peek();
            if (c == '"') {
                return text.substring(start, position++);
            }
            if (c == '\\') {
                return escapedString(start);
            }
            requireNoControl(c);
            position++;
        }
    }

    private String escapedString(int start) {
        StringBuilder string = new StringBuilder(text.length() > 64 ? 64 : 16).append(text, start, position);
        while (true) {
            char c = peek();
            position++;
            if (c == '"') {
                return string.toString();
            }
            if (c == '\\') {
                string.append(escape());
            } else {
                requireNoControl(c);
                string.append(c);
            }
        }
    }

    private char escape() {
        char c = peek();
        position++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw failure("there is no such escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = hexDigit(peek());
            if (digit < 0) {
                throw failure("four hexadecimal digits are expected");
            }
            code = code << 4 | digit;
            position++;
        }
        return (char) code;
    }

    private static int hexDigit(char c) {
        // Character.digit also takes digits of other scripts.
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private Number number() {
        int start = position;
        if (peek() == '-') {
            position++;
        }
        if (peek() == '0') {
            position++;
        } else {
            digits();
        }
        boolean integer = true;
        if (current() == '.') {
            integer = false;
            position++;
            digits();
        }
        if (current() == 'e' || current() == 'E') {
            integer = false;
            position++;
            if (current() == '+' || current() == '-') {
                position++;
            }
            digits();
        }
        String number = text.substring(start, position);
        return integer ? integer(number) : (Number) Double.valueOf(number);
    }

    private static Number integer(String number) {
        // 18 digits and a sign always fit into a long.
        if (number.length() > 19) {
            BigInteger big = new BigInteger(number);
            return big.bitLength() < Long.SIZE ? (Number) big.longValue() : big;
        }
        try {
            long value = Long.parseLong(number);
            return value == (int) value ? (Number) (int) value : value;
        } catch (NumberFormatException e) {
            return new BigInteger(number);
        }
    }

    private void digits() {
        int start = position;
        while (current() >= '0' && current() <= '9') {
            position++;
        }
        if (position == start) {
            throw failure("a value is expected");
        }
    }

    private @Nullable Object literal(String literal, @Nullable Object value) {
        if (!text.startsWith(literal, position)) {
            throw failure("a value is expected");
        }
        position += literal.length();
        return value;
    }

    private void skipBlanks() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            position++;
        }
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw failure("'" + expected + "' is expected");
        }
        position++;
    }

    private char peek() {
        if (position >= text.length()) {
            throw failure("the document is cut off");
        }
        return text.charAt(position);
    }

    /** The next character, or one that no number holds if there is none. */
    private char current() {
        return position < text.length() ? text.charAt(position) : ' ';
    }

    private void requireNoControl(char c) {
        if (c < ' ') {
            throw failure("a control character must be escaped in a string");
        }
    }

    private UnconvertibleException failure(String problem) {
        return new UnconvertibleException(
                "it is not valid JSON: " + problem + " (character " + (position + 1) + ")",
                "Correct what writes the document.");
    }
}
