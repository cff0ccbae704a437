package dev.walbrook.postgres.codec;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text format of the {@code hstore} extension: {@code "key"=>"value", "other"=>NULL}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/hstore.html">hstore</a>
 */
public final class HstoreText {

    private static final String TYPE = "hstore";
    private static final byte[] ARROW = Ascii.bytes("=>");
    private static final byte[] NULL = Ascii.bytes("NULL");
    private static final byte[] SEPARATOR = Ascii.bytes(", ");

    private HstoreText() {}

    /** Reads all pairs, in the order they are printed in. */
    public static Map<String, @Nullable String> parse(byte[] buffer, int offset, int length) {
        Map<String, @Nullable String> pairs = new LinkedHashMap<>();
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (!pairs.isEmpty()) {
                i = expect(buffer, i, end, SEPARATOR);
            }
            int keyEnd = quotedEnd(buffer, i, end);
            String key = unquote(buffer, i, keyEnd);
            i = expect(buffer, keyEnd, end, ARROW);
            String value = null;
            if (i < end && buffer[i] == '"') {
                int valueEnd = quotedEnd(buffer, i, end);
                value = unquote(buffer, i, valueEnd);
                i = valueEnd;
            } else {
                i = expect(buffer, i, end, NULL);
            }
            pairs.put(key, value);
        }
        return pairs;
    }

    private static int expect(byte[] buffer, int offset, int end, byte[] expected) {
        if (!Ascii.startsWith(buffer, offset, end - offset, expected)) {
            throw new TextFormatException(TYPE, "not a list of \"key\"=>\"value\" or \"key\"=>NULL");
        }
        return offset + expected.length;
    }

    /** Where the quoted text that starts here ends, its closing quote included. */
    private static int quotedEnd(byte[] buffer, int offset, int end) {
        if (offset < end && buffer[offset] == '"') {
            for (int i = offset + 1; i < end; i++) {
                if (buffer[i] == '"') {
                    return i + 1;
                }
                if (buffer[i] == '\\') {
                    i++;
                }
            }
        }
        throw new TextFormatException(TYPE, "no text in quotes where one must be");
    }

    private static String unquote(byte[] buffer, int offset, int end) {
        byte[] text = new byte[end - offset - 2];
        int size = 0;
        for (int i = offset + 1; i < end - 1; i++) {
            if (buffer[i] == '\\') {
                i++;
            }
            text[size++] = buffer[i];
        }
        return new String(text, 0, size, StandardCharsets.UTF_8);
    }

    /** Writes all pairs as PostgreSQL reads them. */
    public static String format(Map<String, ? extends @Nullable String> pairs) {
        StringBuilder text = new StringBuilder();
        pairs.forEach((key, value) -> {
            if (text.length() > 0) {
                text.append(", ");
            }
            ArrayText.appendQuoted(text, key);
            text.append("=>");
            if (value == null) {
                text.append("NULL");
            } else {
                ArrayText.appendQuoted(text, value);
            }
        });
        return text.toString();
    }
}
