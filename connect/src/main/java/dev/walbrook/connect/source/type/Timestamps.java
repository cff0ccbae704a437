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

    /**
     * What stands for the infinities where there is no word for them. What pgjdbc makes of them in milliseconds is what
     * Debezium has; before 3.7 it took those for microseconds.
     */
    private record Infinities(
            long positiveMillis,
            long negativeMillis,
            long positiveMicros,
            long negativeMicros,
            String positiveIso,
            String negativeIso) {

        static final Infinities SINCE_3_7 = new Infinities(
                9_223_372_036_825_200_000L,
                -9_223_372_036_832_400_000L,
                TemporalText.POSITIVE_INFINITY,
                TemporalText.NEGATIVE_INFINITY,
                "+292278994-08-16T23:00:00Z",
                "-292275055-05-16T23:00:00Z");

        static final Infinities BEFORE_3_7 = new Infinities(
                9_223_372_036_825_200L,
                -9_223_372_036_832_400L,
                9_223_372_036_825_200_000L,
                -9_223_372_036_832_400_000L,
                "+294247-01-10T04:00:25.2Z",
                "-290308-12-21T19:59:27.6Z");
    }

    private Timestamps() {}

    static TypeMapping mapping(Representation representation, SourceType type) {
        Infinities infinities = representation.level().isAtLeast(CompatibilityLevel.V3_7)
                ? Infinities.SINCE_3_7
                : Infinities.BEFORE_3_7;
        return switch (representation.times()) {
            case ADAPTIVE, ADAPTIVE_TIME_MICROSECONDS ->
                type.scale() <= TimesOfDay.MILLI_DIGITS
                        ? TypeMapping.of(
                                () -> named(SchemaBuilder.int64(), "Timestamp"),
                                (buffer, offset, length) -> millis(buffer, offset, length, infinities))
                        : micros(infinities);
            case MICROSECONDS -> micros(infinities);
            case NANOSECONDS -> TypeMapping.of(() -> named(SchemaBuilder.int64(), "NanoTimestamp"), Timestamps::nanos);
            case CONNECT ->
                TypeMapping.of(
                        Timestamp::builder,
                        (buffer, offset, length) -> Dates.connectDate(millis(buffer, offset, length, infinities)));
            case ISOSTRING ->
                TypeMapping.of(
                        () -> named(SchemaBuilder.string(), "IsoTimestamp"),
                        (buffer, offset, length) -> iso(buffer, offset, length, infinities));
            case STRUCTURED ->
                TypeMapping.struct(StructuredTimes::timestamp, schema -> structured(schema, type.scale()));
        };
    }

    private static TypeMapping micros(Infinities infinities) {
        return TypeMapping.of(
                        () -> named(SchemaBuilder.int64(), "MicroTimestamp"),
                        (buffer, offset, length) -> micros(buffer, offset, length, infinities))
                .withForm(TextForm.MICROS);
    }

    private static SchemaBuilder named(SchemaBuilder schema, String name) {
        return schema.name("io.debezium.time." + name).version(1);
    }

    private static long millis(byte[] buffer, int offset, int length, Infinities infinities) {
        Moment moment = TemporalText.parseMoment(buffer, offset, length);
        if (moment.isPositiveInfinity()) {
            return infinities.positiveMillis();
        }
        if (moment.isNegativeInfinity()) {
            return infinities.negativeMillis();
        }
        return moment.epochDay() * MILLIS_PER_DAY + moment.microOfDay() / MICROS_PER_MILLI;
    }

    private static long micros(byte[] buffer, int offset, int length, Infinities infinities) {
        long micros = TemporalText.parseTimestamp(buffer, offset, length);
        if (micros == TemporalText.POSITIVE_INFINITY) {
            return infinities.positiveMicros();
        }
        return micros == TemporalText.NEGATIVE_INFINITY ? infinities.negativeMicros() : micros;
    }

    /** Nanoseconds since 1970 reach from 1677 to 2262 only; what lies outside cannot be said. */
    private static long nanos(byte[] buffer, int offset, int length) {
        long micros = TemporalText.parseTimestamp(buffer, offset, length);
        return micros == TemporalText.POSITIVE_INFINITY || micros == TemporalText.NEGATIVE_INFINITY
                ? micros
                : Math.multiplyExact(micros, NANOS_PER_MICRO);
    }

    private static Object iso(byte[] buffer, int offset, int length, Infinities infinities) {
        Moment moment = TemporalText.parseMoment(buffer, offset, length);
        if (moment.isPositiveInfinity()) {
            return infinities.positiveIso();
        }
        if (moment.isNegativeInfinity()) {
            return infinities.negativeIso();
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
                                (buffer, offset, length) -> utc(buffer, offset, length, digits))
                        .withForm(new TextForm.Utc(digits));
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
