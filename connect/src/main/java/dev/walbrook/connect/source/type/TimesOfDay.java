package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.codec.TemporalText;
import dev.walbrook.postgres.codec.ZonedTime;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;

/** The representations of {@code time} and {@code timetz}. */
final class TimesOfDay {

    /** The most fractional digits a value in milliseconds can hold. */
    static final int MILLI_DIGITS = 3;

    private static final long MICROS_PER_MILLI = 1_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private TimesOfDay() {}

    static TypeMapping mapping(Representation.Times mode, SourceType type) {
        return switch (mode) {
            case ADAPTIVE -> type.scale() <= MILLI_DIGITS ? millis() : micros();
            case ADAPTIVE_TIME_MICROSECONDS, MICROSECONDS -> micros();
            case NANOSECONDS ->
                TypeMapping.of(
                        () -> SchemaBuilder.int64()
                                .name("io.debezium.time.NanoTime")
                                .version(1),
                        (buffer, offset, length) -> TemporalText.parseTime(buffer, offset, length) * NANOS_PER_MICRO);
            case CONNECT ->
                TypeMapping.of(
                        Time::builder,
                        (buffer, offset, length) ->
                                Dates.connectDate(TemporalText.parseTime(buffer, offset, length) / MICROS_PER_MILLI));
            case ISOSTRING ->
                TypeMapping.of(
                        () -> SchemaBuilder.string()
                                .name("io.debezium.time.IsoTime")
                                .version(1),
                        TimesOfDay::iso);
            case STRUCTURED -> TypeMapping.struct(StructuredTimes::time, schema -> structured(schema, type.scale()));
        };
    }

    private static TypeMapping millis() {
        return TypeMapping.of(
                () -> SchemaBuilder.int32().name("io.debezium.time.Time").version(1),
                (buffer, offset, length) -> (int) (TemporalText.parseTime(buffer, offset, length) / MICROS_PER_MILLI));
    }

    private static TypeMapping micros() {
        return TypeMapping.of(
                () -> SchemaBuilder.int64().name("io.debezium.time.MicroTime").version(1), TemporalText::parseTime);
    }

    /** What reads ISO 8601 knows no 24th hour: the end of the day is written as its start. */
    private static Object iso(byte[] buffer, int offset, int length) {
        return iso(TemporalText.parseTime(buffer, offset, length) % IsoText.MICROS_PER_DAY);
    }

    private static String iso(long microOfDay) {
        return IsoText.appendTime(new StringBuilder(16), microOfDay).append('Z').toString();
    }

    private static ValueDecoder structured(Schema schema, int precision) {
        List<Field> fields = schema.fields();
        return (buffer, offset, length) -> {
            Struct struct = new Struct(schema);
            StructuredTimes.putTime(struct, fields, 0, TemporalText.parseTime(buffer, offset, length));
            return struct.put(fields.get(4), precision);
        };
    }

    static TypeMapping zonedMapping(Representation representation, SourceType type) {
        // Before 3.7 the end of the day was its start.
        ValueDecoder decoder = representation.level().isAtLeast(CompatibilityLevel.V3_7)
                ? (buffer, offset, length) -> iso(utc(buffer, offset, length))
                : (buffer, offset, length) -> iso(utc(buffer, offset, length) % IsoText.MICROS_PER_DAY);
        return representation.times() == Representation.Times.STRUCTURED
                ? TypeMapping.struct(StructuredTimes::zonedTime, schema -> structuredZoned(schema, type.scale()))
                : TypeMapping.of(
                        () -> SchemaBuilder.string()
                                .name("io.debezium.time.ZonedTime")
                                .version(1),
                        decoder);
    }

    private static long utc(byte[] buffer, int offset, int length) {
        ZonedTime time = TemporalText.parseTimeTz(buffer, offset, length);
        return time.offsetSeconds() == 0
                ? time.micros()
                : Math.floorMod(
                        time.micros() - time.offsetSeconds() * IsoText.MICROS_PER_SECOND, IsoText.MICROS_PER_DAY);
    }

    private static ValueDecoder structuredZoned(Schema schema, int precision) {
        List<Field> fields = schema.fields();
        return (buffer, offset, length) -> {
            ZonedTime time = TemporalText.parseTimeTz(buffer, offset, length);
            Struct struct = new Struct(schema);
            StructuredTimes.putTime(struct, fields, 0, time.micros());
            return struct.put(fields.get(4), time.offsetSeconds()).put(fields.get(5), precision);
        };
    }
}
