package dev.walbrook.postgres.codec;

/**
 * A timestamp as its day and what has passed of it, which is wide enough for all that PostgreSQL has.
 *
 * @param epochDay days since 1970-01-01
 * @param microOfDay microseconds of that day, 0 to 86399999999
 */
public record Moment(long epochDay, long microOfDay) {

    /** {@code infinity}. */
    public static final Moment POSITIVE_INFINITY = new Moment(TemporalText.POSITIVE_INFINITY, 0);

    /** {@code -infinity}. */
    public static final Moment NEGATIVE_INFINITY = new Moment(TemporalText.NEGATIVE_INFINITY, 0);

    public boolean isPositiveInfinity() {
        return epochDay == TemporalText.POSITIVE_INFINITY;
    }

    public boolean isNegativeInfinity() {
        return epochDay == TemporalText.NEGATIVE_INFINITY;
    }
}
