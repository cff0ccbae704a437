package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.workload.Dataset;
import java.util.List;
import java.util.stream.Stream;

/** All workloads. */
final class Workloads {

    private static final List<Format> ALL_FORMATS = List.of(Format.values());
    private static final List<Format> JSON = List.of(Format.JSON);

    private Workloads() {}

    static List<Workload> all(Options options) {
        long changes = options.changes();
        return List.of(
                new Throughput(
                        "catch-up",
                        false,
                        Dataset.orders(changes, 100),
                        List.of(
                                "walbrook",
                                "debezium",
                                "walbrook-tuned",
                                "debezium-tuned",
                                "walbrook-kafka-json",
                                "debezium-our-json",
                                "raw-text",
                                "raw-binary",
                                "producer"),
                        ALL_FORMATS),
                new Throughput(
                        "catch-up-single",
                        false,
                        Dataset.orders(changes, 1),
                        List.of("walbrook-tuned", "debezium-tuned", "raw-text", "raw-binary"),
                        JSON),
                new Throughput(
                        "snapshot",
                        true,
                        Dataset.snapshot(changes * 2),
                        List.of("walbrook", "debezium", "copy-text", "copy-binary"),
                        JSON),
                new Throughput(
                        "wide", false, Dataset.wide(changes / 10), List.of("walbrook-tuned", "debezium-tuned"), JSON),
                new Throughput(
                        "large-values",
                        false,
                        Dataset.large(changes / 200),
                        List.of("walbrook-tuned", "debezium-tuned"),
                        JSON));
    }

    /** Those that were asked for. */
    static List<Workload> chosen(Options options) {
        Stream<Workload> all = all(options).stream();
        return all.filter(workload ->
                        options.workloads().isEmpty() || options.workloads().contains(workload.name()))
                .toList();
    }
}
