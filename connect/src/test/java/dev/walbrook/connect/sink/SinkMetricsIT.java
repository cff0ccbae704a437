package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the MBeans of a sink say. */
class SinkMetricsIT {

    private static final String DEBEZIUM =
            "debezium.jdbc:type=connector-metrics,context=sink,server=measured,task=0,team=a";
    private static final String OWN = "walbrook.postgres:type=sink-metrics,connector=measured,task=0,team=a";

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    @Test
    void countWhatTheTaskDoes() throws Exception {
        Events events = new Events(
                "public", "m", Events.columns("id", Schema.INT32_SCHEMA, "note", Schema.OPTIONAL_STRING_SCHEMA), "id");
        PostgresSinkTask task = new PostgresSinkTask();
        task.initialize(new DirectContext());
        task.start(SERVER.with(Map.of(
                "name", "measured",
                "custom.metric.tags", "team=a",
                "metrics.by.table", "true",
                "errors.tolerance", "all",
                "delivery.guarantee", "exactly_once",
                "insert.mode", "upsert",
                "delete.enabled", "true",
                "primary.key.mode", "record_key",
                "schema.evolution", "basic",
                "collection.name.format", "${source.schema}.${source.table}")));
        task.open(List.of(new TopicPartition(events.topic(), 0)));

        task.put(List.of(events.create(1, "a"), events.create(2, "b")));
        SERVER.execute("ALTER TABLE m ADD CHECK (note <> 'bad')");
        task.put(List.of(events.create(3, "bad"), events.delete(1, "a"), events.tombstone(1, "a"), events.truncate()));
        SinkRecord late = events.update(2, "c");
        SERVER.kill();
        assertThatThrownBy(() -> task.put(List.of(late))).isInstanceOf(RetriableException.class);
        SERVER.startAgain();
        task.put(List.of(late));

        assertThat(get(DEBEZIUM, "TotalNumberOfWrites")).isEqualTo(3L);
        assertThat(get(DEBEZIUM, "TotalNumberOfDeletes")).isEqualTo(1L);
        assertThat(get(DEBEZIUM, "TotalNumberOfTruncates")).isEqualTo(0L);
        assertThat(get(DEBEZIUM, "TotalNumberOfFilteredEvents")).isEqualTo(1L);
        assertThat(get(DEBEZIUM, "TotalNumberOfErrantRecords")).isEqualTo(1L);
        assertThat(get(DEBEZIUM, "TotalNumberOfTablesCreated")).isEqualTo(1L);
        assertThat(get(DEBEZIUM, "TotalNumberOfTablesAltered")).isEqualTo(0L);
        assertThat(get(OWN, "Rows")).isEqualTo(4L);
        assertThat(get(OWN, "Batches")).isEqualTo(3L);
        assertThat(get(OWN, "LastBatchRows")).isEqualTo(1L);
        assertThat(get(OWN, "DeadLetters")).isEqualTo(1L);
        assertThat(get(OWN, "Retries")).isEqualTo(1L);
        assertThat(get(OWN, "HeldRecords")).isEqualTo(0L);
        assertThat((long) get(OWN, "StatementMilliSeconds")).isPositive();
        assertThat(((TabularData) get(OWN, "WritesByTable"))
                        .get(new Object[] {"public.m"})
                        .get("value"))
                .isEqualTo(3L);

        task.stop();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName(OWN)))
                .isFalse();
    }

    private static Object get(String bean, String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(bean), attribute);
    }
}
