package dev.walbrook.connect.source.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.walbrook.connect.source.SourceConnector;
import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The MBeans of a connector that runs in a worker. */
@Timeout(180)
class SourceMetricsIT {

    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestConnect connect = TestConnect.shared();
    private TestDatabase database;
    private String name;

    @BeforeEach
    void start() {
        database = TestPostgres.source().createDatabase();
        name = database.name();
        database.execute("CREATE TABLE a (id int PRIMARY KEY, v text)", "INSERT INTO a VALUES (1, 'x')");
    }

    @AfterEach
    void stop() {
        connect.delete(name);
        database.close();
    }

    @Test
    void theSlotsCostIsShown() throws Exception {
        connect.deploy(name, properties());
        await("streaming").atMost(LIMIT).until(() -> Boolean.TRUE.equals(attribute("streaming", "Connected")));

        ObjectName slot = slotMetrics();
        assertThat(JMX.getAttribute(slot, "SlotName")).isEqualTo(name);
        await("the slot is active").atMost(LIMIT).until(() -> Boolean.TRUE.equals(JMX.getAttribute(slot, "Active")));
        assertThat(JMX.getAttribute(slot, "WalStatus")).isEqualTo("reserved");
        assertThat((Long) JMX.getAttribute(slot, "RetainedBytes")).isPositive();
        assertThat((Long) JMX.getAttribute(slot, "LagBytes")).isNotNegative();
        assertThat(JMX.getAttribute(slot, "SpillBytes")).isEqualTo(0L);
        assertThat(JMX.getAttribute(slot, "LastError")).isNull();
        assertThat((Long) JMX.getAttribute(slot, "MilliSecondsSinceRefresh")).isNotNegative();
    }

    @Test
    void aServerThatEndsTheMetricsConnectionDoesNotHurtTheCapture() throws Exception {
        connect.deploy(name, properties());
        await("streaming").atMost(LIMIT).until(() -> Boolean.TRUE.equals(attribute("streaming", "Connected")));
        assertThat(JMX.getAttribute(slotMetrics(), "LastError")).isNull();
        assertThat((Long) JMX.getAttribute(slotMetrics(), "RetainedBytes")).isNotNull();

        database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'walbrook metrics "
                        + name + "'");
        database.execute("INSERT INTO a VALUES (2, 'y')");

        await("the change is captured").atMost(LIMIT).until(() -> attribute(
                        "streaming", "TotalNumberOfCreateEventsSeen")
                .equals(1L));
        await("the server is asked over another connection").atMost(LIMIT).until(() -> {
            Object retained = JMX.getAttribute(slotMetrics(), "RetainedBytes");
            return retained != null
                    && JMX.getAttribute(slotMetrics(), "LastError") == null
                    && database.query("SELECT FROM pg_stat_activity WHERE application_name = 'walbrook metrics " + name
                                            + "'")
                                    .size()
                            == 1;
        });
    }

    @Test
    void anotherTaskOfTheConnectorShowsItsOwn() throws Exception {
        connect.deploy(name, properties());
        await("the snapshot")
                .atMost(LIMIT)
                .until(() -> Boolean.TRUE.equals(attribute("snapshot", "SnapshotCompleted")));
        assertThat(attribute("snapshot", "TotalNumberOfReadEventsSeen")).isEqualTo(1L);

        connect.restart(name);

        await("the second task, which needs no snapshot")
                .atMost(LIMIT)
                .until(() -> Boolean.TRUE.equals(attribute("snapshot", "SnapshotSkipped")));
        assertThat(attribute("snapshot", "TotalNumberOfReadEventsSeen")).isEqualTo(0L);
    }

    @Test
    void aTaskThatFailsLeavesNothingBehind() throws Exception {
        connect.deploy(name, properties());
        await("streaming").atMost(LIMIT).until(() -> Boolean.TRUE.equals(attribute("streaming", "Connected")));

        await("the slot is dropped")
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .until(() -> {
                    database.execute(
                            "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
                                    + name + "' AND active");
                    database.execute("SELECT pg_drop_replication_slot('" + name + "')");
                    return true;
                });

        connect.awaitFailure(name);
        await("no MBean is left").atMost(LIMIT).until(() -> JMX.queryNames(
                        new ObjectName("*:server=" + name + ",*"), null)
                .isEmpty());
    }

    private Object attribute(String context, String attribute) throws JMException {
        ObjectName bean =
                new ObjectName("debezium.postgres:type=connector-metrics,context=" + context + ",server=" + name);
        return JMX.isRegistered(bean) ? JMX.getAttribute(bean, attribute) : "no such bean";
    }

    private ObjectName slotMetrics() throws JMException {
        return new ObjectName("walbrook.postgres:type=slot-metrics,server=" + name);
    }

    private Map<String, String> properties() {
        Map<String, String> properties = SourceConnector.properties(name, database);
        properties.put("slot.name", name);
        properties.put("publication.name", name);
        return properties;
    }
}
