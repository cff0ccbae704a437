package dev.walbrook.connect.sink.value;

import dev.walbrook.connect.BinaryText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Arrays as PostgreSQL reads them, every element quoted.
 *
 * @see <a href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">Array input and output syntax</a>
 */
final class ArrayText implements TextFormat {

    private final TextFormat element;
    private final boolean nested;
    private final char delimiter;

    /** @param encoding how bytes are written if the elements are text that stands for bytes; null if they are not */
    ArrayText(Schema elementSchema, String elementType, @Nullable BinaryText encoding) {
        nested = elementSchema.type() == Schema.Type.ARRAY && elementSchema.name() == null;
        // PostgreSQL has one array type for every number of dimensions.
        element = nested
                ? new ArrayText(elementSchema.valueSchema(), elementType, encoding)
                : encoding == null
                        ? TextFormats.of(elementSchema, elementType)
                        : TextFormats.binary(encoding, elementType);
        // A box has commas in itself.
        delimiter = elementType.equals("box") ? ';' : ',';
    }

    @Override
    public String text(Object value) {
        StringBuilder text = new StringBuilder("{");
        for (@Nullable Object item : (List<?>) value) {
            if (text.length() > 1) {
                text.append(delimiter);
            }
            if (item == null) {
                text.append("NULL");
            } else if (nested) {
                text.append(element.text(item));
            } else {
                quote(text, element.text(item));
            }
        }
        return text.append('}').toString();
    }

    static void quote(StringBuilder text, String plain) {
        text.append('"');
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }

    /** pgvector's {@code vector} and {@code halfvec}. */
    static String vector(Object value) {
        return ((List<?>) value).toString();
    }

    /** pgvector's {@code sparsevec}: its indexes count from 1. */
    static String sparseVector(Object value) {
        Struct struct = (Struct) value;
        Map<Integer, String> entries = new TreeMap<>();
        for (Map.Entry<?, ?> entry : struct.getMap("vector").entrySet()) {
            entries.put(((Number) entry.getKey()).intValue(), String.valueOf(entry.getValue()));
        }
        StringBuilder text = new StringBuilder("{");
        entries.forEach((index, number) -> {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append(index).append(':').append(number);
        });
        return text.append("}/").append(struct.get("dimensions")).toString();
    }
}
