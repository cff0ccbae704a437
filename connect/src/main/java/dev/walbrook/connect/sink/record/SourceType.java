package dev.walbrook.connect.sink.record;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The column type at the source, which a source writes into a field's schema when {@code column.propagate.source.type}
 * covers it.
 *
 * @param name the type's name in upper case, such as {@code NUMERIC}, {@code _TEXT} or {@code MOOD}
 * @param length its length, precision or number of digits; null if the source did not say
 * @param scale its scale; null if the source did not say
 */
public record SourceType(String name, @Nullable Integer length, @Nullable Integer scale) {

    private static final String PREFIX = "__debezium.source.column.";

    /** The type that the schema carries; null if it carries none. */
    public static @Nullable SourceType of(Schema schema) {
        String name = name(schema);
        return name == null ? null : new SourceType(name, number(schema, "length"), number(schema, "scale"));
    }

    static @Nullable String name(Schema schema) {
        Map<String, String> parameters = schema.parameters();
        return parameters == null ? null : parameters.get(PREFIX + "type");
    }

    private static @Nullable Integer number(Schema schema, String parameter) {
        String text = schema.parameters().get(PREFIX + parameter);
        try {
            return text == null ? null : Integer.valueOf(text.trim());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
