package dev.walbrook.connect.json;

/** How a decimal is written; named as the values of the property are. */
enum DecimalFormat {
    /** Its unscaled value's bytes as a string; the scale stands in the schema. */
    BASE64,
    /** A JSON number. */
    NUMERIC
}
