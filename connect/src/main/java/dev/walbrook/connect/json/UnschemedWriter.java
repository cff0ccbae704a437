package dev.walbrook.connect.json;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Writes values that have no schema: what they are is seen from their class. */
final class UnschemedWriter implements ValueWriter {

    @Override
    public void write(JsonOutput out, Object value) {
        if (value instanceof String text) {
            out.string(text);
        } else if (value instanceof Long number) {
            out.number(number.longValue());
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            out.number(((Number) value).intValue());
        } else if (value instanceof Boolean bool) {
            out.bool(bool);
        } else if (value instanceof Double number) {
            out.number(number.doubleValue());
        } else if (value instanceof Float number) {
            out.number(number.floatValue());
        } else if (value instanceof Map<?, ?> map) {
            if (MapWriter.hasStringKeys(map)) {
                MapWriter.writeObject(out, map, WritePlan.UNSCHEMED, WritePlan.UNSCHEMED);
            } else {
                MapWriter.writePairs(out, map, WritePlan.UNSCHEMED, WritePlan.UNSCHEMED);
            }
        } else if (value instanceof List<?> list) {
            ArrayWriter.write(out, list, WritePlan.UNSCHEMED);
        } else if (value instanceof byte[] || value instanceof ByteBuffer) {
            out.base64(WritePlan.bytes(value));
        } else if (value instanceof Struct) {
            throw new DataException("Mismatching schema.");
        } else {
            throw new DataException("Java " + value.getClass() + " does not have corresponding schema type.");
        }
    }
}
