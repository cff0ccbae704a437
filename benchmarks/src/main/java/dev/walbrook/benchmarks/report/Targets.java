package dev.walbrook.benchmarks.report;

import dev.walbrook.benchmarks.measure.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What Walbrook is meant to reach, and whether it did. */
final class Targets {

    private static final String PLAIN = "json";
    private static final String SCHEMAS = "json-schemas";

    private static final List<Target> ALL = List.of(
            cpu("catch-up", PLAIN, "walbrook-tuned", "debezium-tuned", 1 / 6.0),
            cpu("catch-up-schemas", SCHEMAS, "walbrook-tuned", "debezium-tuned", 1 / 10.0),
            rate("catch-up", PLAIN, "walbrook-tuned", "debezium-tuned", 2),
            rate("catch-up-schemas", SCHEMAS, "walbrook-tuned", "debezium-tuned", 4),
            rate("catch-up", PLAIN, "walbrook-tuned", "raw-text", 0.8),
            rate("catch-up-single", PLAIN, "walbrook-tuned", "raw-text", 0.8),
            cpu("catch-up-kafka-json", PLAIN, "walbrook-kafka-json", "debezium-tuned", 1 / 2.0),
            cpu("catch-up-kafka-json", SCHEMAS, "walbrook-kafka-json", "debezium-tuned", 1 / 2.0),
            cpu("catch-up-avro", "avro", "walbrook-tuned", "debezium-tuned", 1 / 2.0),
            rate("catch-up-unwrap", PLAIN, "walbrook-unwrap", "walbrook-tuned", 0.8),
            rate("catch-up-outbox", PLAIN, "walbrook-outbox", "walbrook-tuned", 0.8),
            rate("snapshot", PLAIN, "walbrook-tuned", "debezium-tuned", 5),
            rate("snapshot", PLAIN, "walbrook-two-threads", "debezium-two-threads", 5),
            rate("snapshot", PLAIN, "walbrook-tuned", "copy-text", 0.5),
            latency("latency-200", "walbrook", Metric.LATENCY_P50),
            latency("latency-200", "walbrook", Metric.LATENCY_P99),
            // Both without the producer's linger, which a connector's own defaults cannot change.
            latency("latency-200", "walbrook-low-latency", Metric.LATENCY_P50),
            latency("latency-200", "walbrook-low-latency", Metric.LATENCY_P99),
            latency("latency-2000", "walbrook", Metric.LATENCY_P50),
            latency("latency-2000", "walbrook", Metric.LATENCY_P99),
            latency("latency-2000", "walbrook-low-latency", Metric.LATENCY_P50),
            latency("latency-2000", "walbrook-low-latency", Metric.LATENCY_P99),
            new Target(
                    "heap in MB that one huge transaction needs",
                    "huge-transaction",
                    PLAIN,
                    "walbrook-tuned",
                    null,
                    Metric.SMALLEST_HEAP,
                    128),
            rate("sink-upsert", SCHEMAS, "walbrook-sink", "debezium-sink", 10),
            rate("sink-upsert", SCHEMAS, "walbrook-sink", "debezium-sink-tuned", 6),
            cpu("sink-upsert", SCHEMAS, "walbrook-sink", "debezium-sink", 1 / 5.0),
            cpu("sink-upsert", SCHEMAS, "walbrook-sink", "debezium-sink-tuned", 1 / 5.0),
            // The same rate, but for what rounds differ in.
            rate("sink-upsert", SCHEMAS, "walbrook-sink-256m", "walbrook-sink", 0.9),
            rate("sink-insert", SCHEMAS, "walbrook-sink", "copy-in", 0.6),
            rate("road", SCHEMAS, "walbrook-road-tuned", "subscription", 1),
            rate("road", SCHEMAS, "walbrook-road-tuned", "subscription-default", 1),
            rate("road-single", SCHEMAS, "walbrook-road-tuned", "subscription-default", 1),
            rate("initial-load", SCHEMAS, "walbrook-road-tuned", "subscription", 0.8));

    private Targets() {}

    private static Target rate(String workload, String format, String contender, String reference, double bound) {
        return new Target("events per second", workload, format, contender, reference, Metric.EVENTS_PER_SECOND, bound);
    }

    private static Target cpu(String workload, String format, String contender, String reference, double bound) {
        return new Target(
                "worker's CPU seconds per event", workload, format, contender, reference, Metric.WORKER_CPU, bound);
    }

    private static Target latency(String workload, String contender, Metric metric) {
        String words = metric == Metric.LATENCY_P50 ? "median latency" : "99th percentile of the latency";
        return new Target(words, workload, PLAIN, contender, "debezium-low-latency", metric, 1 / 2.0);
    }

    /** A table in Markdown of the targets that the sections say something about. */
    static String table(List<Section> sections) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("workload", "what", "who", "against", "target", "measured", "rounds", ""));
        for (Target target : ALL) {
            boolean isAsked = sections.stream()
                    .anyMatch(section -> section.workload().equals(target.workload())
                            && section.format().equals(target.format())
                            && section.result(target.contender()) != null);
            if (isAsked) {
                rows.add(row(target, sections));
            }
        }
        return rows.size() == 1 ? "" : Table.of(rows).toString();
    }

    private static List<String> row(Target target, List<Section> sections) {
        OptionalDouble measured = target.measured(sections);
        String verdict = "not measured";
        if (measured.isPresent()) {
            verdict = target.isMet(measured.getAsDouble()) ? "met" : "NOT MET";
        }
        String format = target.format().equals(PLAIN) ? "" : ", " + target.format();
        return List.of(
                target.workload() + format,
                target.words(),
                target.contender(),
                target.reference() == null ? "" : target.reference(),
                (target.metric().moreIsBetter() ? "≥ " : "≤ ") + figure(target.bound(), target.reference()),
                measured.isPresent() ? figure(measured.getAsDouble(), target.reference()) : "n/a",
                Integer.toString(target.rounds(sections)),
                verdict);
    }

    private static String figure(double value, @Nullable String reference) {
        if (reference == null) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value < 1 ? "%.3f×" : "%.2f×", value);
    }
}
