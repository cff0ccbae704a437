package dev.walbrook.connect.sink.record;

import dev.walbrook.connect.sink.value.SchemalessText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The placeholder that stands for a value the source did not know: a large value stored out of line (TOAST) that an update
 * left alone is not in the WAL. How the placeholder looks depends on the column's type.
 *
 * @see <a href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-toasted-values">
 *     Toasted values</a>
 */
final class UnavailableValue {

    private static final String HEX_PREFIX = "hex:";

    private final String text;
    private final byte[] bytes;

    /** @param setting the property's value: the text, or {@code hex:} and the bytes in hexadecimal */
    UnavailableValue(String setting) {
        bytes = setting.startsWith(HEX_PREFIX)
                ? HexFormat.of().parseHex(setting.substring(HEX_PREFIX.length()))
                : setting.getBytes(StandardCharsets.UTF_8);
        text = new String(bytes, StandardCharsets.UTF_8);
    }

    /** Tells whether a value of the schema is the placeholder; null if none ever is. */
    @Nullable
    Predicate<Object> test(Schema schema) {
        return switch (schema.type()) {
            case STRING -> stringTest(schema);
            // The semantic types in bytes (decimals, bit strings) have no placeholder.
            case BYTES -> schema.name() == null ? this::isBytes : null;
            case ARRAY -> elementTest(schema.valueSchema());
            case MAP -> value -> value instanceof Map<?, ?> map && map.equals(Map.of(text, text));
            default -> null;
        };
    }

    private Predicate<Object> stringTest(Schema schema) {
        if ("io.debezium.data.Json".equals(schema.name())) {
            // An hstore's placeholder is an object of the placeholder.
            String quoted = '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            String object = "{" + quoted + ":" + quoted + "}";
            return value -> text.equals(value) || object.equals(value);
        }
        if (SchemalessText.NAME.equals(schema.name())) {
            String quoted = "[\"" + text + "\"]";
            Predicate<Object> any = binaryText();
            return value -> any.test(value) || quoted.equals(value);
        }
        return isBinary(schema) ? binaryText() : text::equals;
    }

    /** A bytea column sent as base64 or hexadecimal text. */
    private static boolean isBinary(Schema schema) {
        SourceType type = SourceType.of(schema);
        return type != null && type.valueType().equals("bytea");
    }

    private Predicate<Object> binaryText() {
        String hex = HexFormat.of().formatHex(bytes);
        List<String> forms = List.of(
                text,
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                hex,
                hex.toUpperCase(Locale.ROOT));
        return forms::contains;
    }

    private @Nullable Predicate<Object> elementTest(Schema element) {
        return switch (element.type()) {
            case STRING -> {
                String expected = "io.debezium.data.Uuid".equals(element.name())
                        ? UUID.nameUUIDFromBytes(bytes).toString()
                        : text;
                yield value -> value instanceof List<?> list && list.size() == 1 && expected.equals(list.get(0));
            }
            case BYTES ->
                element.name() == null
                        ? value -> value instanceof List<?> list && list.size() == 1 && isBytes(list.get(0))
                        : null;
            case INT32, INT64 -> value -> value instanceof List<?> list && isBytesAsNumbers(list);
            default -> null;
        };
    }

    private boolean isBytes(@Nullable Object value) {
        if (value instanceof byte[] array) {
            return Arrays.equals(array, bytes);
        }
        return value instanceof ByteBuffer buffer && buffer.equals(ByteBuffer.wrap(bytes));
    }

    private boolean isBytesAsNumbers(List<?> list) {
        if (list.size() != bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (!(list.get(i) instanceof Number number) || number.longValue() != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
