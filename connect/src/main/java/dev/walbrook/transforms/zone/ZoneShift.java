package dev.walbrook.transforms.zone;

import dev.walbrook.transforms.event.Envelope;
import dev.walbrook.transforms.event.UnconvertibleException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Set;
import org.apache.kafka.connect.data.Field;

/**
 * Brings one time to a zone.
 *
 * @param zone the zone
 */
public record ZoneShift(ZoneId zone) {

    private static final String TIMESTAMP = "io.debezium.time.Timestamp";
    private static final String MICRO_TIMESTAMP = "io.debezium.time.MicroTimestamp";
    private static final String NANO_TIMESTAMP = "io.debezium.time.NanoTimestamp";
    private static final String ZONED_TIMESTAMP = "io.debezium.time.ZonedTimestamp";
    private static final String ZONED_TIME = "io.debezium.time.ZonedTime";
    private static final String CONNECT_TIMESTAMP = org.apache.kafka.connect.data.Timestamp.LOGICAL_NAME;

    private static final Set<String> TYPES =
            Set.of(TIMESTAMP, MICRO_TIMESTAMP, NANO_TIMESTAMP, ZONED_TIMESTAMP, ZONED_TIME, CONNECT_TIMESTAMP);

    /** The infinities of timestamps, which have no zone; they are what the connectors make of them in any unit. */
    private static final long POSITIVE_INFINITY = 9_223_372_036_825_200_000L;

    private static final long NEGATIVE_INFINITY = -9_223_372_036_832_400_000L;
    private static final Set<String> INFINITIES = Set.of("infinity", "-infinity");

    private static final long MILLIS = 1_000;
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;

    /** Whether times of a semantic type are converted. */
    public static boolean converts(String type) {
        return TYPES.contains(type);
    }

    /**
     * The field's value in the zone.
     *
     * @throws UnconvertibleException if it is no time of its type
     */
    public Object apply(Field field, Object value) {
        String type = field.schema().name();
        try {
            if (type == null) {
                return offsetAdded((Long) value, unit(field.name()));
            }
            return switch (type) {
                case TIMESTAMP -> instant((Long) value, MILLIS);
                case MICRO_TIMESTAMP -> instant((Long) value, MICROS);
                case NANO_TIMESTAMP -> instant((Long) value, NANOS);
                case CONNECT_TIMESTAMP -> connectTimestamp((Date) value);
                case ZONED_TIMESTAMP -> zonedTimestamp((String) value);
                case ZONED_TIME -> zonedTime((String) value);
                default -> value;
            };
        } catch (DateTimeException | ArithmeticException | ClassCastException e) {
            throw new UnconvertibleException(
                    "its field '" + field.name() + "' has no time that a zone can be applied to",
                    "Exclude the field with exclude.list.");
        }
    }

    private static long unit(String field) {
        return switch (field) {
            case Envelope.TS_US -> MICROS;
            case Envelope.TS_NS -> NANOS;
            default -> MILLIS;
        };
    }

    /** The instant at which it is that time in the zone. */
    private long instant(long time, long perSecond) {
        if (time == POSITIVE_INFINITY || time == NEGATIVE_INFINITY) {
            return time;
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(Math.floorDiv(time, perSecond), 0, ZoneOffset.UTC);
        return Math.subtractExact(time, seconds(zone.getRules().getOffset(local)) * perSecond);
    }

    /** The time of an instant as if the zone's clock showed UTC. */
    private long offsetAdded(long time, long perSecond) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(time, perSecond));
        return Math.addExact(time, seconds(zone.getRules().getOffset(instant)) * perSecond);
    }

    private static long seconds(ZoneOffset offset) {
        return offset.getTotalSeconds();
    }

    @SuppressWarnings("JavaUtilDate") // It is what Connect's Timestamp is made of.
    private Date connectTimestamp(Date time) {
        return new Date(instant(time.getTime(), MILLIS));
    }

    private String zonedTimestamp(String text) {
        if (INFINITIES.contains(text)) {
            return text;
        }
        OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        ZoneOffset offset = zone.getRules().getOffset(time.toInstant());
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.withOffsetSameInstant(offset));
    }

    /** A time of day has no date, so the offset is that of today. */
    private String zonedTime(String text) {
        OffsetTime time = OffsetTime.parse(text, DateTimeFormatter.ISO_OFFSET_TIME);
        ZoneOffset offset = zone.getRules().getOffset(Instant.now());
        return DateTimeFormatter.ISO_OFFSET_TIME.format(time.withOffsetSameInstant(offset));
    }
}
