package dev.walbrook.benchmarks.report;

import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All rounds of one contender.
 *
 * @param workload the workload's name
 * @param format how it wrote
 * @param contender the contender's name
 * @param rounds what it did, round by round, without the warm-up
 */
public record Result(String workload, String format, String contender, List<Measurement> rounds) {

    /** The median of the rounds that got to the end; empty if the metric was not measured. */
    public OptionalDouble median(Metric metric) {
        return median(sorted(metric));
    }

    /** The lowest; empty if the metric was not measured. */
    OptionalDouble lowest(Metric metric) {
        return Arrays.stream(sorted(metric)).findFirst();
    }

    /** The highest; empty if the metric was not measured. */
    OptionalDouble highest(Metric metric) {
        return Arrays.stream(sorted(metric)).max();
    }

    private double[] sorted(Metric metric) {
        return rounds.stream()
                .filter(round -> round.failure() == null)
                .map(round -> round.value(metric))
                .flatMapToDouble(OptionalDouble::stream)
                .sorted()
                .toArray();
    }

    /**
     * How many times the reference's, as the median of the rounds' proportions: what disturbs a round disturbs both.
     */
    OptionalDouble ratio(Metric metric, Result reference) {
        return median(IntStream.range(0, Math.min(rounds.size(), reference.rounds.size()))
                .mapToDouble(round -> value(round, metric) / reference.value(round, metric))
                .filter(Double::isFinite)
                .sorted()
                .toArray());
    }

    private double value(int round, Metric metric) {
        return rounds.get(round).value(metric).orElse(Double.NaN);
    }

    private static OptionalDouble median(double[] sorted) {
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /** Why a round did not get to the end; null if all did. */
    public @Nullable String failure() {
        return rounds.stream()
                .map(Measurement::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
