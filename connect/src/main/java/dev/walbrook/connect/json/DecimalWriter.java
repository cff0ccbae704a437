package dev.walbrook.connect.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Writes {@link Decimal}s. */
final class DecimalWriter implements ValueWriter {

    private final Schema schema;
    private final DecimalFormat format;

    /** How many digits after the point the schema says; null if it says nothing that is a number. */
    private final @Nullable Integer scale;

    DecimalWriter(Schema schema, DecimalFormat format) {
        this.schema = schema;
        this.format = format;
        this.scale = scale(schema);
    }

    private static @Nullable Integer scale(Schema schema) {
        Map<String, String> parameters = schema.parameters();
        String text = parameters == null ? null : parameters.get(Decimal.SCALE_FIELD);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public void write(JsonOutput out, Object value) {
        if (!(value instanceof BigDecimal number)) {
            throw new DataException("Invalid type for Decimal, expected BigDecimal but was " + value.getClass());
        }
        if (format == DecimalFormat.NUMERIC) {
            out.ascii(number.toString());
        } else if (scale == null || number.scale() != scale) {
            // Connect's own conversion refuses it and says why.
            out.base64(Decimal.fromLogical(schema, number));
        } else {
            BigInteger unscaled = number.unscaledValue();
            if (unscaled.bitLength() < Long.SIZE) {
                out.base64(unscaled.longValue());
            } else {
                out.base64(unscaled.toByteArray());
            }
        }
    }
}
