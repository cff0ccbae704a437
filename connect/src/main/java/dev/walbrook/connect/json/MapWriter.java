package dev.walbrook.connect.json;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Writes maps: those whose keys are strings as objects, others as arrays of pairs. */
final class MapWriter implements ValueWriter {

    private final Schema schema;
    private final ConverterSettings settings;
    private @Nullable WritePlan keys;
    private @Nullable WritePlan values;

    MapWriter(Schema schema, ConverterSettings settings) {
        this.schema = schema;
        this.settings = settings;
    }

    @Override
    public void write(JsonOutput out, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw WritePlan.misfit(Schema.Type.MAP, value);
        }
        boolean object = schema.keySchema().type() == Schema.Type.STRING;
        WritePlan keyPlan = keys;
        if (keyPlan == null) {
            keyPlan = WritePlan.of(schema.keySchema(), settings);
            keys = keyPlan;
        }
        WritePlan valuePlan = values;
        if (valuePlan == null) {
            valuePlan = WritePlan.of(schema.valueSchema(), settings);
            values = valuePlan;
        }
        if (!object) {
            writePairs(out, map, keyPlan, valuePlan);
        } else if (hasStringKeys(map) && schema.keySchema().name() == null) {
            writeObject(out, map, keyPlan, valuePlan);
        } else {
            writeMerged(out, map, keyPlan, valuePlan);
        }
    }

    static boolean hasStringKeys(Map<?, ?> map) {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                return false;
            }
        }
        return true;
    }

    /** Writes a map whose keys are strings. */
    static void writeObject(JsonOutput out, Map<?, ?> map, WritePlan keys, WritePlan values) {
        if (map instanceof IdentityHashMap) {
            // It can hold equal strings.
            writeMerged(out, map, keys, values);
            return;
        }
        out.open('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            out.string((String) entry.getKey());
            out.ascii(':');
            values.write(out, entry.getValue());
        }
        out.close('}');
    }

    /** Writes a map in which different keys can be the same text: the first gives the place, the last the value. */
    private static void writeMerged(JsonOutput out, Map<?, ?> map, WritePlan keys, WritePlan values) {
        Map<String, JsonText> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = keys.memberName(entry.getKey());
            JsonOutput member = new JsonOutput();
            values.write(member, entry.getValue());
            members.put(name, member.toText());
        }
        out.open('{');
        boolean first = true;
        for (Map.Entry<String, JsonText> member : members.entrySet()) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            out.string(member.getKey());
            out.ascii(':');
            out.value(member.getValue());
        }
        out.close('}');
    }

    static void writePairs(JsonOutput out, Map<?, ?> map, WritePlan keys, WritePlan values) {
        out.open('[');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            out.open('[');
            keys.write(out, entry.getKey());
            out.ascii(',');
            values.write(out, entry.getValue());
            out.close(']');
        }
        out.close(']');
    }
}
