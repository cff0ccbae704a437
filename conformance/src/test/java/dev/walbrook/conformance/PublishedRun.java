package dev.walbrook.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/**
 * A published configuration under both connectors, on the same database and the same changes.
 *
 * <p>Transforms may write to topics that do not have the connector's name in theirs. Only one connector writes at a time,
 * so that whose record is whose is known by when it came: Debezium's snapshot, Walbrook's snapshot, the changes under
 * Debezium while Walbrook is stopped, the changes under Walbrook when it is resumed.
 */
final class PublishedRun implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final AtomicInteger COUNT = new AtomicInteger(9100);

    private final int number = COUNT.incrementAndGet();
    private final TestDatabase database = TestPostgres.source().createDatabase();
    private final PublishedConfiguration configuration;
    private final TestConnect worker;
    private final ApicurioRegistry registry;
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private final Map<Subject, Map<String, List<ObservedRecord>>> records = new EnumMap<>(Subject.class);

    PublishedRun(PublishedConfiguration configuration, TestConnect worker, ApicurioRegistry registry) {
        this.configuration = configuration;
        this.worker = worker;
        this.registry = registry;
        for (Subject subject : Subject.values()) {
            records.put(subject, new TreeMap<>());
        }
    }

    /** What each connector wrote. */
    Map<Subject, Observation> run() throws SQLException {
        database.execute(configuration.before());
        for (Subject subject : Subject.values()) {
            worker.deploy(name(subject), configuration.under(subject, name(subject), database, registry.url()));
            await(subject + " has read the snapshot and streams", () -> streams(subject) && snapshotCompleted(subject));
            collect(subject);
        }
        worker.stop(name(Subject.WALBROOK));
        long position = change();
        for (Subject subject : Subject.values()) {
            if (subject == Subject.WALBROOK) {
                worker.resume(name(subject));
            }
            await(subject + " has committed the last change", () -> committed(subject) >= position);
            collect(subject);
        }
        Map<Subject, Observation> observations = new EnumMap<>(Subject.class);
        records.forEach((subject, topics) -> observations.put(subject, new Observation(topics, Map.of(), null, false)));
        return observations;
    }

    /** The registry's artifacts that a connector's converters made, under the common name, and their versions. */
    Map<String, Integer> artifacts(Subject subject) {
        Map<String, Integer> artifacts = new TreeMap<>();
        registry.artifacts(name(subject))
                .forEach((artifact, versions) ->
                        artifacts.put(artifact.replace(name(subject), Subject.COMMON_NAME), versions));
        return artifacts;
    }

    private String name(Subject subject) {
        return subject.uniqueName(number);
    }

    private boolean streams(Subject subject) {
        failIfFailed(subject);
        return database.query(
                                """
                        SELECT 1 FROM pg_replication_slots s JOIN pg_stat_replication r ON r.pid = s.active_pid
                        WHERE s.slot_name = '%s' AND r.state IN ('catchup', 'streaming')
                        """
                                        .formatted(name(subject)))
                        .size()
                == 1;
    }

    private boolean snapshotCompleted(Subject subject) {
        return offset(subject).path("snapshot_completed").asBoolean(false);
    }

    private long committed(Subject subject) {
        failIfFailed(subject);
        return offset(subject).path("lsn").asLong(0);
    }

    private JsonNode offset(Subject subject) {
        return worker.offsets(name(subject)).path(0).path("offset");
    }

    private void failIfFailed(Subject subject) {
        worker.findFailure(name(subject)).ifPresent(trace -> {
            throw new AssertionError(configuration.name() + " fails under " + subject + ": " + trace);
        });
    }

    /** @return a position that every connector reaches with the last record, and with none before */
    private long change() throws SQLException {
        List<String> transactions = configuration.changes();
        int last = transactions.size() - 1;
        transactions.subList(0, last).forEach(database::execute);
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long before = currentPosition(statement);
            statement.execute(transactions.get(last));
            long after = currentPosition(statement);
            connection.commit();
            // The record of a transaction's end has the commit's position.
            return configuration.recordsTransactions() ? after : before;
        }
    }

    private static long currentPosition(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Takes what has been written since the last time as written by the connector. */
    private void collect(Subject subject) {
        String name = name(subject);
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.read(
                topic -> topic.contains(name) || configuration.furtherTopics().contains(topic))) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (record.offset() >= read.getOrDefault(partition, 0L)) {
                read.put(partition, record.offset() + 1);
                records.get(subject)
                        .computeIfAbsent(record.topic().replace(name, Subject.COMMON_NAME), topic -> new ArrayList<>())
                        .add(DecodedRecord.of(record, name, registry));
            }
        }
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    @Override
    public void close() {
        for (Subject subject : Subject.values()) {
            worker.delete(name(subject));
        }
        database.close();
    }
}
