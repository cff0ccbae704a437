package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.codec.Interval;
import dev.walbrook.postgres.codec.IntervalText;
import dev.walbrook.postgres.codec.TemporalText;
import dev.walbrook.postgres.codec.ZonedTime;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The representations of dates, times, timestamps and intervals. */
final class Temporals {

    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long MICROS_PER_MILLI = 1_000L;
    private static final long SECONDS_PER_DAY = 86_400L;
    private static final long MICROS_PER_DAY = SECONDS_PER_DAY * MICROS_PER_SECOND;
    /** The most fractional digits a value in milliseconds can hold. */
    private static final int MILLI_DIGITS = 3;

    /** What pgjdbc, and so Debezium, makes of an infinite timestamp, in milliseconds. */
    private static final long POSITIVE_INFINITY_MILLIS = 9_223_372_036_825_200_000L;

    private static final long NEGATIVE_INFINITY_MILLIS = -9_223_372_036_832_400_000L;
    /** Debezium divides a month of an interval into days as 365.25 / 12. */
    private static final double DAYS_PER_MONTH = 365.25 / 12.0;

    private Temporals() {}

    static SchemaBuilder dateSchema() {
        return SchemaBuilder.int32().name("io.debezium.time.Date").version(1);
    }

    static Object date(byte[] buffer, int offset, int length) {
        long days = TemporalText.parseDate(buffer, offset, length);
        if (days == TemporalText.POSITIVE_INFINITY) {
            return Integer.MAX_VALUE;
        }
        return days == TemporalText.NEGATIVE_INFINITY ? Integer.MIN_VALUE : (Object) Math.toIntExact(days);
    }

    static SchemaBuilder timeSchema(SourceType type) {
        return type.scale() <= MILLI_DIGITS
                ? SchemaBuilder.int32().name("io.debezium.time.Time").version(1)
                : SchemaBuilder.int64().name("io.debezium.time.MicroTime").version(1);
    }

    static ValueDecoder timeDecoder(SourceType type) {
        return type.scale() <= MILLI_DIGITS
                ? (buffer, offset, length) -> (int) (TemporalText.parseTime(buffer, offset, length) / MICROS_PER_MILLI)
                : TemporalText::parseTime;
    }

    static SchemaBuilder timestampSchema(SourceType type) {
        return type.scale() <= MILLI_DIGITS
                ? SchemaBuilder.int64().name("io.debezium.time.Timestamp").version(1)
                : SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").version(1);
    }

    static ValueDecoder timestampDecoder(SourceType type) {
        boolean millis = type.scale() <= MILLI_DIGITS;
        return (buffer, offset, length) -> {
            long micros = TemporalText.parseTimestamp(buffer, offset, length);
            if (micros == TemporalText.POSITIVE_INFINITY) {
                return POSITIVE_INFINITY_MILLIS;
            }
            if (micros == TemporalText.NEGATIVE_INFINITY) {
                return NEGATIVE_INFINITY_MILLIS;
            }
            return millis ? Math.floorDiv(micros, MICROS_PER_MILLI) : micros;
        };
    }

    static SchemaBuilder timestampTzSchema() {
        return SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp").version(1);
    }

    static ValueDecoder timestampTzDecoder(SourceType type) {
        int digits = type.scale();
        return (buffer, offset, length) -> {
            long micros = TemporalText.parseTimestampTz(buffer, offset, length);
            if (micros == TemporalText.POSITIVE_INFINITY) {
                return "infinity";
            }
            if (micros == TemporalText.NEGATIVE_INFINITY) {
                return "-infinity";
            }
            StringBuilder text = new StringBuilder(28);
            long day = Math.floorDiv(micros, MICROS_PER_DAY);
            // ISO 8601 as java.time prints it: a sign before years that have not four digits, year 0 is 1 BC.
            text.append(LocalDate.ofEpochDay(day)).append('T');
            long microOfDay = Math.floorMod(micros, MICROS_PER_DAY);
            appendSeconds(text, microOfDay / MICROS_PER_SECOND);
            appendFraction(text, (int) (microOfDay % MICROS_PER_SECOND), digits);
            return text.append('Z').toString();
        };
    }

    static SchemaBuilder timeTzSchema() {
        return SchemaBuilder.string().name("io.debezium.time.ZonedTime").version(1);
    }

    static Object timeTz(byte[] buffer, int offset, int length) {
        ZonedTime time = TemporalText.parseTimeTz(buffer, offset, length);
        long utc = Math.floorMod(time.micros() - time.offsetSeconds() * MICROS_PER_SECOND, MICROS_PER_DAY);
        StringBuilder text = new StringBuilder(16);
        appendSeconds(text, utc / MICROS_PER_SECOND);
        int micros = (int) (utc % MICROS_PER_SECOND);
        if (micros != 0) {
            appendFraction(text, micros, 6);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text.append('Z').toString();
    }

    static SchemaBuilder intervalSchema(Representation.Intervals mode) {
        return switch (mode) {
            case NUMERIC ->
                SchemaBuilder.int64().name("io.debezium.time.MicroDuration").version(1);
            case STRING ->
                SchemaBuilder.string().name("io.debezium.time.Interval").version(1);
        };
    }

    static ValueDecoder intervalDecoder(Representation.Intervals mode) {
        return switch (mode) {
            case NUMERIC -> (buffer, offset, length) -> micros(IntervalText.parse(buffer, offset, length));
            case STRING -> (buffer, offset, length) -> iso(IntervalText.parse(buffer, offset, length));
        };
    }

    private static long micros(Interval interval) {
        double days = interval.months() * DAYS_PER_MONTH + interval.days();
        return Math.round(days * MICROS_PER_DAY) + interval.micros();
    }

    private static String iso(Interval interval) {
        long seconds = interval.micros() / MICROS_PER_SECOND;
        BigDecimal fraction = BigDecimal.valueOf(interval.micros() % (60 * MICROS_PER_SECOND), 6);
        return "P" + interval.months() / 12 + 'Y' + interval.months() % 12 + 'M' + interval.days() + "DT"
                + seconds / 3600 + 'H' + seconds / 60 % 60 + 'M'
                + (fraction.signum() == 0 ? "0" : fraction.stripTrailingZeros().toPlainString()) + 'S';
    }

    private static void appendSeconds(StringBuilder text, long secondOfDay) {
        appendTwoDigits(text, (int) (secondOfDay / 3600)).append(':');
        appendTwoDigits(text, (int) (secondOfDay / 60 % 60)).append(':');
        appendTwoDigits(text, (int) (secondOfDay % 60));
    }

    private static void appendFraction(StringBuilder text, int micros, int digits) {
        if (digits > 0) {
            text.append('.');
            int divisor = 100_000;
            for (int i = 0; i < digits; i++) {
                text.append((char) ('0' + micros / divisor % 10));
                divisor /= 10;
            }
        }
    }

    private static StringBuilder appendTwoDigits(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
