package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.suite.Throughput.Task;
import dev.walbrook.benchmarks.workload.Dataset;
import java.util.List;
import java.util.stream.Stream;

/** All workloads. */
final class Workloads {

    /** As many rounds as are asked for: of whatever a target is about. */
    private static final int MANY = Integer.MAX_VALUE;

    /** Where the differences are large against what the machine disturbs. */
    private static final int SOME = 3;

    /** Where no target is about them either. */
    private static final int FEW = 2;

    private static final List<String> STREAM_REFERENCES = List.of("debezium-tuned", "raw-text");
    private static final List<Format> JSON = List.of(Format.JSON);
    private static final List<Format> JSON_SCHEMAS = List.of(Format.JSON_SCHEMAS);
    private static final List<Format> BOTH_JSON = List.of(Format.JSON, Format.JSON_SCHEMAS);

    private Workloads() {}

    static List<Workload> all(Options options) {
        long changes = options.changes();
        return Stream.of(streams(changes), latencies(), sinks(changes), roads(changes))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Workload> streams(long changes) {
        return List.of(
                new Throughput(
                        "catch-up",
                        Task.STREAM,
                        Dataset.orders(changes, 100),
                        MANY,
                        List.of("walbrook-tuned", "debezium-tuned", "raw-text", "producer"),
                        List.of("producer"),
                        STREAM_REFERENCES,
                        JSON),
                new Throughput(
                        "catch-up-schemas",
                        Task.STREAM,
                        // Four gigabytes of JSON a million: writing and checking them all would take most of the time.
                        Dataset.orders(changes * 3 / 10, 100),
                        MANY,
                        List.of("walbrook-tuned", "debezium-tuned", "producer"),
                        List.of("producer"),
                        List.of("debezium-tuned"),
                        JSON_SCHEMAS),
                new Throughput(
                        "catch-up-single",
                        Task.STREAM,
                        Dataset.orders(changes * 3 / 20, 1),
                        MANY,
                        List.of("walbrook-tuned", "debezium-tuned", "raw-text"),
                        List.of(),
                        STREAM_REFERENCES,
                        JSON),
                new Throughput(
                        "catch-up-kafka-json",
                        Task.STREAM,
                        Dataset.orders(changes / 10, 100),
                        SOME,
                        List.of("walbrook-kafka-json", "debezium-tuned"),
                        List.of(),
                        List.of("debezium-tuned"),
                        BOTH_JSON),
                new Throughput(
                        "catch-up-avro",
                        Task.STREAM,
                        Dataset.orders(changes / 15, 100),
                        SOME,
                        List.of("walbrook-tuned", "debezium-tuned"),
                        List.of(),
                        List.of("debezium-tuned"),
                        List.of(Format.AVRO)),
                new Throughput(
                        "catch-up-defaults",
                        Task.STREAM,
                        Dataset.orders(changes / 15, 100),
                        1,
                        List.of("walbrook", "debezium"),
                        List.of(),
                        List.of("debezium"),
                        JSON),
                new Throughput(
                        "catch-up-unwrap",
                        Task.STREAM,
                        Dataset.orders(changes * 3 / 20, 100),
                        SOME,
                        List.of("walbrook-tuned", "walbrook-unwrap", "debezium-unwrap"),
                        List.of("debezium-unwrap"),
                        List.of("walbrook-tuned", "debezium-unwrap"),
                        JSON),
                new Throughput(
                        "catch-up-outbox",
                        Task.STREAM,
                        Dataset.outbox(changes * 3 / 20),
                        SOME,
                        List.of("walbrook-tuned", "walbrook-outbox", "debezium-outbox"),
                        List.of("debezium-outbox"),
                        List.of("walbrook-tuned", "debezium-outbox"),
                        JSON),
                inserted("wide", Dataset.wide(changes / 25)),
                inserted("large-values", Dataset.large(changes / 500)),
                new Throughput(
                        "snapshot",
                        Task.SNAPSHOT,
                        Dataset.snapshot(changes * 2 / 5),
                        MANY,
                        List.of(
                                "walbrook-tuned",
                                "debezium-tuned",
                                "walbrook-two-threads",
                                "debezium-two-threads",
                                "copy-text"),
                        List.of("walbrook-two-threads", "debezium-two-threads"),
                        List.of("debezium-tuned", "debezium-two-threads", "copy-text"),
                        JSON),
                new HugeTransaction(
                        "huge-transaction",
                        Dataset.oneTransaction(changes * 2),
                        List.of("walbrook-tuned", "debezium-tuned"),
                        List.of("debezium-tuned")));
    }

    private static Workload inserted(String name, Dataset dataset) {
        List<String> contenders = List.of("walbrook-tuned", "debezium-tuned", "raw-text");
        return new Throughput(name, Task.STREAM, dataset, FEW, contenders, List.of(), STREAM_REFERENCES, JSON);
    }

    private static List<Workload> latencies() {
        List<String> contenders = List.of("walbrook", "walbrook-low-latency", "debezium-low-latency");
        List<String> references = List.of("debezium-low-latency");
        return List.of(
                new Latency("latency-200", 200, contenders, List.of(), references),
                new Latency("latency-2000", 2_000, contenders, List.of(), references));
    }

    private static List<Workload> sinks(long changes) {
        return List.of(
                new Throughput(
                        "sink-upsert",
                        Task.WRITE,
                        // Debezium's sink takes ten seconds for these, and there are five rounds.
                        Dataset.orders(changes / 25, 100),
                        MANY,
                        List.of(
                                "walbrook-sink",
                                "debezium-sink",
                                "debezium-sink-tuned",
                                "walbrook-sink-256m",
                                "walbrook-sink-two-tasks"),
                        List.of(),
                        List.of("debezium-sink", "debezium-sink-tuned", "walbrook-sink"),
                        JSON_SCHEMAS),
                new Throughput(
                        "sink-insert",
                        Task.WRITE,
                        Dataset.inserts(changes / 8),
                        MANY,
                        List.of("walbrook-sink", "debezium-sink-tuned", "copy-in"),
                        List.of("debezium-sink-tuned"),
                        List.of("debezium-sink-tuned", "copy-in"),
                        JSON_SCHEMAS));
    }

    private static List<Workload> roads(long changes) {
        return List.of(
                road("road", Task.STREAM, Dataset.orders(changes / 8, 100), "subscription", "subscription-default"),
                // A subscription that waits for the disk at every commit would take minutes for these.
                road("road-single", Task.STREAM, Dataset.orders(changes / 16, 1), "subscription-default"),
                road("initial-load", Task.SNAPSHOT, Dataset.snapshot(changes / 5), "subscription"));
    }

    private static Workload road(String name, Task task, Dataset dataset, String... subscriptions) {
        List<String> references = List.of(subscriptions);
        List<String> contenders = Stream.concat(Stream.of("walbrook-road-tuned"), references.stream())
                .toList();
        return new Throughput(name, task, dataset, MANY, contenders, List.of(), references, JSON_SCHEMAS);
    }

    /** Those that were asked for. */
    static List<Workload> chosen(Options options) {
        Stream<Workload> all = all(options).stream();
        return all.filter(workload ->
                        options.workloads().isEmpty() || options.workloads().contains(workload.name()))
                .toList();
    }
}
