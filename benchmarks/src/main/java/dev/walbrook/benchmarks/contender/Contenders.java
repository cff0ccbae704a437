package dev.walbrook.benchmarks.contender;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everybody who can be measured. */
public final class Contenders {

    /** How a specialist sets the producer of a connector that has to catch up. */
    static final Map<String, String> PRODUCER =
            Map.of("linger.ms", "20", "batch.size", Integer.toString(1 << 20), "compression.type", "lz4");

    private static final Map<String, String> WALBROOK =
            Map.of("connector.class", "dev.walbrook.connect.source.PostgresSourceConnector");
    private static final Map<String, String> DEBEZIUM =
            Map.of("connector.class", "io.debezium.connector.postgresql.PostgresConnector");

    private static final Map<String, String> OUR_CONVERTER = union(
            converter("dev.walbrook.connect.json.JsonConverter"),
            Map.of("header.converter", "dev.walbrook.connect.header.SimpleHeaderConverter"));
    private static final Map<String, String> KAFKAS_CONVERTER =
            converter("org.apache.kafka.connect.json.JsonConverter");

    private static final Map<String, String> LARGE_BATCHES =
            Map.of("max.batch.size", "16384", "max.queue.size", "65536");
    private static final Map<String, String> NO_LINGER = Map.of("producer.override.linger.ms", "0");
    private static final Map<String, String> SHORT_POLL = Map.of("poll.interval.ms", "10");

    private static final Map<String, String> WALBROOK_SINK =
            Map.of("connector.class", "dev.walbrook.connect.sink.PostgresSinkConnector");
    private static final Map<String, String> DEBEZIUM_SINK =
            Map.of("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");

    /** How a specialist sets Debezium's sink, together with rewritten batches or arrays. */
    private static final Map<String, String> SINK_TUNED =
            Map.of("batch.size", "5000", "consumer.override.max.poll.records", "5000", "use.reduction.buffer", "true");

    private static final Map<String, String> NO_CONTEXT_HEADERS = Map.of("extended.headers.enabled", "false");

    private static final Map<String, String> TWO_THREADS = Map.of("snapshot.max.threads", "2");

    private Contenders() {}

    /** All of them, new, in the order in which they take turns. */
    public static List<Contender> all() {
        return List.of(
                new Connector("walbrook", union(WALBROOK, OUR_CONVERTER)),
                new Connector("debezium", union(DEBEZIUM, KAFKAS_CONVERTER)),
                new Connector("walbrook-tuned", union(WALBROOK, OUR_CONVERTER, overrides())),
                new Connector("debezium-tuned", union(DEBEZIUM, KAFKAS_CONVERTER, LARGE_BATCHES, overrides())),
                new Connector("walbrook-kafka-json", union(WALBROOK, KAFKAS_CONVERTER, overrides())),
                new Connector("debezium-our-json", union(DEBEZIUM, OUR_CONVERTER, LARGE_BATCHES, overrides())),
                new Connector("walbrook-low-latency", union(WALBROOK, OUR_CONVERTER, NO_LINGER)),
                new Connector("debezium-low-latency", union(DEBEZIUM, KAFKAS_CONVERTER, SHORT_POLL, NO_LINGER)),
                new Connector(
                        "walbrook-unwrap",
                        union(WALBROOK, OUR_CONVERTER, overrides(), unwrap("dev.walbrook.transforms"))),
                new Connector(
                        "debezium-unwrap",
                        union(
                                DEBEZIUM,
                                KAFKAS_CONVERTER,
                                LARGE_BATCHES,
                                overrides(),
                                unwrap("io.debezium.transforms"))),
                new Connector(
                        "walbrook-outbox",
                        union(WALBROOK, OUR_CONVERTER, overrides(), outbox("dev.walbrook.transforms"))),
                new Connector(
                        "debezium-outbox",
                        union(
                                DEBEZIUM,
                                KAFKAS_CONVERTER,
                                LARGE_BATCHES,
                                overrides(),
                                outbox("io.debezium.transforms"))),
                new Connector("walbrook-two-threads", union(WALBROOK, OUR_CONVERTER, overrides(), TWO_THREADS)),
                new Connector(
                        "debezium-two-threads",
                        union(DEBEZIUM, KAFKAS_CONVERTER, LARGE_BATCHES, overrides(), TWO_THREADS)),
                new RawPull("raw-text", false, false),
                new RawPull("raw-binary", false, true),
                new RawPull("raw-decoded", true, false),
                new RawPull("raw-binary-decoded", true, true),
                new CopyToNowhere("copy-text", false),
                new CopyToNowhere("copy-binary", true),
                new BareProducer(),
                new SinkConnector("walbrook-sink", null, "", union(WALBROOK_SINK, OUR_CONVERTER)),
                new SinkConnector("debezium-sink", null, "", union(DEBEZIUM_SINK, KAFKAS_CONVERTER)),
                new SinkConnector(
                        "debezium-sink-tuned",
                        null,
                        "?reWriteBatchedInserts=true",
                        union(DEBEZIUM_SINK, KAFKAS_CONVERTER, SINK_TUNED)),
                new SinkConnector(
                        "debezium-sink-unnest",
                        null,
                        "",
                        union(
                                DEBEZIUM_SINK,
                                KAFKAS_CONVERTER,
                                SINK_TUNED,
                                Map.of("dialect.postgres.unnest.insert.enabled", "true"))),
                new SinkConnector("walbrook-sink-256m", "256m", "", union(WALBROOK_SINK, OUR_CONVERTER)),
                new SinkConnector(
                        "walbrook-sink-two-tasks",
                        null,
                        "",
                        union(WALBROOK_SINK, OUR_CONVERTER, Map.of("tasks.max", "2"))),
                new SinkConnector("walbrook-sink-kafka-json", null, "", union(WALBROOK_SINK, KAFKAS_CONVERTER)),
                new SinkConnector(
                        "debezium-sink-our-json",
                        null,
                        "?reWriteBatchedInserts=true",
                        union(DEBEZIUM_SINK, OUR_CONVERTER, SINK_TUNED)),
                new CopyIntoTable(),
                road("walbrook-road", union(WALBROOK, OUR_CONVERTER)),
                road("walbrook-road-tuned", union(WALBROOK, OUR_CONVERTER, overrides())),
                road("walbrook-road-lean", union(WALBROOK, OUR_CONVERTER, overrides(), NO_CONTEXT_HEADERS)),
                new Subscription("subscription", true),
                new Subscription("subscription-default", false));
    }

    private static Road road(String name, Map<String, String> source) {
        return new Road(
                name,
                new Connector(name, source),
                new SinkConnector(name, null, "", union(WALBROOK_SINK, OUR_CONVERTER)));
    }

    private static Map<String, String> converter(String type) {
        return Map.of("key.converter", type, "value.converter", type);
    }

    /** The row instead of the envelope; with the options under which a delete is two records, as without. */
    private static Map<String, String> unwrap(String home) {
        return Map.of(
                "transforms",
                "unwrap",
                "transforms.unwrap.type",
                home + ".ExtractNewRecordState",
                "transforms.unwrap.delete.tombstone.handling.mode",
                "rewrite-with-tombstone");
    }

    /** The outbox's payloads, routed by their aggregate's type, which makes them go where the rows themselves would go. */
    private static Map<String, String> outbox(String home) {
        return Map.of(
                "transforms",
                "outbox",
                "transforms.outbox.type",
                home + ".outbox.EventRouter",
                "transforms.outbox.route.topic.replacement",
                Connector.RUN + ".public.${routedByValue}");
    }

    private static Map<String, String> overrides() {
        Map<String, String> overrides = new HashMap<>();
        PRODUCER.forEach((name, value) -> overrides.put("producer.override." + name, value));
        return overrides;
    }

    @SafeVarargs
    private static Map<String, String> union(Map<String, String>... parts) {
        Map<String, String> all = new HashMap<>();
        for (Map<String, String> part : parts) {
            all.putAll(part);
        }
        return all;
    }
}
