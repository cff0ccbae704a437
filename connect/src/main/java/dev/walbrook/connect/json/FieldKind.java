package dev.walbrook.connect.json;

import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/** What the values of a field are, as far as they can be left in the text. */
enum FieldKind {
    INT8,
    INT16,
    INT32,
    INT64,
    FLOAT32,
    FLOAT64,
    BOOLEAN,
    STRING,
    BYTES,
    DECIMAL,
    DATE,
    TIMESTAMP,
    STRUCT,
    /** Made at once. */
    OTHER;

    /** The kind of a schema's values. */
    static FieldKind of(Schema schema) {
        if (TreeValues.isLogical(schema)) {
            return ofLogical(schema);
        }
        return switch (schema.type()) {
            case INT8 -> INT8;
            case INT16 -> INT16;
            case INT32 -> INT32;
            case INT64 -> INT64;
            case FLOAT32 -> FLOAT32;
            case FLOAT64 -> FLOAT64;
            case BOOLEAN -> BOOLEAN;
            case STRING -> STRING;
            case BYTES -> BYTES;
            case STRUCT -> STRUCT;
            case ARRAY, MAP -> OTHER;
        };
    }

    /** A name goes with any type, and what comes of that is not for here. */
    private static FieldKind ofLogical(Schema schema) {
        String name = schema.name();
        if (Decimal.LOGICAL_NAME.equals(name) && schema.type() == Schema.Type.BYTES && hasScale(schema)) {
            return DECIMAL;
        }
        if (Date.LOGICAL_NAME.equals(name) && schema.type() == Schema.Type.INT32) {
            return DATE;
        }
        return Timestamp.LOGICAL_NAME.equals(name) && schema.type() == Schema.Type.INT64 ? TIMESTAMP : OTHER;
    }

    private static boolean hasScale(Schema schema) {
        try {
            scale(schema);
            return true;
        } catch (DataException | NumberFormatException e) {
            return false;
        }
    }

    /** A decimal's digits behind the point. */
    static int scale(Schema schema) {
        String scale = schema.parameters() == null ? null : schema.parameters().get(Decimal.SCALE_FIELD);
        if (scale == null) {
            throw new DataException("A decimal's schema has no scale.");
        }
        return Integer.parseInt(scale);
    }

    /** With up to so many digits, an integer is one of this kind; 0 for what is no integer. */
    int safeDigits() {
        return switch (this) {
            case INT8 -> 2;
            case INT16 -> 4;
            case INT32, DATE -> 9;
            case INT64, TIMESTAMP -> PlainNumber.LONG_DIGITS;
            default -> 0;
        };
    }
}
