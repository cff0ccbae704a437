package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.codec.Moment;
import java.time.LocalDate;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** The structures of {@code time.precision.mode=structured}: every part of a date or time in a field of its own. */
final class StructuredTimes {

    private static final String SPECIAL_VALUE = "specialValue";
    private static final String PRECISION = "precision";
    private static final int NANOS_PER_MICRO = 1_000;

    private StructuredTimes() {}

    static SchemaBuilder date() {
        return dateFields(named("StructuredDate")).field(SPECIAL_VALUE, Schema.OPTIONAL_STRING_SCHEMA);
    }

    static SchemaBuilder time() {
        return timeFields(named("StructuredTime")).field(PRECISION, Schema.OPTIONAL_INT32_SCHEMA);
    }

    static SchemaBuilder zonedTime() {
        return timeFields(named("StructuredZonedTime"))
                .field("offsetSeconds", Schema.OPTIONAL_INT32_SCHEMA)
                .field(PRECISION, Schema.OPTIONAL_INT32_SCHEMA);
    }

    static SchemaBuilder timestamp() {
        return special(timeFields(dateFields(named("StructuredTimestamp"))));
    }

    static SchemaBuilder zonedTimestamp() {
        return special(timeFields(dateFields(named("StructuredZonedTimestamp")))
                .field("offsetSeconds", Schema.OPTIONAL_INT32_SCHEMA)
                .field("zoneId", Schema.OPTIONAL_STRING_SCHEMA));
    }

    static SchemaBuilder duration() {
        return named("StructuredDuration")
                .field("years", Schema.OPTIONAL_INT32_SCHEMA)
                .field("months", Schema.OPTIONAL_INT32_SCHEMA)
                .field("days", Schema.OPTIONAL_INT32_SCHEMA)
                .field("hours", Schema.OPTIONAL_INT32_SCHEMA)
                .field("minutes", Schema.OPTIONAL_INT32_SCHEMA)
                .field("seconds", Schema.OPTIONAL_INT64_SCHEMA)
                .field("nanos", Schema.OPTIONAL_INT32_SCHEMA)
                .field(PRECISION, Schema.OPTIONAL_INT32_SCHEMA);
    }

    private static SchemaBuilder named(String name) {
        return SchemaBuilder.struct().name("io.debezium.time." + name).version(1);
    }

    private static SchemaBuilder dateFields(SchemaBuilder schema) {
        return schema.field("year", Schema.OPTIONAL_INT32_SCHEMA)
                .field("month", Schema.OPTIONAL_INT8_SCHEMA)
                .field("day", Schema.OPTIONAL_INT8_SCHEMA);
    }

    private static SchemaBuilder timeFields(SchemaBuilder schema) {
        return schema.field("hour", Schema.OPTIONAL_INT8_SCHEMA)
                .field("minute", Schema.OPTIONAL_INT8_SCHEMA)
                .field("second", Schema.OPTIONAL_INT8_SCHEMA)
                .field("nanos", Schema.OPTIONAL_INT32_SCHEMA);
    }

    private static SchemaBuilder special(SchemaBuilder schema) {
        return schema.field(SPECIAL_VALUE, Schema.OPTIONAL_STRING_SCHEMA)
                .field(PRECISION, Schema.OPTIONAL_INT32_SCHEMA);
    }

    /** Puts year, month and day into the first three fields. */
    static void putDate(Struct struct, List<Field> fields, long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        struct.put(fields.get(0), date.getYear());
        struct.put(fields.get(1), (byte) date.getMonthValue());
        struct.put(fields.get(2), (byte) date.getDayOfMonth());
    }

    /** Puts hour, minute, second and nanoseconds into four fields, the first of which is given. */
    static void putTime(Struct struct, List<Field> fields, int first, long microOfDay) {
        long second = microOfDay / IsoText.MICROS_PER_SECOND;
        struct.put(fields.get(first), (byte) (second / 3600));
        struct.put(fields.get(first + 1), (byte) (second / 60 % 60));
        struct.put(fields.get(first + 2), (byte) (second % 60));
        struct.put(fields.get(first + 3), (int) (microOfDay % IsoText.MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    /** The word for an infinity. */
    static String infinity(boolean positive) {
        return positive ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY";
    }

    /** Puts all of a moment, or what it is if it is infinite, and the precision in the last field. */
    static Struct moment(Schema schema, List<Field> fields, int specialValue, Moment moment, int precision) {
        Struct struct = new Struct(schema);
        if (moment.isPositiveInfinity() || moment.isNegativeInfinity()) {
            struct.put(fields.get(specialValue), infinity(moment.isPositiveInfinity()));
        } else {
            putDate(struct, fields, moment.epochDay());
            putTime(struct, fields, 3, moment.microOfDay());
        }
        return struct.put(fields.get(specialValue + 1), precision);
    }
}
