package dev.walbrook.connect.sink.record;

import java.util.Locale;
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
 * @param base what a domain is made of, in the same form; null for other types, and if the source did not say
 */
public record SourceType(String name, @Nullable Integer length, @Nullable Integer scale, @Nullable String base) {

    private static final String PREFIX = "__debezium.source.column.";
    private static final String DOMAIN_BASE = "__walbrook.domain.base";

    /** The type that the schema carries; null if it carries none. */
    public static @Nullable SourceType of(Schema schema) {
        String name = name(schema);
        return name == null
                ? null
                : new SourceType(
                        name,
                        number(schema, "length"),
                        number(schema, "scale"),
                        schema.parameters().get(DOMAIN_BASE));
    }

    /** The name of what values are, in lower case: behind a domain, if the source said what it is made of. */
    public String valueType() {
        return (base == null ? name : base).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String name(Schema schema) {
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
