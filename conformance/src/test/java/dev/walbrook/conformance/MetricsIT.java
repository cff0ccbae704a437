package dev.walbrook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The MBeans of both connectors, side by side in one worker: the same names, attributes, operations and counts. */
@Timeout(240)
class MetricsIT {

    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What both must count alike, after the same changes. */
    private static final List<String> COUNTED_ALIKE = List.of(
            "TotalNumberOfEventsSeen",
            "TotalNumberOfCreateEventsSeen",
            "TotalNumberOfUpdateEventsSeen",
            "TotalNumberOfDeleteEventsSeen",
            "TotalNumberOfReadEventsSeen",
            "NumberOfEventsFiltered",
            "NumberOfErroneousEvents",
            "QueueTotalCapacity",
            "QueueRemainingCapacity",
            "CurrentQueueSizeInBytes");

    private final TestConnect worker = Servers.worker();
    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestPostgres.source().createDatabase();
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY, v text)",
                "CREATE TABLE b (k1 int, k2 text, k3 numeric(5,2), PRIMARY KEY (k1, k2, k3))",
                "CREATE TABLE empty (id int PRIMARY KEY)",
                "INSERT INTO a SELECT i, 'v' || i FROM generate_series(1, 5) i",
                "INSERT INTO b VALUES (1, 'x', 1)");
    }

    @AfterEach
    void dropDatabase() {
        for (Subject subject : Subject.values()) {
            worker.delete(connector(subject));
        }
        database.close();
    }

    @Test
    void bothShowTheSame() throws Exception {
        for (Subject subject : Subject.values()) {
            worker.deploy(connector(subject), properties(subject, Map.of("custom.metric.tags", "team=one,env=two")));
        }
        for (Subject subject : Subject.values()) {
            await("the snapshot of " + subject).atMost(LIMIT).until(() -> snapshotIsComplete(subject));
            await("streaming of " + subject)
                    .atMost(LIMIT)
                    .ignoreExceptionsInstanceOf(JMException.class)
                    .until(() -> Boolean.TRUE.equals(JMX.getAttribute(name(subject, "streaming"), "Connected")));
        }

        database.execute(
                "INSERT INTO a VALUES (10, 'secret')",
                "UPDATE a SET v = 'y' WHERE id = 10",
                "UPDATE a SET id = 11 WHERE id = 10",
                "DELETE FROM a WHERE id = 11",
                "TRUNCATE empty",
                "INSERT INTO b VALUES (7, 'q', 1.5), (8, 'r', 2)");

        for (Subject subject : Subject.values()) {
            await("the changes of " + subject).atMost(LIMIT).untilAsserted(() -> assertThat(
                            JMX.getAttribute(name(subject, "streaming"), "TotalNumberOfEventsSeen"))
                    .isEqualTo(7L));
            for (String context : List.of("snapshot", "streaming")) {
                ObjectName beans = name(subject, context);
                await("the queue is empty").atMost(LIMIT).untilAsserted(() -> assertThat(
                                JMX.getAttribute(beans, "QueueRemainingCapacity"))
                        .isEqualTo(JMX.getAttribute(beans, "QueueTotalCapacity")));
            }
        }
        for (String context : List.of("snapshot", "streaming")) {
            assertThat(shape(name(Subject.WALBROOK, context))).isEqualTo(shape(name(Subject.DEBEZIUM, context)));
            assertThat(values(Subject.WALBROOK, context, COUNTED_ALIKE))
                    .isEqualTo(values(Subject.DEBEZIUM, context, COUNTED_ALIKE));
            // Key and position are shown, and nothing else of the row; the position is each connector's own.
            assertThat(lastKey(Subject.WALBROOK, context)).isEqualTo(lastKey(Subject.DEBEZIUM, context));
            assertThat(capturedTables(Subject.WALBROOK, context)).isEqualTo(capturedTables(Subject.DEBEZIUM, context));
        }
        List<String> ofSnapshot = List.of(
                "TotalTableCount",
                "RemainingTableCount",
                "SnapshotRunning",
                "SnapshotPaused",
                "SnapshotCompleted",
                "SnapshotAborted",
                "SnapshotSkipped",
                "RowsScanned");
        assertThat(values(Subject.WALBROOK, "snapshot", ofSnapshot))
                .isEqualTo(values(Subject.DEBEZIUM, "snapshot", ofSnapshot));
        List<String> ofStream = List.of(
                "Connected",
                "SourceEventPosition",
                "NumberOfCommittedTransactions",
                "LastTransactionId",
                "NumberOfUnchangedEventsSkipped");
        assertThat(values(Subject.WALBROOK, "streaming", ofStream))
                .isEqualTo(values(Subject.DEBEZIUM, "streaming", ofStream));
        // Debezium's stays at what the last event had.
        await("nothing is behind").atMost(LIMIT).untilAsserted(() -> assertThat(
                        JMX.getAttribute(name(Subject.WALBROOK, "streaming"), "MilliSecondsBehindSource"))
                .isEqualTo(0L));

        for (Subject subject : Subject.values()) {
            for (String context : List.of("snapshot", "streaming")) {
                JMX.invoke(name(subject, context), "reset", null, null);
            }
        }
        for (String context : List.of("snapshot", "streaming")) {
            List<String> reset = List.of("TotalNumberOfEventsSeen", "LastEvent", "MilliSecondsSinceLastEvent");
            assertThat(values(Subject.WALBROOK, context, reset)).isEqualTo(values(Subject.DEBEZIUM, context, reset));
        }

        for (Subject subject : Subject.values()) {
            worker.delete(connector(subject));
            await("the MBeans of " + subject + " are gone").atMost(LIMIT).until(() -> JMX.queryNames(
                            new ObjectName("*:server=" + subject.uniqueName(9000) + ",*"), null)
                    .isEmpty());
        }
    }

    private static boolean snapshotIsComplete(Subject subject) throws JMException {
        ObjectName name = name(subject, "snapshot");
        return JMX.isRegistered(name) && Boolean.TRUE.equals(JMX.getAttribute(name, "SnapshotCompleted"));
    }

    private static ObjectName name(Subject subject, String context) throws JMException {
        return new ObjectName("debezium.postgres:type=connector-metrics,context=" + context + ",server="
                + subject.uniqueName(9000) + ",team=one,env=two");
    }

    /** Attributes and operations with their types. */
    private static Map<String, String> shape(ObjectName name) throws JMException {
        Map<String, String> shape = new TreeMap<>();
        for (MBeanAttributeInfo attribute : JMX.getMBeanInfo(name).getAttributes()) {
            Object openType = attribute.getDescriptor().getFieldValue("openType");
            shape.put(
                    attribute.getName(),
                    attribute.getType() + " " + openType + (attribute.isIs() ? " is" : "")
                            + (attribute.isReadable() ? " readable" : "")
                            + (attribute.isWritable() ? " writable" : ""));
        }
        for (MBeanOperationInfo operation : JMX.getMBeanInfo(name).getOperations()) {
            shape.put(
                    operation.getName() + "()", operation.getReturnType() + Arrays.toString(operation.getSignature()));
        }
        return shape;
    }

    private static Map<String, Object> values(Subject subject, String context, List<String> attributes)
            throws JMException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String attribute : attributes) {
            Object value = JMX.getAttribute(name(subject, context), attribute);
            values.put(attribute, value instanceof TabularData table ? map(table) : value);
        }
        return values;
    }

    private static Map<Object, Object> map(TabularData table) {
        Map<Object, Object> map = new TreeMap<>();
        for (Object row : table.values()) {
            CompositeData entry = (CompositeData) row;
            map.put(entry.get("key"), entry.get("value"));
        }
        return map;
    }

    private static Set<String> capturedTables(Subject subject, String context) throws JMException {
        return new TreeSet<>(Arrays.asList((String[]) JMX.getAttribute(name(subject, context), "CapturedTables")));
    }

    private static String lastKey(Subject subject, String context) throws JMException {
        String last = (String) JMX.getAttribute(name(subject, context), "LastEvent");
        return last.replaceFirst("lsn: \\d+", "lsn: n");
    }

    private static String connector(Subject subject) {
        return subject.uniqueName(9000) + "-connector";
    }

    private Map<String, String> properties(Subject subject, Map<String, String> more) {
        String name = subject.uniqueName(9000);
        Map<String, String> properties = subject.sourceProperties(name, database);
        properties.put("publication.autocreate.mode", "filtered");
        properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.putAll(more);
        return properties;
    }
}
