package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Batches of two records that are written while more is read. The table has no key: what is written twice is there twice.
 */
class SinkBackgroundIT {

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    @RegisterExtension
    final SinkTasks tasks = new SinkTasks();

    private final DirectContext context = new DirectContext();
    private Events log;
    private TopicPartition partition;
    private String table;

    @BeforeEach
    void nameTheTopic() {
        String schema = SERVER.unusedSchema("background");
        log = new Events(schema, "log", Events.columns("line", Schema.STRING_SCHEMA));
        partition = new TopicPartition(log.topic(), 0);
        table = schema + ".log";
    }

    @Test
    void writesEachBatchOnceAndTellsTheGroupOfTheLast() {
        PostgresSinkTask task = task();

        task.put(List.of(log.create("a"), log.create("b")));
        task.put(List.of(log.create("c"), log.create("d")));
        task.put(List.of(log.create("e")));
        task.put(List.of());

        assertThat(lines()).containsExactly("a", "b", "c", "d", "e");
        assertThat(task.preCommit(Map.of())).containsEntry(partition, new OffsetAndMetadata(5));
    }

    @Test
    void finishesTheBatchBeforeItGivesThePartitionAway() {
        PostgresSinkTask task = task();
        task.put(List.of(log.create("a"), log.create("b")));
        task.put(List.of(log.create("c")));

        task.close(List.of(partition));
        DirectContext other = new DirectContext();
        task(other);

        assertThat(lines()).containsExactly("a", "b");
        assertThat(other.places).containsEntry(partition, 2L);
    }

    @Test
    void tellsTheGroupNothingOfABatchThatAnOutageStopped() {
        PostgresSinkTask task = task();
        task.put(List.of(log.create("a"), log.create("b")));
        task.put(List.of());
        assertThat(lines()).containsExactly("a", "b");

        SERVER.kill();
        List<SinkRecord> second = List.of(log.create("c"), log.create("d"));
        task.put(second);
        List<SinkRecord> third = List.of(log.create("e"), log.create("f"));
        assertThatThrownBy(() -> task.put(third)).isInstanceOf(RetriableException.class);
        assertThat(task.preCommit(Map.of(partition, new OffsetAndMetadata(6))))
                .containsEntry(partition, new OffsetAndMetadata(2));
        SERVER.startAgain();
        task.put(third);
        task.put(List.of());

        assertThat(lines()).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(task.preCommit(Map.of())).containsEntry(partition, new OffsetAndMetadata(6));
    }

    @Test
    void aReplacedTaskWritesNothing() {
        PostgresSinkTask zombie = task();
        zombie.put(List.of(log.create("a")));
        zombie.put(List.of());
        List<SinkRecord> rest = List.of(log.create("b"), log.create("c"));
        PostgresSinkTask successor = task();

        zombie.put(rest);
        zombie.put(List.of());
        assertThat(lines()).containsExactly("a");
        successor.put(rest);
        successor.put(List.of());

        assertThat(lines()).containsExactly("a", "b", "c");
        assertThatThrownBy(() -> zombie.put(List.of(log.create("d"))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Another task writes");
    }

    @Test
    void setsARecordAsideThatTheTargetRefuses() {
        SERVER.execute("CREATE SCHEMA " + table.replace(".log", ""));
        SERVER.execute("CREATE TABLE " + table + " (line varchar(1))");
        PostgresSinkTask task = task(context, Map.of("errors.tolerance", "all"));

        task.put(List.of(log.create("a"), log.create("too long")));
        task.put(List.of(log.create("b"), log.create("c")));
        task.put(List.of());

        assertThat(lines()).containsExactly("a", "b", "c");
        assertThat(context.setAside.keySet())
                .extracting(SinkRecord::kafkaOffset)
                .containsExactly(1L);
    }

    private PostgresSinkTask task() {
        return task(context);
    }

    private PostgresSinkTask task(DirectContext of) {
        return task(of, Map.of());
    }

    private PostgresSinkTask task(DirectContext of, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(SERVER.with(Map.of(
                "name", "background",
                "task.id", "0",
                "batch.size", "2",
                "batch.linger.ms", "60000",
                "delivery.guarantee", "exactly_once",
                "schema.evolution", "basic",
                "collection.name.format", "${source.schema}.${source.table}")));
        properties.putAll(more);
        return tasks.start(of, properties, partition);
    }

    private List<String> lines() {
        return SERVER.query("SELECT line FROM " + table + " ORDER BY 1");
    }
}
