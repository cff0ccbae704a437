package dev.walbrook.benchmarks.measure;

/**
 * What arrived, as numbers that do not depend on the order.
 *
 * @param records how many records
 * @param bytes the length of their keys and values together
 * @param sum a sum over a hash of each record's key, operation and row after the change
 */
public record Content(long records, long bytes, long sum) {

    public static final Content NOTHING = new Content(0, 0, 0);

    /** Whether the same was said, in however many bytes. */
    public boolean saysTheSameAs(Content other) {
        return records == other.records && sum == other.sum;
    }

    @Override
    public String toString() {
        return "%d records, sum %016x".formatted(records, sum);
    }
}
