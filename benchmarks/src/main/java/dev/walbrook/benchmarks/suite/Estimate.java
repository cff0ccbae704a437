package dev.walbrook.benchmarks.suite;

import static java.util.Map.entry;

import dev.walbrook.benchmarks.contender.Contender;
import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.workload.Dataset;
import java.util.Map;

/**
 * How long things take, from rates as they were on a machine of two cores with nothing else to do. Only for the plan that is
 * printed first: nothing is measured by it.
 */
final class Estimate {

    /** In seconds, from the start of a worker's JVM until it takes connectors. */
    static final double WORKER_START = 4.5;

    /** In seconds, what a turn costs beside the delivery: topic or database, connector, slot, and their end. */
    static final double TURN = 1;

    /** In seconds, what a server's start and end cost. */
    static final double SERVERS = 10;

    private static final int WRITTEN_PER_SECOND = 40_000;

    /** Of JSON without and with schemas, when it is counted and summed up after a run. */
    private static final int READ_PER_SECOND = 250_000;

    private static final int READ_WITH_SCHEMAS_PER_SECOND = 100_000;

    private static final Map<String, Integer> STREAMED = Map.ofEntries(
            entry("walbrook", 35_000),
            entry("walbrook-tuned", 109_000),
            entry("walbrook-unwrap", 105_000),
            entry("walbrook-outbox", 105_000),
            entry("walbrook-kafka-json", 73_000),
            entry("debezium", 25_000),
            entry("debezium-our-json", 50_000),
            entry("raw-text", 119_000),
            entry("raw-binary", 125_000),
            entry("producer", 300_000),
            entry("subscription", 30_000),
            entry("subscription-default", 60_000));

    private static final Map<String, Integer> STREAMED_WITH_SCHEMAS = Map.ofEntries(
            entry("walbrook", 12_000),
            entry("walbrook-kafka-json", 37_000),
            entry("debezium", 10_500),
            entry("debezium-tuned", 34_000),
            entry("producer", 100_000),
            entry("walbrook-road", 20_000),
            entry("walbrook-road-tuned", 40_000),
            entry("walbrook-road-lean", 40_000));

    private static final int OTHERS_STREAMED = 41_000;
    private static final int STREAMED_AS_AVRO = 20_000;

    private static final Map<String, Integer> SNAPSHOT = Map.ofEntries(
            entry("debezium-tuned", 57_000),
            entry("debezium-two-threads", 57_000),
            entry("copy-text", 420_000),
            entry("copy-binary", 400_000),
            entry("producer", 300_000),
            entry("subscription", 100_000),
            entry("walbrook-road", 20_000),
            entry("walbrook-road-tuned", 45_000));

    private static final int OTHERS_SNAPSHOT = 127_000;

    private static final Map<String, Integer> WRITTEN = Map.ofEntries(
            entry("debezium-sink", 4_000),
            entry("debezium-sink-tuned", 7_000),
            entry("debezium-sink-our-json", 7_500),
            entry("copy-in", 100_000));

    private static final int OTHERS_WRITTEN = 40_000;

    private Estimate() {}

    /** Until the data is there. */
    static double writing(Dataset dataset) {
        return 1 + dataset.changes() * dataset.weight() / WRITTEN_PER_SECOND;
    }

    /** Until a contender has delivered the first changes of the data, and all is tidied up. */
    static double turn(Throughput.Task task, Format format, Contender contender, Dataset dataset, long events) {
        double work = events * dataset.weight();
        double seconds = TURN + work / rate(task, format, contender.name());
        if (contender.needsWorker()) {
            seconds += task == Throughput.Task.WRITE
                    ? 0
                    : work / (format == Format.JSON ? READ_PER_SECOND : READ_WITH_SCHEMAS_PER_SECOND);
        }
        return seconds;
    }

    private static int rate(Throughput.Task task, Format format, String contender) {
        return switch (task) {
            case STREAM ->
                switch (format) {
                    case JSON -> STREAMED.getOrDefault(contender, OTHERS_STREAMED);
                    case JSON_SCHEMAS ->
                        STREAMED_WITH_SCHEMAS.getOrDefault(
                                contender, STREAMED.getOrDefault(contender, OTHERS_STREAMED));
                    case AVRO -> STREAMED_AS_AVRO;
                };
            case SNAPSHOT -> SNAPSHOT.getOrDefault(contender, OTHERS_SNAPSHOT);
            case WRITE -> WRITTEN.getOrDefault(contender, OTHERS_WRITTEN);
        };
    }
}
