package dev.walbrook.conformance.sink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.walbrook.conformance.Difference;
import dev.walbrook.conformance.Servers;
import dev.walbrook.conformance.Subject;
import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One scenario under both sinks, side by side: the topics are filled first, and a sink is done when Connect has committed
 * its place behind the last record, or when it has failed.
 */
final class SinkRun implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /**
     * What came of it.
     *
     * @param tables the tables of each
     * @param failures why it failed or was refused, of those that did
     */
    record Result(Map<Subject, Tables> tables, Map<Subject, String> failures) {

        /** Where the two differ; a failure of both is none, and of one the only one. */
        List<Difference> differences() {
            String debezium = failures.get(Subject.DEBEZIUM);
            String walbrook = failures.get(Subject.WALBROOK);
            if ((debezium == null) != (walbrook == null)) {
                return List.of(new Difference("failure", "the connector", told(debezium), told(walbrook)));
            }
            return debezium != null
                    ? List.of()
                    : Tables.compare(
                            Objects.requireNonNull(tables.get(Subject.DEBEZIUM)),
                            Objects.requireNonNull(tables.get(Subject.WALBROOK)));
        }

        private static String told(@Nullable String failure) {
            return failure == null
                    ? "runs"
                    : "fails: "
                            + failure.lines()
                                    .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t..."))
                                    .collect(Collectors.joining(" "));
        }
    }

    private final SinkScenario scenario;
    private final Map<Subject, TestDatabase> databases;
    private final TestConnect worker = Servers.sinkWorker();
    private final Map<String, Long> ends = new HashMap<>();
    private final Map<Subject, String> failures = new EnumMap<>(Subject.class);

    /** @param databases of each sink that is to run; the scenario has a schema of its own in each */
    SinkRun(SinkScenario scenario, Map<Subject, TestDatabase> databases) {
        this.scenario = scenario;
        this.databases = databases;
    }

    static Result of(SinkScenario scenario, Map<Subject, TestDatabase> databases) {
        try (SinkRun run = new SinkRun(scenario, databases)) {
            return run.run();
        }
    }

    private Result run() {
        databases.values().forEach(this::prepare);
        fillTopics();
        for (Subject subject : databases.keySet()) {
            String refusal = worker.create(connector(subject), configuration(subject));
            if (refusal != null) {
                failures.put(subject, refusal);
            }
        }
        Map<Subject, Tables> tables = new EnumMap<>(Subject.class);
        for (Subject subject : databases.keySet()) {
            await(subject);
            tables.put(subject, Tables.read(database(subject), scenario.schema()));
        }
        return new Result(tables, failures);
    }

    private TestDatabase database(Subject subject) {
        return Objects.requireNonNull(databases.get(subject));
    }

    private void prepare(TestDatabase database) {
        String schema = scenario.schema();
        database.execute("CREATE SCHEMA " + schema);
        for (String sql : scenario.before()) {
            // One transaction for a script, so that the path is this script's alone.
            database.execute("SET LOCAL search_path TO " + schema + ", public; " + scenario.named(sql));
        }
    }

    private void fillTopics() {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers(), "acks", "all", "linger.ms", 0);
        for (String topic : topics()) {
            if (!TestKafka.shared().topics().contains(topic)) {
                TestKafka.shared().createTopic(topic, 1);
            }
        }
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (SinkRecordText unnamed : scenario.records()) {
                SinkRecordText record = unnamed.named(scenario.schema());
                ProducerRecord<byte[], byte[]> sent =
                        new ProducerRecord<>(record.topic(), 0, record.key(), record.value());
                record.headers()
                        .forEach((name, text) -> sent.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
                answers.add(producer.send(sent));
            }
            for (Future<RecordMetadata> answer : answers) {
                answer.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("The topics of " + scenario.id() + " cannot be filled: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
        for (String topic : topics()) {
            long end = TestKafka.shared().consumeBytes(topic).stream()
                    .mapToLong(record -> record.offset() + 1)
                    .max()
                    .orElse(0);
            ends.put(topic, end);
        }
    }

    private Set<String> topics() {
        return scenario.topics().stream().map(scenario::named).collect(Collectors.toSet());
    }

    private String connector(Subject subject) {
        return subject.name().toLowerCase(Locale.ROOT) + "-" + scenario.schema();
    }

    private Map<String, String> configuration(Subject subject) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", subject.sinkClass());
        properties.put("tasks.max", "1");
        properties.put("topics", String.join(",", topics()));
        if (!scenario.configuration().containsKey("connection.url")) {
            properties.put("connection.url", "{url}");
            properties.put("connection.username", "{user}");
            properties.put("connection.password", "{password}");
        }
        for (String part : List.of("key", "value")) {
            properties.put(part + ".converter", "org.apache.kafka.connect.json.JsonConverter");
        }
        if (subject == Subject.DEBEZIUM) {
            properties.put("connection.pool.min_size", "1");
        }
        properties.putAll(scenario.configuration());
        properties.replaceAll((name, value) -> scenario.named(value)
                .replace("{url}", database(subject).jdbcUrl() + "?currentSchema=" + scenario.schema() + ",public")
                .replace("{user}", database(subject).user())
                .replace("{password}", database(subject).password()));
        return properties;
    }

    private void await(Subject subject) {
        await(subject + " has read " + ends, () -> isDone(subject));
    }

    static void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(100))
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": not within " + LIMIT.toSeconds() + " s", e);
        }
    }

    private boolean isDone(Subject subject) {
        if (failures.containsKey(subject)) {
            return true;
        }
        worker.findFailure(connector(subject)).ifPresent(trace -> failures.put(subject, trace));
        return failures.containsKey(subject) || hasReadAll(subject);
    }

    private boolean hasReadAll(Subject subject) {
        Map<String, Long> read = new HashMap<>();
        for (JsonNode offset : worker.offsets(connector(subject))) {
            read.put(
                    offset.path("partition").path("kafka_topic").asText(),
                    offset.path("offset").path("kafka_offset").asLong());
        }
        return ends.entrySet().stream().allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Override
    public void close() {
        for (Subject subject : databases.keySet()) {
            worker.delete(connector(subject));
        }
    }
}
