package dev.walbrook.transforms.expression;

import dev.walbrook.transforms.event.UnconvertibleException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** What values of records mean in expressions. */
final class Values {

    private Values() {}

    /** Connect's dates and times are numbers: milliseconds since the epoch. */
    @SuppressWarnings("JavaUtilDate") // It is what Connect's own types are made of.
    static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Date date ? (Object) date.getTime() : value;
    }

    /**
     * Compares two values that are not null.
     *
     * @throws UnconvertibleException if they are not of one kind: a number is never equal to a text, and an expression that
     *     compares them is a mistake that should not silently drop every record
     */
    static int compare(Expression left, Object leftValue, Expression right, Object rightValue) {
        if (leftValue instanceof String text && rightValue instanceof String other) {
            return text.compareTo(other);
        }
        if (leftValue instanceof Number number && rightValue instanceof Number other) {
            return compare(number, other);
        }
        if (leftValue instanceof Boolean condition && rightValue instanceof Boolean other) {
            return condition.compareTo(other);
        }
        throw new UnconvertibleException(
                "'" + left + "' is " + kind(leftValue) + " there and '" + right + "' is " + kind(rightValue)
                        + ", which cannot be compared",
                "Compare a text with a text in quotes and a number with a number.");
    }

    private static int compare(Number left, Number right) {
        if (isLong(left) && isLong(right)) {
            return Long.compare(left.longValue(), right.longValue());
        }
        if (!isFinite(left) || !isFinite(right)) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return decimal(left).compareTo(decimal(right));
    }

    private static boolean isLong(Number number) {
        return number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte;
    }

    private static boolean isFinite(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        // The text of a float is the number that was meant: 0.1f is 0.1.
        return new BigDecimal(number.toString());
    }

    /** What a value is, for messages, which must not hold the value. */
    static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return "a text";
        }
        if (value instanceof Number) {
            return "a number";
        }
        return value instanceof Boolean ? "a boolean" : "a " + value.getClass().getSimpleName();
    }
}
