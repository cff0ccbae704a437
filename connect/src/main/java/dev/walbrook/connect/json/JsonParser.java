package dev.walbrook.connect.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;

/**
 * Reads JSON text as a whole; whatever follows its first value is not looked at.
 *
 * <p>Values become: objects {@link Map}s in the order of the text, of members of the same name the last counts; arrays
 * {@link List}s; strings {@link String}; numbers without point and exponent {@link Integer}, {@link Long} or {@link
 * BigInteger}, the first of these that holds them, other numbers {@link BigDecimal}; {@link Boolean}; and {@link
 * JsonNull#NULL}.
 */
record JsonParser(JsonTokens tokens) {

    /**
     * The text's value, {@link JsonNull#MISSING} if there is none but blanks.
     *
     * @throws DataException if it is no JSON
     */
    Object root() {
        if (!tokens.skipToFirst()) {
            return JsonNull.MISSING;
        }
        Object value = value(0);
        if (value instanceof Number) {
            tokens.requireEnd(true);
        } else if (value instanceof Boolean || value == JsonNull.NULL) {
            tokens.requireEnd(false);
        }
        return value;
    }

    /**
     * The value that begins here or after blanks.
     *
     * @param depth in how many objects and arrays
     */
    Object value(int depth) {
        int c = tokens.next();
        return c == '{' ? object(depth + 1) : c == '[' ? array(depth + 1) : tokens.scalar();
    }

    private Map<String, Object> object(int depth) {
        tokens.requireDepth(depth);
        tokens.skip('{');
        Map<String, Object> members = new LinkedHashMap<>();
        if (tokens.skip('}')) {
            return members;
        }
        do {
            tokens.require('"');
            String name = tokens.name();
            tokens.require(':');
            members.put(name, value(depth));
        } while (tokens.skip(','));
        tokens.require('}');
        return members;
    }

    private List<Object> array(int depth) {
        tokens.requireDepth(depth);
        tokens.skip('[');
        List<Object> elements = new ArrayList<>();
        if (tokens.skip(']')) {
            return elements;
        }
        do {
            elements.add(value(depth));
        } while (tokens.skip(','));
        tokens.require(']');
        return elements;
    }
}
