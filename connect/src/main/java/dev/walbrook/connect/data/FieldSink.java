package dev.walbrook.connect.data;

import org.jspecify.annotations.Nullable;

/** Takes the value of a struct's field in whichever form it is there. */
public interface FieldSink {

    /** The value itself, or null, as {@link org.apache.kafka.connect.data.Struct#getWithoutDefault} returns it. */
    void value(@Nullable Object value);

    /** An integer; the field is INT8, INT16, INT32 or INT64 and of no logical type of Connect's. */
    void integer(long value);

    /** An integer as its decimal digits without leading zeros, perhaps behind a minus sign. */
    void integer(byte[] text, int offset, int length);

    /** A boolean. */
    void bool(boolean value);

    /** A string in UTF-8. */
    void string(byte[] utf8, int offset, int length);

    /**
     * A {@link org.apache.kafka.connect.data.Decimal} as decimal digits, with as many behind the point as the schema's scale,
     * at most 18 in all.
     */
    void decimal(byte[] text, int offset, int length);

    /** A {@link org.apache.kafka.connect.data.Decimal}, said as its unscaled value and its schema's scale. */
    void decimal(long unscaled, int scale);
}
