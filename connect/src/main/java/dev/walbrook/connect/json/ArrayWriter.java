package dev.walbrook.connect.json;

import java.util.Collection;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Writes arrays of elements of one schema. */
final class ArrayWriter implements ValueWriter {

    private final Schema schema;
    private final ConverterSettings settings;
    private @Nullable WritePlan elements;

    ArrayWriter(Schema schema, ConverterSettings settings) {
        this.schema = schema;
        this.settings = settings;
    }

    @Override
    public void write(JsonOutput out, Object value) {
        if (!(value instanceof Collection<?> array)) {
            throw WritePlan.misfit(Schema.Type.ARRAY, value);
        }
        WritePlan plan = elements;
        if (plan == null) {
            plan = WritePlan.of(schema.valueSchema(), settings);
            elements = plan;
        }
        write(out, array, plan);
    }

    static void write(JsonOutput out, Collection<?> array, WritePlan elements) {
        out.open('[');
        boolean first = true;
        for (Object element : array) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            elements.write(out, element);
        }
        out.close(']');
    }
}
