package dev.walbrook.benchmarks.report;

import dev.walbrook.benchmarks.measure.Metric;
import java.util.Arrays;
import java.util.List;

/**
 * The results that are compared with one another.
 *
 * @param workload the workload's name
 * @param description what was done
 * @param format how records were written
 * @param correctness whether all delivered the same, in words
 * @param results the contenders' results, in the order in which they took turns
 */
public record Section(String workload, String description, String format, String correctness, List<Result> results) {

    /** What at least one contender was measured by. */
    List<Metric> metrics() {
        return Arrays.stream(Metric.values())
                .filter(metric -> results.stream()
                        .anyMatch(result -> result.median(metric).isPresent()))
                .toList();
    }

    String title() {
        return workload + ", " + format;
    }
}
