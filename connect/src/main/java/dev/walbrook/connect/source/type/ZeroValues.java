package dev.walbrook.connect.source.type;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * What stands in a required field whose value PostgreSQL did not send: the columns beside the key in the {@code before} of a
 * delete. Debezium fills them with the column's default or else the type's zero.
 */
final class ZeroValues {

    /** Connect's own logical types, whose values are of one class. */
    private static final Set<String> DATES = Set.of(Date.LOGICAL_NAME, Time.LOGICAL_NAME, Timestamp.LOGICAL_NAME);

    private ZeroValues() {}

    @SuppressWarnings("JavaUtilDate") // Connect's own logical types are of that class.
    static Object of(Schema schema) {
        if (schema.defaultValue() != null) {
            return schema.defaultValue();
        }
        if (schema.name() != null && DATES.contains(schema.name())) {
            return new java.util.Date(0);
        }
        if (Decimal.LOGICAL_NAME.equals(schema.name())) {
            return new BigDecimal(
                    java.math.BigInteger.ZERO,
                    Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)));
        }
        return switch (schema.type()) {
            case INT8 -> (byte) 0;
            case INT16 -> (short) 0;
            case INT32 -> 0;
            case INT64 -> 0L;
            case FLOAT32 -> 0f;
            case FLOAT64 -> 0d;
            case BOOLEAN -> false;
            case STRING -> "";
            case BYTES -> ByteBuffer.wrap(new byte[0]);
            case ARRAY -> List.of();
            case MAP -> Map.of();
            case STRUCT -> {
                Struct zero = new Struct(schema);
                for (Field field : schema.fields()) {
                    if (!field.schema().isOptional()) {
                        zero.put(field, of(field.schema()));
                    }
                }
                yield zero;
            }
        };
    }
}
