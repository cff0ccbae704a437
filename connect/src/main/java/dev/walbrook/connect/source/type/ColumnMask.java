package dev.walbrook.connect.source.type;

import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What is hidden of a column's values.
 *
 * @param parameter the schema's parameter that says so; null for none
 * @param parameterValue its value
 * @param hide makes the text that is shown of a text; null if values of the column's type stay as they are
 * @param ofNull what is shown of a null; null for null
 */
record ColumnMask(
        @Nullable String parameter,
        String parameterValue,
        @Nullable UnaryOperator<String> hide,
        @Nullable String ofNull) {

    void describe(SchemaBuilder schema) {
        if (parameter != null) {
            schema.parameter(parameter, parameterValue);
        }
    }

    /** What is shown of a value. */
    Object apply(Object value) {
        return hide != null && value instanceof String text ? hide.apply(text) : value;
    }

    ValueDecoder decoder(ValueDecoder plain) {
        if (hide == null) {
            return plain;
        }
        return (buffer, offset, length) -> {
            Object value = plain.decode(buffer, offset, length);
            return value == null ? null : apply(value);
        };
    }

    /**
     * What is shown of a value that is not in the WAL. A mask hides that, too; otherwise the placeholder is left as it is,
     * because nobody could recognise its hash or its beginning.
     */
    @Nullable
    Object placeholder(@Nullable Object unavailable) {
        return ofNull != null ? ofNull : unavailable;
    }

    /** What is shown of a null in a field of that schema. */
    @Nullable
    Object ofNull(Schema schema) {
        return schema.type() == Schema.Type.STRING ? ofNull : null;
    }
}
