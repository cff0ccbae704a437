package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.suite.Throughput.Task;
import dev.walbrook.benchmarks.workload.Dataset;
import java.util.List;
import java.util.stream.Stream;

/** All workloads. */
final class Workloads {

    /** As many rounds as are asked for, and where the differences are large against what the machine disturbs. */
    private static final int MANY = Integer.MAX_VALUE;

    private static final int FEW = 3;

    private static final List<String> STREAM_REFERENCES = List.of("debezium-tuned", "raw-text");
    private static final List<String> LATENCY =
            List.of("walbrook", "walbrook-low-latency", "debezium", "debezium-low-latency");
    private static final List<String> LATENCY_REFERENCES = List.of("debezium", "debezium-low-latency");
    private static final List<Format> JSON = List.of(Format.JSON);
    private static final List<Format> JSON_SCHEMAS = List.of(Format.JSON_SCHEMAS);

    private Workloads() {}

    static List<Workload> all(Options options) {
        long changes = options.changes();
        Dataset orders = Dataset.orders(changes, 100);
        return List.of(
                new Throughput(
                        "catch-up",
                        Task.STREAM,
                        orders,
                        MANY,
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
                        List.of(
                                "walbrook",
                                "debezium",
                                "walbrook-kafka-json",
                                "debezium-our-json",
                                "raw-binary",
                                "producer"),
                        STREAM_REFERENCES,
                        List.of(Format.values())),
                new Throughput(
                        "catch-up-single",
                        Task.STREAM,
                        Dataset.orders(changes / 4, 1),
                        FEW,
                        List.of("walbrook-tuned", "debezium-tuned", "raw-text", "raw-binary"),
                        List.of("raw-binary"),
                        STREAM_REFERENCES,
                        JSON),
                new Throughput(
                        "catch-up-unwrap",
                        Task.STREAM,
                        Dataset.orders(changes / 4, 100),
                        FEW,
                        List.of("walbrook-tuned", "walbrook-unwrap", "debezium-unwrap"),
                        List.of(),
                        List.of("walbrook-tuned", "debezium-unwrap"),
                        JSON),
                new Throughput(
                        "snapshot",
                        Task.SNAPSHOT,
                        Dataset.snapshot(changes * 2),
                        FEW,
                        List.of(
                                "walbrook-tuned",
                                "debezium-tuned",
                                "walbrook-two-threads",
                                "debezium-two-threads",
                                "copy-text",
                                "copy-binary",
                                "producer"),
                        List.of("walbrook-two-threads", "debezium-two-threads", "copy-binary", "producer"),
                        List.of("debezium-tuned", "debezium-two-threads", "copy-text"),
                        JSON),
                new Latency("latency-200", 200, FEW, LATENCY, List.of("debezium"), LATENCY_REFERENCES),
                new Latency("latency-2000", 2_000, FEW, LATENCY, List.of("debezium"), LATENCY_REFERENCES),
                new HugeTransaction(
                        "huge-transaction",
                        Dataset.oneTransaction(changes * 2),
                        List.of("walbrook-tuned", "debezium-tuned"),
                        List.of("debezium-tuned")),
                inserted("wide", Dataset.wide(changes / 10)),
                inserted("large-values", Dataset.large(changes / 200)),
                new Throughput(
                        "sink-upsert",
                        Task.WRITE,
                        // Debezium's sink takes a quarter of a minute for these, and there are five rounds.
                        Dataset.orders(changes / 16, 100),
                        MANY,
                        List.of(
                                "walbrook-sink",
                                "debezium-sink",
                                "debezium-sink-tuned",
                                "walbrook-sink-256m",
                                "walbrook-sink-kafka-json",
                                "debezium-sink-our-json"),
                        List.of("walbrook-sink-kafka-json", "debezium-sink-our-json"),
                        List.of("debezium-sink", "debezium-sink-tuned"),
                        JSON_SCHEMAS),
                new Throughput(
                        "sink-insert",
                        Task.WRITE,
                        Dataset.inserts(changes / 10),
                        FEW,
                        List.of("walbrook-sink", "debezium-sink-tuned", "copy-in"),
                        List.of("debezium-sink-tuned"),
                        List.of("debezium-sink-tuned", "copy-in"),
                        JSON_SCHEMAS),
                road("road", Task.STREAM, Dataset.orders(changes / 6, 100)),
                road("road-single", Task.STREAM, Dataset.orders(changes / 10, 1)),
                road("initial-load", Task.SNAPSHOT, Dataset.snapshot(changes / 5)));
    }

    private static Workload inserted(String name, Dataset dataset) {
        List<String> contenders = List.of("walbrook-tuned", "debezium-tuned", "raw-text");
        return new Throughput(name, Task.STREAM, dataset, FEW, contenders, List.of(), STREAM_REFERENCES, JSON);
    }

    private static Workload road(String name, Task task, Dataset dataset) {
        List<String> contenders = List.of("walbrook-road", "walbrook-road-tuned", "subscription");
        return new Throughput(
                name, task, dataset, FEW, contenders, List.of("walbrook-road"), List.of("subscription"), JSON_SCHEMAS);
    }

    /** Those that were asked for. */
    static List<Workload> chosen(Options options) {
        Stream<Workload> all = all(options).stream();
        return all.filter(workload ->
                        options.workloads().isEmpty() || options.workloads().contains(workload.name()))
                .toList();
    }
}
