package dev.walbrook.connect.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Reads values that have no schema straight from the text: maps, lists, strings, longs, doubles and booleans. */
record UnschemedReader(JsonTokens tokens, JsonParser parser, TreeValues values) {

    /**
     * The text's value; null if there is none.
     *
     * @throws DataException if it is no JSON
     */
    @Nullable
    Object root() {
        if (!tokens.skipToFirst()) {
            return null;
        }
        int first = tokens.next();
        return first == '{' || first == '[' ? value(0) : values.read(null, parser.root());
    }

    private @Nullable Object value(int depth) {
        int c = tokens.next();
        if (c == '{') {
            return object(depth + 1);
        }
        if (c == '[') {
            return array(depth + 1);
        }
        if (c == '-' || c >= '0' && c <= '9') {
            Number number = tokens.number();
            return number instanceof BigDecimal ? (Object) number.doubleValue() : (Object) number.longValue();
        }
        Object value = tokens.scalar();
        return value == JsonNull.NULL ? null : value;
    }

    private Map<Object, @Nullable Object> object(int depth) {
        tokens.requireDepth(depth);
        tokens.skip('{');
        Map<Object, @Nullable Object> members = new HashMap<>();
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

    private List<@Nullable Object> array(int depth) {
        tokens.requireDepth(depth);
        tokens.skip('[');
        List<@Nullable Object> elements = new ArrayList<>();
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
