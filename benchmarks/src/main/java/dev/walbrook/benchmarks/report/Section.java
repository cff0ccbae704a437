package dev.walbrook.benchmarks.report;

import dev.walbrook.benchmarks.measure.Metric;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results that are compared with one another.
 *
 * @param workload the workload's name
 * @param description what was done
 * @param format how records were written
 * @param isSame whether all delivered the same
 * @param correctness the same in words
 * @param references contenders that the others are put in proportion to
 * @param results the contenders' results, in the order in which they took turns
 */
public record Section(
        String workload,
        String description,
        String format,
        boolean isSame,
        String correctness,
        List<String> references,
        List<Result> results) {

    /** What at least one contender was measured by. */
    List<Metric> metrics() {
        return Arrays.stream(Metric.values())
                .filter(metric -> results.stream()
                        .anyMatch(result -> result.median(metric).isPresent()))
                .toList();
    }

    /** Those of the references that took part. */
    List<Result> presentReferences() {
        return results.stream()
                .filter(result -> references.contains(result.contender()))
                .toList();
    }

    /** The contender's result; null if it did not take part. */
    @Nullable
    Result result(String contender) {
        return results.stream()
                .filter(result -> result.contender().equals(contender))
                .findFirst()
                .orElse(null);
    }

    String title() {
        return workload + ", " + format;
    }
}
