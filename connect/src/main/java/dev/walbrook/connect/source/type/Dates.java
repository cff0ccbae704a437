package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.codec.TemporalText;
import java.util.List;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** The representations of {@code date}. */
final class Dates {

    private static final long MILLIS_PER_DAY = 86_400_000L;

    /**
     * The days that stand for the infinities where there is no word for them: those that Debezium's stream has, beyond all
     * dates of PostgreSQL.
     */
    private static final long POSITIVE_INFINITY_DAY = 2_146_033_979L;

    private static final long NEGATIVE_INFINITY_DAY = -2_147_472_691L;

    private Dates() {}

    static TypeMapping mapping(Representation.Times mode) {
        return switch (mode) {
            case ADAPTIVE, ADAPTIVE_TIME_MICROSECONDS, MICROSECONDS, NANOSECONDS ->
                TypeMapping.of(
                        () -> SchemaBuilder.int32()
                                .name("io.debezium.time.Date")
                                .version(1),
                        (buffer, offset, length) -> Math.toIntExact(day(buffer, offset, length)));
            case CONNECT ->
                TypeMapping.of(
                        Date::builder,
                        (buffer, offset, length) -> connectDate(day(buffer, offset, length) * MILLIS_PER_DAY));
            case ISOSTRING ->
                TypeMapping.of(
                        () -> SchemaBuilder.string()
                                .name("io.debezium.time.IsoDate")
                                .version(1),
                        (buffer, offset, length) -> IsoText.appendDate(
                                        new StringBuilder(11), day(buffer, offset, length))
                                .append('Z')
                                .toString());
            case STRUCTURED -> TypeMapping.struct(StructuredTimes::date, Dates::structured);
        };
    }

    /** What Connect's own date, time and timestamp hold. */
    @SuppressWarnings("JavaUtilDate") // Connect's own logical types are of that class.
    static java.util.Date connectDate(long millis) {
        return new java.util.Date(millis);
    }

    private static long day(byte[] buffer, int offset, int length) {
        long day = TemporalText.parseDate(buffer, offset, length);
        if (day == TemporalText.POSITIVE_INFINITY) {
            return POSITIVE_INFINITY_DAY;
        }
        return day == TemporalText.NEGATIVE_INFINITY ? NEGATIVE_INFINITY_DAY : day;
    }

    private static ValueDecoder structured(Schema schema) {
        List<Field> fields = schema.fields();
        return (buffer, offset, length) -> {
            long day = TemporalText.parseDate(buffer, offset, length);
            Struct struct = new Struct(schema);
            if (day == TemporalText.POSITIVE_INFINITY || day == TemporalText.NEGATIVE_INFINITY) {
                return struct.put(fields.get(3), StructuredTimes.infinity(day == TemporalText.POSITIVE_INFINITY));
            }
            StructuredTimes.putDate(struct, fields, day);
            return struct;
        };
    }
}
