package dev.walbrook.postgres.codec;

/**
 * An {@code interval}: three numbers that do not convert into each other, as months and days differ in length.
 *
 * @param months whole months, years included
 * @param days whole days
 * @param micros the rest, in microseconds
 */
public record Interval(int months, int days, long micros) {

    /** {@code infinity} of PostgreSQL 17 and later: its own representation, which no finite interval has. */
    public static final Interval POSITIVE_INFINITY = new Interval(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    /** {@code -infinity} of PostgreSQL 17 and later. */
    public static final Interval NEGATIVE_INFINITY = new Interval(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);
}
