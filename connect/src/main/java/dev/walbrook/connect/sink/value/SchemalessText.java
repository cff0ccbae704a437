package dev.walbrook.connect.sink.value;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values that came without a schema, as text or as the text of their JSON: the column alone says what they mean. Numbers in
 * a column for dates or times are what Debezium's {@code time.precision.mode=adaptive} makes of a column of that very type,
 * and text in a {@code bytea} column is base64, which is how JSON carries bytes.
 */
public final class SchemalessText {

    /** The name of the schema of such values. */
    public static final String NAME = "dev.walbrook.Schemaless";

    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    /** With at most so many digits of a second's fraction, Debezium counts milliseconds. */
    private static final int MILLIS_DIGITS = 3;

    private SchemalessText() {}

    /**
     * The format for a column.
     *
     * @param digits the digits of a second's fraction in the column's type; null if it does not say
     */
    static TextFormat of(String type, @Nullable Integer digits) {
        long units = digits != null && digits <= MILLIS_DIGITS ? TemporalText.MILLIS : TemporalText.MICROS;
        return switch (type) {
            case "date" -> number(TemporalText::date);
            case "time" -> number(value -> TemporalText.time(value, units));
            case "timestamp" -> number(value -> TemporalText.timestamp(value, units, ""));
            case "timestamptz" -> number(value -> TemporalText.timestamp(value, units, "+00"));
            case "interval" -> number(value -> TemporalText.duration(value, TemporalText.MICROS));
            case "bytea" -> value -> bytea(value.toString());
            case "hstore" ->
                value -> value.toString().startsWith("{") ? HstoreText.ofJson(value.toString()) : value.toString();
            default -> type.startsWith("_") ? value -> array(value.toString()) : Object::toString;
        };
    }

    private interface OfNumber {
        String text(long number);
    }

    private static TextFormat number(OfNumber format) {
        return value -> {
            String text = value.toString();
            return NUMBER.matcher(text).matches() ? format.text(Long.parseLong(text)) : TemporalText.iso(text);
        };
    }

    private static String bytea(String text) {
        try {
            return "\\x" + HexFormat.of().formatHex(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("text for a bytea column that is not base64", e);
        }
    }

    /** A JSON array as PostgreSQL reads arrays. */
    private static String array(String json) {
        if (!json.startsWith("[")) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length() + 8);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                i = string(json, i, text);
            } else if (c == 'n') {
                text.append("NULL");
                i += "null".length() - 1;
            } else {
                text.append(c == '[' ? '{' : c == ']' ? '}' : c);
            }
        }
        return text.toString();
    }

    /** Copies a quoted string; only control characters are escaped in another way. Returns the place of its last quote. */
    private static int string(String json, int start, StringBuilder text) {
        text.append('"');
        int i = start + 1;
        for (; json.charAt(i) != '"'; i++) {
            char c = json.charAt(i);
            if (c == '\\' && json.charAt(i + 1) == 'u') {
                text.append((char) Integer.parseInt(json, i + 2, i + 6, 16));
                i += 5;
            } else {
                text.append(c);
                if (c == '\\') {
                    text.append(json.charAt(++i));
                }
            }
        }
        text.append('"');
        return i;
    }
}
