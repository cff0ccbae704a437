package dev.walbrook.connect.source.metrics;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Writes a key as Debezium shows it in its metrics: scalars as quoted text, bytes as lists of numbers. */
final class KeyText {

    private KeyText() {}

    static String of(Object key) {
        if (key instanceof Struct struct) {
            return struct.schema().fields().stream()
                    .map(field -> field(struct, field))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (key instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        if (key instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return Arrays.toString(bytes);
        }
        String text = key instanceof BigDecimal number ? number.toPlainString() : key.toString();
        return '"' + text + '"';
    }

    private static String field(Struct struct, Field field) {
        Object value = struct.get(field);
        return '"' + field.name() + "\" : " + (value == null ? "null" : of(value));
    }
}
