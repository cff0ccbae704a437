package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.workload.Dataset;
import java.util.List;
import java.util.stream.Stream;

/** All workloads. */
final class Workloads {

    private static final List<String> STREAM_REFERENCES = List.of("debezium-tuned", "raw-text");
    private static final List<String> LATENCY = List.of("walbrook", "debezium", "debezium-low-latency");
    private static final List<String> LATENCY_REFERENCES = List.of("debezium", "debezium-low-latency");
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
                        STREAM_REFERENCES,
                        List.of(Format.values())),
                new Throughput(
                        "catch-up-single",
                        false,
                        Dataset.orders(changes, 1),
                        List.of("walbrook-tuned", "debezium-tuned", "raw-text", "raw-binary"),
                        STREAM_REFERENCES,
                        JSON),
                new Throughput(
                        "catch-up-unwrap",
                        false,
                        Dataset.orders(changes / 2, 100),
                        List.of("walbrook-tuned", "walbrook-unwrap", "debezium-unwrap"),
                        List.of("walbrook-tuned", "debezium-unwrap"),
                        JSON),
                new Throughput(
                        "snapshot",
                        true,
                        Dataset.snapshot(changes * 2),
                        List.of(
                                "walbrook-tuned",
                                "debezium-tuned",
                                "walbrook-two-threads",
                                "debezium-two-threads",
                                "copy-text",
                                "copy-binary",
                                "producer"),
                        List.of("debezium-tuned", "debezium-two-threads", "copy-text"),
                        JSON),
                new Latency("latency-200", 200, LATENCY, LATENCY_REFERENCES),
                new Latency("latency-2000", 2_000, LATENCY, LATENCY_REFERENCES),
                new HugeTransaction(
                        "huge-transaction",
                        Dataset.oneTransaction(changes * 2),
                        List.of("walbrook-tuned", "debezium-tuned"),
                        List.of("debezium-tuned")),
                new Throughput(
                        "wide",
                        false,
                        Dataset.wide(changes / 10),
                        List.of("walbrook-tuned", "debezium-tuned", "raw-text"),
                        STREAM_REFERENCES,
                        JSON),
                new Throughput(
                        "large-values",
                        false,
                        Dataset.large(changes / 200),
                        List.of("walbrook-tuned", "debezium-tuned", "raw-text"),
                        STREAM_REFERENCES,
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
