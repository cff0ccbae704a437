package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.codec.ArrayText;
import dev.walbrook.postgres.codec.TextFormatException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** The representation of arrays: a list; more dimensions are flattened in their order. */
final class ArrayMapping {

    private static final byte COMMA = ',';
    private static final byte SEMICOLON = ';';

    private ArrayMapping() {}

    /**
     * @param elementType the name of the elements' type
     * @param element how they look
     * @param optional whether an element may be null
     * @param strict whether an element that cannot be represented spoils the array, instead of being null
     */
    static TypeMapping of(String elementType, TypeMapping element, boolean optional, boolean strict) {
        SchemaBuilder builder = element.schema().get();
        if (optional) {
            builder.optional();
        }
        Schema elementSchema = builder.build();
        ValueDecoder plain = element.decoder().apply(elementSchema);
        ValueDecoder decoder = strict ? strict(plain) : lenient(plain);
        // A box has commas in itself; it is the only type of PostgreSQL's own with another delimiter.
        byte delimiter = elementType.equals("box") ? SEMICOLON : COMMA;
        return TypeMapping.of(
                () -> SchemaBuilder.array(elementSchema),
                (buffer, offset, length) -> list(buffer, offset, length, delimiter, decoder, optional));
    }

    private static ValueDecoder strict(ValueDecoder decoder) {
        return (buffer, offset, length) -> {
            Object value = decoder.decode(buffer, offset, length);
            if (value == null) {
                throw new TextFormatException("array", "an element that its representation cannot hold");
            }
            return value;
        };
    }

    private static ValueDecoder lenient(ValueDecoder decoder) {
        return (buffer, offset, length) -> {
            try {
                return decoder.decode(buffer, offset, length);
            } catch (TextFormatException | ArithmeticException | DateTimeException e) {
                // Like a whole value that cannot be represented.
                return null;
            }
        };
    }

    private static List<Object> list(
            byte[] buffer, int offset, int length, byte delimiter, ValueDecoder decoder, boolean optional) {
        List<Object> values = new ArrayList<>();
        ArrayText.parse(buffer, offset, length, delimiter, new ArrayText.ElementHandler() {
            @Override
            public void element(byte[] bytes, int start, int size) {
                add(decoder.decode(bytes, start, size));
            }

            @Override
            public void nullElement() {
                add(null);
            }

            @SuppressWarnings("NullAway") // Connect's arrays hold nulls where their element schema is optional.
            private void add(@Nullable Object value) {
                if (value == null && !optional) {
                    throw new NullElementException();
                }
                values.add(value);
            }
        });
        return values;
    }
}
