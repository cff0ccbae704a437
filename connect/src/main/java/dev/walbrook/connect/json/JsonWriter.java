package dev.walbrook.connect.json;

import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Turns Connect's data into JSON, record after record: one buffer, and what has been learnt of the schemas seen.
 *
 * <p>Not thread-safe.
 */
final class JsonWriter {

    private static final byte[] SCHEMA = "{\"schema\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAYLOAD = ",\"payload\":".getBytes(StandardCharsets.US_ASCII);

    /** Plans are small, and without them every record would pay for its schema; so a few are kept whatever is configured. */
    private static final int FEWEST_PLANS = 64;

    private final ConverterSettings settings;
    private final SchemaTexts texts;
    private final IdentityHashMap<Schema, WritePlan> plans = new IdentityHashMap<>();
    private final int mostPlans;
    private final JsonOutput out = new JsonOutput();

    /** The schema with which the buffer begins; null if it begins otherwise. */
    private @Nullable Schema begun;

    private int payloadAt;

    JsonWriter(ConverterSettings settings) {
        this.settings = settings;
        this.texts = new SchemaTexts(settings);
        this.mostPlans = Math.max(FEWEST_PLANS, settings.cacheSize());
    }

    /**
     * The JSON of a record's key or value, or of a header.
     *
     * @throws DataException if the value does not fit its schema or cannot be written
     */
    byte[] write(@Nullable Schema schema, @Nullable Object value) {
        if (settings.schemas()) {
            begin(schema);
            plan(schema).write(out, value);
            out.close('}');
        } else {
            out.clear();
            plan(schema).write(out, value);
        }
        return out.toBytes();
    }

    /** Writes the schema, or finds it still there from the record before. */
    private void begin(@Nullable Schema schema) {
        if (schema != null && schema == begun && out.backTo(payloadAt)) {
            return;
        }
        out.clear();
        begun = null;
        out.openWith(SCHEMA);
        if (schema == null) {
            out.nul();
        } else {
            out.value(texts.of(schema));
        }
        out.raw(PAYLOAD);
        begun = schema;
        payloadAt = out.length();
    }

    private WritePlan plan(@Nullable Schema schema) {
        if (schema == null) {
            return WritePlan.UNSCHEMED;
        }
        WritePlan plan = plans.get(schema);
        if (plan == null) {
            plan = WritePlan.of(schema, settings);
            if (schema instanceof SchemaBuilder) {
                // It may still be changed.
                return plan;
            }
            if (plans.size() >= mostPlans) {
                plans.clear();
            }
            plans.put(schema, plan);
        }
        return plan;
    }
}
