package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.codec.Moment;
import dev.walbrook.postgres.codec.TemporalText;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** The representations of {@code timestamp} and {@code timestamptz}. */
final class Timestamps {

    private static final long MICROS_PER_MILLI = 1_000L;
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    /** What pgjdbc, and so Debezium, makes of an infinite timestamp, in milliseconds. */
    private static final long POSITIVE_INFINITY_MILLIS = 9_223_372_036_825_200_000L;

    private static final long NEGATIVE_INFINITY_MILLIS = -9_223_372_036_832_400_000L;

    /** The same two moments in ISO 8601. */
    private static final String POSITIVE_INFINITY_ISO = "+292278994-08-16T23:00:00Z";

    private static final String NEGATIVE_INFINITY_ISO = "-292275055-05-16T23:00:00Z";

    private Timestamps() {}

    static TypeMapping mapping(Representation.Times mode, SourceType type) {
        return switch (mode) {
            case ADAPTIVE, ADAPTIVE_TIME_MICROSECONDS ->
                type.scale() <= TimesOfDay.MILLI_DIGITS
                        ? TypeMapping.of(() -> named(SchemaBuilder.int64(), "Timestamp"), Timestamps::millis)
                        : micros();
            case MICROSECONDS -> micros();
            case NANOSECONDS -> TypeMapping.of(() -> named(SchemaBuilder.int64(), "NanoTimestamp"), Timestamps::nanos);
            case CONNECT ->
                TypeMapping.of(
                        Timestamp::builder,
                        (buffer, offset, length) -> Dates.connectDate(millis(buffer, offset, length)));
            case ISOSTRING -> TypeMapping.of(() -> named(SchemaBuilder.string(), "IsoTimestamp"), Timestamps::iso);
            case STRUCTURED ->
                TypeMapping.struct(StructuredTimes::timestamp, schema -> structured(schema, type.scale()));
        };
    }

    private static TypeMapping micros() {
        // The infinities are the ends of 64 bits here and there.
        return TypeMapping.of(() -> named(SchemaBuilder.int64(), "MicroTimestamp"), TemporalText::parseTimestamp);
    }

    private static SchemaBuilder named(SchemaBuilder schema, String name) {
        return schema.name("io.debezium.time." + name).version(1);
    }

    private static long millis(byte[] buffer, int offset, int length) {
        Moment moment = TemporalText.parseMoment(buffer, offset, length);
        if (moment.isPositiveInfinity()) {
            return POSITIVE_INFINITY_MILLIS;
        }
        if (moment.isNegativeInfinity()) {
            return NEGATIVE_INFINITY_MILLIS;
        }
        return moment.epochDay() * MILLIS_PER_DAY + moment.microOfDay() / MICROS_PER_MILLI;
    }

    /** Nanoseconds since 1970 reach from 1677 to 2262 only; what lies outside cannot be said. */
    private static long nanos(byte[] buffer, int offset, int length) {
        long micros = TemporalText.parseTimestamp(buffer, offset, length);
        return micros == TemporalText.POSITIVE_INFINITY || micros == TemporalText.NEGATIVE_INFINITY
                ? micros
                : Math.multiplyExact(micros, NANOS_PER_MICRO);
    }

    private static Object iso(byte[] buffer, int offset, int length) {
        Moment moment = TemporalText.parseMoment(buffer, offset, length);
        if (moment.isPositiveInfinity()) {
            return POSITIVE_INFINITY_ISO;
        }
        if (moment.isNegativeInfinity()) {
            return NEGATIVE_INFINITY_ISO;
        }
        StringBuilder text =
                IsoText.appendDate(new StringBuilder(28), moment.epochDay()).append('T');
        return IsoText.appendTime(text, moment.microOfDay()).append('Z').toString();
    }

    private static ValueDecoder structured(Schema schema, int precision) {
        List<Field> fields = schema.fields();
        return (buffer, offset, length) ->
                StructuredTimes.moment(schema, fields, 7, TemporalText.parseMoment(buffer, offset, length), precision);
    }

    static TypeMapping zonedMapping(Representation.Times mode, SourceType type) {
        int digits = type.scale();
        return mode == Representation.Times.STRUCTURED
                ? TypeMapping.struct(StructuredTimes::zonedTimestamp, schema -> structuredZoned(schema, digits))
                : TypeMapping.of(
                        () -> named(SchemaBuilder.string(), "ZonedTimestamp"),
                        (buffer, offset, length) -> utc(buffer, offset, length, digits));
    }

    private static String utc(byte[] buffer, int offset, int length, int digits) {
        Moment moment = TemporalText.parseMomentTz(buffer, offset, length);
        if (moment.isPositiveInfinity()) {
            return "infinity";
        }
        if (moment.isNegativeInfinity()) {
            return "-infinity";
        }
        StringBuilder text =
                IsoText.appendDate(new StringBuilder(28), moment.epochDay()).append('T');
        return IsoText.appendTime(text, moment.microOfDay(), digits).append('Z').toString();
    }

    private static ValueDecoder structuredZoned(Schema schema, int precision) {
        List<Field> fields = schema.fields();
        Field offsetSeconds = fields.get(7);
        Field zoneId = fields.get(8);
        return (buffer, offset, length) -> {
            Moment moment = TemporalText.parseMomentTz(buffer, offset, length);
            Struct struct = StructuredTimes.moment(schema, fields, 9, moment, precision);
            if (!moment.isPositiveInfinity() && !moment.isNegativeInfinity()) {
                struct.put(offsetSeconds, 0).put(zoneId, "Z");
            }
            return struct;
        };
    }
}
