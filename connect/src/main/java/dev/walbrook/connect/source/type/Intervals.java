package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.codec.Interval;
import dev.walbrook.postgres.codec.IntervalText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The representations of {@code interval}. */
final class Intervals {

    /** Debezium divides a month of an interval into days as 365.25 / 12. */
    private static final double DAYS_PER_MONTH = 365.25 / 12.0;

    private static final int NANOS_PER_MICRO = 1_000;

    private Intervals() {}

    /** In structured mode an interval is a structure, whatever {@code interval.handling.mode} says. */
    static TypeMapping mapping(Representation.Times times, Representation.Intervals mode, SourceType type) {
        if (times == Representation.Times.STRUCTURED) {
            return TypeMapping.struct(StructuredTimes::duration, schema -> structured(schema, type.scale()));
        }
        return switch (mode) {
            case NUMERIC ->
                TypeMapping.of(
                        () -> SchemaBuilder.int64()
                                .name("io.debezium.time.MicroDuration")
                                .version(1),
                        Intervals::micros);
            case STRING ->
                TypeMapping.of(
                        () -> SchemaBuilder.string()
                                .name("io.debezium.time.Interval")
                                .version(1),
                        Intervals::iso);
        };
    }

    /** Null for an infinite interval: any number would be a length of time that it is not. */
    private static @Nullable Object micros(byte[] buffer, int offset, int length) {
        Interval interval = IntervalText.parse(buffer, offset, length);
        if (isInfinite(interval)) {
            return null;
        }
        double days = interval.months() * DAYS_PER_MONTH + interval.days();
        return Math.addExact(Math.round(days * IsoText.MICROS_PER_DAY), interval.micros());
    }

    /** ISO 8601 has no infinite duration; PostgreSQL's own word for it is kept, as for timestamps. */
    private static Object iso(byte[] buffer, int offset, int length) {
        Interval interval = IntervalText.parse(buffer, offset, length);
        if (isInfinite(interval)) {
            return new String(buffer, offset, length, StandardCharsets.US_ASCII);
        }
        long seconds = interval.micros() / IsoText.MICROS_PER_SECOND;
        BigDecimal fraction = BigDecimal.valueOf(interval.micros() % (60 * IsoText.MICROS_PER_SECOND), 6);
        return "P" + interval.months() / 12 + 'Y' + interval.months() % 12 + 'M' + interval.days() + "DT"
                + seconds / 3600 + 'H' + seconds / 60 % 60 + 'M'
                + (fraction.signum() == 0 ? "0" : fraction.stripTrailingZeros().toPlainString()) + 'S';
    }

    private static ValueDecoder structured(Schema schema, int precision) {
        List<Field> fields = schema.fields();
        return (buffer, offset, length) -> {
            Interval interval = IntervalText.parse(buffer, offset, length);
            if (isInfinite(interval)) {
                return null;
            }
            long seconds = interval.micros() / IsoText.MICROS_PER_SECOND;
            int hours = Math.toIntExact(seconds / 3600);
            int nanos = (int) (interval.micros() % IsoText.MICROS_PER_SECOND) * NANOS_PER_MICRO;
            return new Struct(schema)
                    .put(fields.get(0), interval.months() / 12)
                    .put(fields.get(1), interval.months() % 12)
                    .put(fields.get(2), interval.days())
                    .put(fields.get(3), hours)
                    .put(fields.get(4), (int) (seconds / 60 % 60))
                    .put(fields.get(5), seconds % 60)
                    .put(fields.get(6), nanos)
                    .put(fields.get(7), precision);
        };
    }

    private static boolean isInfinite(Interval interval) {
        return interval.equals(Interval.POSITIVE_INFINITY) || interval.equals(Interval.NEGATIVE_INFINITY);
    }
}
