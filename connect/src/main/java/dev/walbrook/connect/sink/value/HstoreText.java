package dev.walbrook.connect.sink.value;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps, and flat JSON objects of strings, as hstore reads them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/hstore.html">hstore</a>
 */
final class HstoreText {

    private HstoreText() {}

    static String ofMap(Object value) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<?, ? extends @Nullable Object> entry : ((Map<?, ?>) value).entrySet()) {
            pair(
                    text,
                    String.valueOf(entry.getKey()),
                    entry.getValue() == null ? null : entry.getValue().toString());
        }
        return text.toString();
    }

    private static void pair(StringBuilder text, String key, @Nullable String value) {
        if (!text.isEmpty()) {
            text.append(',');
        }
        ArrayText.quote(text, key);
        text.append("=>");
        if (value == null) {
            text.append("NULL");
        } else {
            ArrayText.quote(text, value);
        }
    }

    /** The JSON that a source makes of an hstore: one object whose values are strings or null. */
    static String ofJson(String json) {
        return new FlatObject(json).read();
    }

    /** Reads that JSON; anything else in it is refused. */
    private static final class FlatObject {

        private final String json;
        private int at;

        FlatObject(String json) {
            this.json = json;
        }

        String read() {
            StringBuilder text = new StringBuilder();
            expect('{');
            if (peek() != '}') {
                do {
                    String key = string();
                    expect(':');
                    pair(text, key, stringOrNull());
                } while (comma());
            }
            expect('}');
            return text.toString();
        }

        private boolean comma() {
            if (peek() != ',') {
                return false;
            }
            at++;
            return true;
        }

        private @Nullable String stringOrNull() {
            if (peek() == 'n' && json.startsWith("null", at)) {
                at += 4;
                return null;
            }
            return string();
        }

        private String string() {
            expect('"');
            StringBuilder text = new StringBuilder();
            while (true) {
                char c = next();
                if (c == '"') {
                    return text.toString();
                }
                text.append(c == '\\' ? escaped() : c);
            }
        }

        private char escaped() {
            char c = next();
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'u' -> {
                    if (at + 4 > json.length()) {
                        throw refused();
                    }
                    at += 4;
                    yield (char) Integer.parseInt(json, at - 4, at, 16);
                }
                default -> c;
            };
        }

        private char peek() {
            while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
                at++;
            }
            if (at >= json.length()) {
                throw refused();
            }
            return json.charAt(at);
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw refused();
            }
            at++;
        }

        private char next() {
            if (at >= json.length()) {
                throw refused();
            }
            return json.charAt(at++);
        }

        private static IllegalArgumentException refused() {
            return new IllegalArgumentException("JSON other than one object of strings does not fit an hstore column");
        }
    }
}
