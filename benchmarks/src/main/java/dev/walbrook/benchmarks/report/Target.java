package dev.walbrook.benchmarks.report;

import dev.walbrook.benchmarks.measure.Metric;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a contender shall reach.
 *
 * @param words what it is, for people
 * @param workload the workload's name
 * @param format the format's name
 * @param contender who shall reach it
 * @param reference in proportion to whom; null if the figure itself is meant
 * @param metric by what
 * @param bound the figure or the proportion; the least if more is better, else the most
 */
record Target(
        String words,
        String workload,
        String format,
        String contender,
        @Nullable String reference,
        Metric metric,
        double bound) {

    /** What was measured; empty if the contender or its reference was not there or did not get to the end. */
    OptionalDouble measured(List<Section> sections) {
        for (Section section : sections) {
            if (section.workload().equals(workload) && section.format().equals(format)) {
                Result result = section.result(contender);
                Result other = reference == null ? null : section.result(reference);
                if (result == null || result.failure() != null || (reference != null && other == null)) {
                    return OptionalDouble.empty();
                }
                return other == null ? result.median(metric) : result.ratio(metric, other);
            }
        }
        return OptionalDouble.empty();
    }

    /** How many rounds the figure rests on. */
    int rounds(List<Section> sections) {
        return sections.stream()
                .filter(section ->
                        section.workload().equals(workload) && section.format().equals(format))
                .map(section -> section.result(contender))
                .mapToInt(result -> result == null ? 0 : result.rounds().size())
                .max()
                .orElse(0);
    }

    boolean isMet(double measured) {
        return metric.moreIsBetter() ? measured >= bound : measured <= bound;
    }
}
