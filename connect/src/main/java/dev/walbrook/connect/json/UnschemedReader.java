package dev.walbrook.connect.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Reads values that have no schema straight from the text: maps, lists, strings, longs, doubles and booleans. */
record UnschemedReader(JsonParser parser, TreeValues values) {

    /**
     * The text's value; null if there is none.
     *
     * @throws DataException if it is no JSON
     */
    @Nullable
    Object root() {
        if (parser.beginsObjectOrArray()) {
            return value(0);
        }
        return values.read(null, parser.root());
    }

    private @Nullable Object value(int depth) {
        int c = parser.next();
        if (c == '{') {
            return object(depth + 1);
        }
        if (c == '[') {
            return array(depth + 1);
        }
        if (c == '-' || c >= '0' && c <= '9') {
            Number number = parser.number();
            return number instanceof BigDecimal ? (Object) number.doubleValue() : (Object) number.longValue();
        }
        Object value = parser.value(depth);
        return value == JsonNull.NULL ? null : value;
    }

    private Map<Object, @Nullable Object> object(int depth) {
        parser.requireDepth(depth);
        parser.skip('{');
        Map<Object, @Nullable Object> members = new HashMap<>();
        if (parser.skip('}')) {
            return members;
        }
        do {
            if (!parser.skip('"')) {
                throw parser.failure("a member's name is expected");
            }
            String name = parser.name();
            if (!parser.skip(':')) {
                throw parser.failure("a colon is expected");
            }
            members.put(name, value(depth));
        } while (parser.skip(','));
        if (!parser.skip('}')) {
            throw parser.failure("a comma or a closing brace is expected");
        }
        return members;
    }

    private List<@Nullable Object> array(int depth) {
        parser.requireDepth(depth);
        parser.skip('[');
        List<@Nullable Object> elements = new ArrayList<>();
        if (parser.skip(']')) {
            return elements;
        }
        do {
            elements.add(value(depth));
        } while (parser.skip(','));
        if (!parser.skip(']')) {
            throw parser.failure("a comma or a closing bracket is expected");
        }
        return elements;
    }
}
