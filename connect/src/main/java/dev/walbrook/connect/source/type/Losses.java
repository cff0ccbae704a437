package dev.walbrook.connect.source.type;

import dev.walbrook.capture.CapturedColumn;
import dev.walbrook.postgres.codec.ArrayText;
import dev.walbrook.postgres.codec.GeometricText;
import dev.walbrook.postgres.codec.Interval;
import dev.walbrook.postgres.codec.IntervalText;
import dev.walbrook.postgres.codec.Moment;
import dev.walbrook.postgres.codec.NumberText;
import dev.walbrook.postgres.codec.TemporalText;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Which values of which types the event format cannot express, or Kafka's JsonConverter does not bring back. Types that
 * lose nothing have no check, so that they cost nothing.
 */
final class Losses {

    private static final byte DELIMITER = ',';
    /** A double brings back every decimal number of up to 15 digits; more bytes of text may hold more digits. */
    private static final int DIGITS_OF_DOUBLE = 15;

    private static final int MILLI_DIGITS = 3;
    /** From so many whole days on before or after 1970, nanoseconds may not fit 64 bits. */
    private static final int DAYS_OF_NANOS = 106_751;

    private Losses() {}

    /**
     * The check for a column that has a mapping of its own.
     *
     * @return null if no value of it loses anything
     */
    static @Nullable LossCheck of(CapturedColumn column, SourceType type, Representation representation) {
        return column.elementType() == null
                ? ofScalar(type, representation)
                : ofArray(ofScalar(
                        new SourceType(column.elementType().name(), type.length(), type.scale()), representation));
    }

    static @Nullable LossCheck ofScalar(SourceType type, Representation representation) {
        return switch (type.name()) {
            case "float4", "float8" -> Losses::floats;
            case "numeric" -> numeric(type, representation.decimals());
            case "money" -> money(representation);
            case "varbit" -> varbit(type);
            case "time" -> time(type, representation.times());
            case "timetz" -> representation.times() == Representation.Times.STRUCTURED ? null : Losses::timeTz;
            case "timestamp" -> timestamp(type, representation.times());
            case "interval" ->
                representation.intervals() == Representation.Intervals.NUMERIC
                                && representation.times() != Representation.Times.STRUCTURED
                        ? Losses::interval
                        : null;
            case "point", "line", "circle" -> Losses::coordinates;
            // The shapes travel as bytes alone, in which the end of a polygon's outline repeats its start.
            case "polygon" -> Losses::closedPolygon;
            default -> null;
        };
    }

    /** An array is a list: neither more than one dimension nor a lower bound other than 1 has a place in it. */
    static LossCheck ofArray(@Nullable LossCheck element) {
        return element == null
                ? Losses::shape
                : (buffer, offset, length) ->
                        shape(buffer, offset, length) || anyElement(buffer, offset, length, element);
    }

    private static boolean shape(byte[] buffer, int offset, int length) {
        return length > 1 && (buffer[offset] == '[' || buffer[offset + 1] == '{');
    }

    private static boolean anyElement(byte[] array, int start, int size, LossCheck check) {
        var elements = new ArrayText.ElementHandler() {
            private boolean lossy;

            @Override
            public void element(byte[] buffer, int offset, int length) {
                lossy = lossy || check.isLossy(buffer, offset, length);
            }

            @Override
            public void nullElement() {
                // A null is a null.
            }
        };
        ArrayText.parse(array, start, size, DELIMITER, elements);
        return elements.lossy;
    }

    /** JSON has neither NaN nor the infinities, and JsonConverter's BigDecimal has no negative zero. */
    private static boolean floats(byte[] buffer, int offset, int length) {
        return NumberText.isSpecial(buffer, offset, length)
                || (length == 2 && buffer[offset] == '-' && buffer[offset + 1] == '0');
    }

    private static boolean coordinates(byte[] buffer, int offset, int length) {
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte b = buffer[i];
            if (b == 'N' || b == 'I') {
                return true;
            }
            if (b == '-' && i + 2 < end && buffer[i + 1] == '0' && isEndOfNumber(buffer[i + 2])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEndOfNumber(byte b) {
        return b != '.' && b != 'e' && (b < '0' || b > '9');
    }

    private static @Nullable LossCheck numeric(SourceType type, Representation.Decimals mode) {
        boolean variableScale = type.hasVariableScale();
        return switch (mode) {
            case STRING -> null;
            case PRECISE ->
                variableScale
                        ? (buffer, offset, length) ->
                                NumberText.isSpecial(buffer, offset, length) || hasTrailingZeros(buffer, offset, length)
                        : NumberText::isSpecial;
            case DOUBLE ->
                (buffer, offset, length) -> NumberText.isSpecial(buffer, offset, length)
                        || (variableScale && hasTrailingZeros(buffer, offset, length))
                        || !isDouble(buffer, offset, length);
        };
    }

    /** Digits that make no difference to the number but are part of the value, as in 1.50. */
    private static boolean hasTrailingZeros(byte[] buffer, int offset, int length) {
        if (buffer[offset + length - 1] != '0') {
            return false;
        }
        for (int i = offset + length - 2; i >= offset; i--) {
            if (buffer[i] == '.') {
                return true;
            }
        }
        return false;
    }

    private static boolean isDouble(byte[] buffer, int offset, int length) {
        if (length <= DIGITS_OF_DOUBLE) {
            return true;
        }
        return isDouble(NumberText.parseNumeric(buffer, offset, length));
    }

    private static boolean isDouble(BigDecimal exact) {
        double nearest = exact.doubleValue();
        // The shortest decimal that stands for the double is what is written for it.
        return !Double.isInfinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(exact) == 0;
    }

    private static @Nullable LossCheck money(Representation representation) {
        int scale = representation.moneyScale();
        return switch (representation.decimals()) {
            case STRING -> null;
            case PRECISE ->
                (buffer, offset, length) -> NumberText.parseMoney(buffer, offset, length)
                                .stripTrailingZeros()
                                .scale()
                        > scale;
            case DOUBLE -> (buffer, offset, length) -> !isDouble(NumberText.parseMoney(buffer, offset, length));
        };
    }

    private static LossCheck varbit(SourceType type) {
        return type.length() == 1
                ? (buffer, offset, length) -> length == 0
                : (buffer, offset, length) -> length == 0 || (length > 1 && buffer[offset] == '0');
    }

    private static @Nullable LossCheck time(SourceType type, Representation.Times mode) {
        return switch (mode) {
            case CONNECT -> type.scale() > MILLI_DIGITS ? Losses::hasMicros : null;
            case ISOSTRING -> (buffer, offset, length) -> buffer[offset] == '2' && buffer[offset + 1] == '4';
            case ADAPTIVE, ADAPTIVE_TIME_MICROSECONDS, MICROSECONDS, NANOSECONDS, STRUCTURED -> null;
        };
    }

    private static @Nullable LossCheck timestamp(SourceType type, Representation.Times mode) {
        return switch (mode) {
            case CONNECT -> type.scale() > MILLI_DIGITS ? Losses::hasMicros : null;
            case NANOSECONDS -> Losses::beyondNanos;
            case ADAPTIVE, ADAPTIVE_TIME_MICROSECONDS, MICROSECONDS, ISOSTRING, STRUCTURED -> null;
        };
    }

    /** Whether there are digits behind those of milliseconds. PostgreSQL prints no zeros at the end of a fraction. */
    private static boolean hasMicros(byte[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '.') {
                int digits = 0;
                while (i + 1 + digits < offset + length
                        && buffer[i + 1 + digits] >= '0'
                        && buffer[i + 1 + digits] <= '9') {
                    digits++;
                }
                return digits > MILLI_DIGITS;
            }
        }
        return false;
    }

    private static boolean beyondNanos(byte[] buffer, int offset, int length) {
        Moment moment = TemporalText.parseMoment(buffer, offset, length);
        boolean infinite = moment.isPositiveInfinity() || moment.isNegativeInfinity();
        return !infinite && Math.abs(moment.epochDay()) >= DAYS_OF_NANOS;
    }

    /** A time with zone is written as the same instant in UTC. */
    private static boolean timeTz(byte[] buffer, int offset, int length) {
        int end = offset + length;
        return length <= 3 || buffer[end - 3] != '+' || buffer[end - 2] != '0' || buffer[end - 1] != '0';
    }

    private static boolean closedPolygon(byte[] buffer, int offset, int length) {
        double[] numbers = GeometricText.parse(buffer, offset, length);
        int last = numbers.length - 2;
        return last > 0 && numbers[0] == numbers[last] && numbers[1] == numbers[last + 1];
    }

    /** One number of microseconds cannot say which of them were months and days, and has no infinity. */
    private static boolean interval(byte[] buffer, int offset, int length) {
        Interval interval = IntervalText.parse(buffer, offset, length);
        return interval.months() != 0
                || interval.days() != 0
                || interval.equals(Interval.POSITIVE_INFINITY)
                || interval.equals(Interval.NEGATIVE_INFINITY);
    }
}
