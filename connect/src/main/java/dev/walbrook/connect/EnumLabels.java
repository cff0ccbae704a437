package dev.walbrook.connect;

import dev.walbrook.postgres.codec.ArrayText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * An enum's labels as parameters of its schema: what the source writes and the sink reads.
 *
 * <p>Debezium's parameter {@value #ALLOWED} separates labels by commas, which a label may contain. Only for such an enum a
 * second parameter has them without ambiguity.
 */
public final class EnumLabels {

    private static final String ALLOWED = "allowed";
    /** The labels as a PostgreSQL array literal. */
    private static final String EXACT = "__walbrook.allowed";

    private EnumLabels() {}

    /** Adds the labels, in their order, to the schema of an enum. */
    public static void describe(SchemaBuilder schema, List<String> labels) {
        schema.parameter(ALLOWED, String.join(",", labels));
        if (labels.stream().anyMatch(label -> label.indexOf(',') >= 0)) {
            ArrayText.Writer exact = new ArrayText.Writer();
            labels.forEach(exact::append);
            schema.parameter(EXACT, exact.toString());
        }
    }

    /** The labels of an enum's schema, in their order; empty if it has none. */
    public static List<String> of(Schema schema) {
        Map<String, String> parameters = schema.parameters();
        if (parameters == null) {
            return List.of();
        }
        String exact = parameters.get(EXACT);
        if (exact != null) {
            return parse(exact);
        }
        String allowed = parameters.get(ALLOWED);
        return allowed == null || allowed.isEmpty() ? List.of() : List.of(allowed.split(",", -1));
    }

    private static List<String> parse(String literal) {
        List<String> labels = new ArrayList<>();
        byte[] bytes = literal.getBytes(StandardCharsets.UTF_8);
        ArrayText.parse(bytes, 0, bytes.length, (byte) ',', new ArrayText.ElementHandler() {
            @Override
            public void element(byte[] buffer, int offset, int length) {
                labels.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
            }

            @Override
            public void nullElement() {
                throw new IllegalArgumentException("an enum has no null among its labels");
            }
        });
        return labels;
    }
}
