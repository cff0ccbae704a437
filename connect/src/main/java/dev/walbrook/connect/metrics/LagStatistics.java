package dev.walbrook.connect.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Minimum, maximum, average and quantiles of lags since the last reset, in constant memory: lags are counted in buckets whose
 * bounds grow by two per cent, so a quantile is right to one per cent.
 *
 * <p>Not thread safe.
 */
public final class LagStatistics {

    private static final double GROWTH = 1.02;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    /** Up to {@code GROWTH} to the power of this: seventeen years in milliseconds. */
    private static final int BUCKETS = 1364;

    private final long[] buckets = new long[BUCKETS];
    private long count;
    private double sum;
    private long min;
    private long max;

    /**
     * Adds lags.
     *
     * @param millis the lag; a negative one, as clocks that differ make, counts as 0
     * @param times how many events had it; positive
     */
    public void add(long millis, long times) {
        long lag = Math.max(0, millis);
        min = count == 0 ? lag : Math.min(min, lag);
        max = count == 0 ? lag : Math.max(max, lag);
        count += times;
        sum += (double) lag * times;
        buckets[bucket(lag)] += times;
    }

    public void reset() {
        Arrays.fill(buckets, 0);
        count = 0;
        sum = 0;
        min = 0;
        max = 0;
    }

    /** In milliseconds; null without an event. */
    @Nullable
    public Long min() {
        return count == 0 ? null : Long.valueOf(min);
    }

    /** In milliseconds; null without an event. */
    @Nullable
    public Long max() {
        return count == 0 ? null : Long.valueOf(max);
    }

    /** In milliseconds; null without an event. */
    @Nullable
    public Double average() {
        return count == 0 ? null : Double.valueOf(sum / count);
    }

    /**
     * The lag that a share of the events did not exceed, in milliseconds.
     *
     * @param share between 0 and 1
     * @return null without an event
     */
    @Nullable
    public Double quantile(double share) {
        if (count == 0) {
            return null;
        }
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += buckets[i];
            if (seen >= rank) {
                return Math.max((double) min, Math.min((double) max, middle(i)));
            }
        }
        return (double) max;
    }

    /** The first bucket holds 0 and 1. */
    private static int bucket(long lag) {
        return lag <= 1 ? 0 : Math.min(BUCKETS - 1, (int) Math.ceil(Math.log((double) lag) / LOG_GROWTH));
    }

    private static double middle(int bucket) {
        return bucket == 0 ? 0 : Math.pow(GROWTH, bucket - 0.5);
    }
}
