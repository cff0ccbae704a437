package dev.walbrook.conformance;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A schema and a value as lines of text, one per field, that are equal if and only if schema and value are.
 *
 * <p>A line is a path, a tab and a text. Paths of values begin with {@value #VALUE}, those of schemas with
 * {@value #SCHEMA}. A struct's line lists its fields in order; parameters, which have no order, are sorted. A long string
 * or byte array is its length, its SHA-256 and its beginning.
 */
public final class CanonicalText {

    static final String VALUE = "=";
    static final String SCHEMA = "~";

    private static final int LONGEST = 1_000;
    private static final int BEGINNING = 60;
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder text = new StringBuilder();

    private CanonicalText() {}

    /** @return null for a null value without a schema, which is Kafka's own null */
    public static byte @Nullable [] bytes(@Nullable Schema schema, @Nullable Object value) {
        if (schema == null && value == null) {
            return null;
        }
        CanonicalText lines = new CanonicalText();
        lines.addSchema("", schema);
        lines.addValue("", schema, value);
        return lines.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void line(String kind, String path, String content) {
        text.append(kind).append(path).append('\t').append(content).append('\n');
    }

    private void addSchema(String path, @Nullable Schema schema) {
        if (schema == null) {
            line(SCHEMA, path, "none");
            return;
        }
        line(SCHEMA, path, inline(schema, false));
        if (schema.type() == Schema.Type.STRUCT) {
            for (Field field : schema.fields()) {
                addSchema(path + "." + escape(field.name()), field.schema());
            }
        }
    }

    /** @param deep whether a struct's fields are told here, with their schemas, and not in lines of their own */
    private static String inline(Schema schema, boolean deep) {
        StringBuilder line = new StringBuilder(schema.type().name());
        if (schema.name() != null) {
            line.append(' ').append(escape(schema.name()));
        }
        if (schema.version() != null) {
            line.append(" v").append(schema.version());
        }
        line.append(schema.isOptional() ? " optional" : " required");
        if (schema.defaultValue() != null) {
            line.append(" default=").append(inline(schema, schema.defaultValue()));
        }
        Map<String, String> parameters = comparable(schema.parameters());
        if (!parameters.isEmpty()) {
            line.append(" parameters=").append(escape(parameters.toString()));
        }
        if (schema.doc() != null) {
            line.append(" doc=").append(quote(schema.doc()));
        }
        switch (schema.type()) {
            case STRUCT ->
                line.append(schema.fields().stream()
                        .map(field -> escape(field.name()) + (deep ? ": " + inline(field.schema(), true) : ""))
                        .collect(Collectors.joining(", ", " {", "}")));
            case ARRAY ->
                line.append(" of (").append(inline(schema.valueSchema(), true)).append(')');
            case MAP ->
                line.append(" from (")
                        .append(inline(schema.keySchema(), true))
                        .append(") to (")
                        .append(inline(schema.valueSchema(), true))
                        .append(')');
            default -> {
                // A primitive has no more to tell.
            }
        }
        return line.toString();
    }

    private void addValue(String path, @Nullable Schema schema, @Nullable Object value) {
        if (value instanceof Struct struct) {
            line(VALUE, path, "{}");
            for (Field field : struct.schema().fields()) {
                // Without the default, which would hide a null.
                addValue(path + "." + escape(field.name()), field.schema(), struct.getWithoutDefault(field.name()));
            }
        } else {
            line(VALUE, path, inline(schema, value));
        }
    }

    private static String inline(@Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Struct struct) {
            return struct.schema().fields().stream()
                    .map(field ->
                            escape(field.name()) + "=" + inline(field.schema(), struct.getWithoutDefault(field.name())))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            Schema element = schema == null ? null : schema.valueSchema();
            return abbreviate(
                    list.stream().map(item -> inline(element, item)).collect(Collectors.joining(", ", "[", "]")));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> inline(null, entry.getKey()) + ": " + inline(null, entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof byte[] bytes) {
            return "bytes " + abbreviate(HEX.formatHex(bytes));
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return "bytes " + abbreviate(HEX.formatHex(bytes));
        }
        if (value instanceof String string) {
            return abbreviate(quote(string));
        }
        if (value instanceof BigDecimal decimal) {
            return "decimal " + decimal.unscaledValue() + " scale " + decimal.scale();
        }
        if (value instanceof Date date) {
            return "date " + date.toInstant();
        }
        // Numbers and booleans, whose text is exact: -0.0, NaN and Infinity have their own.
        return value.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + value;
    }

    private static String abbreviate(String whole) {
        if (whole.length() <= LONGEST) {
            return whole;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return whole.substring(0, BEGINNING) + "… " + whole.length() + " characters, SHA-256 "
                    + HEX.formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String quote(String string) {
        return '"' + escape(string) + '"';
    }

    private static String escape(String string) {
        StringBuilder escaped = new StringBuilder(string.length());
        for (int i = 0; i < string.length(); i++) {
            char at = string.charAt(i);
            if (at == '\\' || at == '"') {
                escaped.append('\\').append(at);
            } else if (at < ' ' || Character.isSurrogate(at)) {
                escaped.append("\\u").append(HEX.toHexDigits(at));
            } else {
                escaped.append(at);
            }
        }
        return escaped.toString();
    }

    /** All but what only Walbrook adds, which {@link Exemptions} lists. */
    private static Map<String, String> comparable(@Nullable Map<String, String> parameters) {
        Map<String, String> comparable = new TreeMap<>();
        if (parameters != null) {
            comparable.putAll(parameters);
            comparable.keySet().removeIf(name -> name.startsWith("__walbrook."));
        }
        return comparable;
    }
}
