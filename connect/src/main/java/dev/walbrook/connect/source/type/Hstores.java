package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.codec.HstoreText;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** The representations of {@code hstore}: a JSON object, or a map. */
final class Hstores {

    private static final int FIRST_PRINTABLE = 0x20;

    private Hstores() {}

    static TypeMapping mapping(Representation representation) {
        String placeholder = representation.unavailable().text();
        return switch (representation.hstores()) {
            case JSON ->
                TypeMapping.of(
                                () -> SchemaBuilder.string()
                                        .name("io.debezium.data.Json")
                                        .version(1),
                                (buffer, offset, length) -> json(pairs(buffer, offset, length)))
                        .withUnavailable(json(Map.of(placeholder, placeholder)));
            case MAP ->
                TypeMapping.of(
                                () -> SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA),
                                Hstores::pairs)
                        .withUnavailable(Map.of(placeholder, placeholder));
        };
    }

    /** In the order of a hash map that was filled pair by pair: the order in which Debezium writes them. */
    private static Map<String, @Nullable String> pairs(byte[] buffer, int offset, int length) {
        Map<String, @Nullable String> pairs = new HashMap<>();
        HstoreText.parse(buffer, offset, length).forEach(pairs::put);
        return pairs;
    }

    private static String json(Map<String, ? extends @Nullable String> pairs) {
        StringBuilder json = new StringBuilder("{");
        pairs.forEach((key, value) -> {
            if (json.length() > 1) {
                json.append(',');
            }
            appendQuoted(json, key);
            json.append(':');
            if (value == null) {
                json.append("null");
            } else {
                appendQuoted(json, value);
            }
        });
        return json.append('}').toString();
    }

    private static void appendQuoted(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (c < FIRST_PRINTABLE) {
                        json.append("\\u").append(HexFormat.of().withUpperCase().toHexDigits(c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
