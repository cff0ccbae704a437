package dev.walbrook.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Both connectors on one database of their own, through the scenarios of one group.
 *
 * <p>The end is known by a marker: a change of a table that nothing else changes, whose position both connectors must have
 * committed to Connect. Connect commits a position when Kafka has everything before it.
 */
final class ConnectorPair implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int number = COUNT.incrementAndGet();
    private final TestConnect worker = Servers.worker();
    private final List<Scenario> scenarios;
    private final PairDatabase database;
    private final Map<Subject, String> failures = new EnumMap<>(Subject.class);
    private final Set<Subject> refused = EnumSet.noneOf(Subject.class);
    private final StringBuilder phases = new StringBuilder();
    private long phaseStarted = System.nanoTime();

    ConnectorPair(List<Scenario> scenarios) {
        this.scenarios = scenarios;
        this.database = new PairDatabase(number, scenarios);
    }

    /** Runs the scenarios, which share a group, and returns what each connector wrote. */
    static Map<Subject, Observation> run(List<Scenario> scenarios) throws SQLException {
        try (ConnectorPair pair = new ConnectorPair(scenarios)) {
            return pair.run();
        }
    }

    private void phase(String name) {
        long now = System.nanoTime();
        phases.append(name).append(' ').append((now - phaseStarted) / 1_000_000).append(", ");
        phaseStarted = now;
    }

    /** Runs the scenarios once and returns what each connector wrote. */
    Map<Subject, Observation> run() throws SQLException {
        database.prepare();
        Scenario.Ending ending = scenarios.get(0).ending();
        phase("before");
        start();
        phase("create");
        switch (ending) {
            case FAILURE -> fail();
            case SNAPSHOT_ONLY -> await("both have read the snapshot", this::snapshotsCompleted);
            case STREAMED -> stream();
        }
        Map<Subject, Observation> observations = new EnumMap<>(Subject.class);
        for (Subject subject : Subject.values()) {
            observations.put(subject, observe(subject));
        }
        phase("observed");
        return observations;
    }

    private void stream() throws SQLException {
        awaitStreaming();
        phase("streaming");
        for (Scenario scenario : scenarios) {
            for (Step step : scenario.steps()) {
                take(scenario, step);
            }
        }
        phase("steps");
        settle();
        phase("settled");
    }

    /** Some fail at their start, others at a change. */
    private void fail() throws SQLException {
        awaitStreaming();
        for (Scenario scenario : scenarios) {
            for (Step step : scenario.steps()) {
                if (!running().isEmpty()) {
                    take(scenario, step);
                }
            }
        }
        await("both have failed", () -> running().isEmpty());
    }

    private void take(Scenario scenario, Step step) throws SQLException {
        if (step instanceof Step.Settle) {
            settle();
        } else if (step instanceof Step.Await awaited) {
            for (Subject subject : running()) {
                await(subject + " has written to " + awaited.topic(), () -> !TopicReader.read(
                                topic -> topic.contains(awaited.topic()) && topic.contains(subject.uniqueName(number)))
                        .isEmpty());
            }
        } else if (step instanceof Step.Stop) {
            settle();
            for (Subject subject : running()) {
                worker.stop(connector(subject));
            }
        } else if (step instanceof Step.Resume) {
            for (Subject subject : running()) {
                worker.resume(connector(subject));
            }
            awaitStreaming();
        } else {
            database.execute(scenario, step);
        }
    }

    TestDatabase database() {
        return database.database();
    }

    private void start() {
        for (Subject subject : Subject.values()) {
            String refusal = worker.create(connector(subject), properties(subject));
            if (refusal != null) {
                failures.put(subject, refusal);
                refused.add(subject);
            }
        }
    }

    private Map<String, String> properties(Subject subject) {
        String name = subject.uniqueName(number);
        Map<String, String> properties = subject.sourceProperties(name, database());
        properties.put("poll.interval.ms", "20");
        properties.put("slot.retry.delay.ms", "200");
        properties.put("slot.max.retries", "100");
        properties.put("errors.max.retries", "0");
        properties.put("key.converter", CanonicalConverter.class.getName());
        properties.put("value.converter", CanonicalConverter.class.getName());
        properties.put("header.converter", CanonicalHeaderConverter.class.getName());
        properties.putAll(database.configuration(subject));
        properties.computeIfPresent(
                "table.include.list", (key, list) -> list + "," + PairDatabase.MARKER_SCHEMA + "\\.marker");
        properties.computeIfPresent("schema.include.list", (key, list) -> list + "," + PairDatabase.MARKER_SCHEMA);
        return properties;
    }

    private String connector(Subject subject) {
        return subject.uniqueName(number) + "-connector";
    }

    private void awaitStreaming() {
        await("both stream", () -> {
            int running = running().size();
            return database.streaming() >= running;
        });
    }

    /** Those that have not failed; a failure of one does not keep the other from finishing. */
    private List<Subject> running() {
        return Arrays.stream(Subject.values())
                .filter(subject -> !fails(subject))
                .toList();
    }

    private boolean fails(Subject subject) {
        if (!failures.containsKey(subject)) {
            worker.findFailure(connector(subject)).ifPresent(trace -> failures.put(subject, trace));
        }
        return failures.containsKey(subject);
    }

    /** Writes a marker and waits until both connectors have written it and committed its position. */
    private void settle() throws SQLException {
        PairDatabase.Marker marker = database.writeMarker();
        for (Subject subject : Subject.values()) {
            await(
                    subject + " has committed the marker",
                    () -> fails(subject) || committed(subject) >= marker.end() && hasWritten(subject, marker.change()));
        }
    }

    private long committed(Subject subject) {
        JsonNode offset = worker.offsets(connector(subject)).path(0).path("offset");
        // A snapshot's may be the position at which the stream begins.
        return offset.has("snapshot") ? 0 : offset.path("lsn").asLong(0);
    }

    /** A heartbeat may commit the position before the change has reached its topic. */
    private boolean hasWritten(Subject subject, long position) {
        String name = subject.uniqueName(number);
        return TopicReader.read(topic -> topic.contains(name)).stream()
                .map(record -> ObservedRecord.of(record, name).lines().getOrDefault("value.source.lsn", ""))
                .filter(lsn -> lsn.startsWith("long "))
                .anyMatch(lsn -> Long.parseLong(lsn.substring("long ".length())) >= position);
    }

    private boolean snapshotsCompleted() {
        for (Subject subject : running()) {
            JsonNode offset = worker.offsets(connector(subject)).path(0).path("offset");
            if (offset.isMissingNode() || !offset.path("snapshot_completed").asBoolean(false)) {
                return false;
            }
        }
        return true;
    }

    private Observation observe(Subject subject) {
        String name = subject.uniqueName(number);
        Map<String, List<ObservedRecord>> records = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.read(topic -> topic.contains(name))) {
            records.computeIfAbsent(record.topic().replace(name, Subject.COMMON_NAME), topic -> new ArrayList<>())
                    .add(ObservedRecord.of(record, name));
        }
        return new Observation(records, offset(subject), failures.get(subject), refused.contains(subject));
    }

    private Map<String, String> offset(Subject subject) {
        Map<String, String> lines = new TreeMap<>();
        if (failures.containsKey(subject)) {
            return lines;
        }
        int number = 0;
        for (JsonNode entry : worker.offsets(connector(subject))) {
            for (String part : List.of("partition", "offset")) {
                JsonNode fields = entry.path(part);
                String prefix = (number == 0 ? "" : number + ".") + part + ".";
                fields.fieldNames()
                        .forEachRemaining(field -> lines.put(
                                prefix + field,
                                fields.path(field)
                                        .toString()
                                        .replace(subject.uniqueName(this.number), Subject.COMMON_NAME)));
            }
            number++;
        }
        lines.keySet().removeIf(Exemptions::isAddition);
        lines.replaceAll((path, text) -> Exemptions.text(path, text, false));
        return lines;
    }

    private void await(String what, Callable<Boolean> condition) {
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

    @Override
    public void close() {
        for (Subject subject : Subject.values()) {
            worker.delete(connector(subject));
        }
        phase("deleted");
        database.close();
        phase("dropped");
        System.out.println(scenarios.get(0).id() + " " + phases);
    }
}
