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

/** What a task does with offsets, called as Connect calls it. The table has no key: what is written twice is there twice. */
class SinkDeliveryIT {

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    @RegisterExtension
    final SinkTasks tasks = new SinkTasks();

    private Events log;
    private TopicPartition partition;
    private String table;

    @BeforeEach
    void nameTheTopic() {
        String schema = SERVER.unusedSchema("delivery");
        log = new Events(schema, "log", Events.columns("line", Schema.STRING_SCHEMA));
        partition = new TopicPartition(log.topic(), 0);
        table = schema + ".log";
    }

    @Test
    void goesOnWhereTheTargetIsAlthoughTheGroupWasNeverTold() {
        DirectContext first = new DirectContext();
        DirectContext second = new DirectContext();
        SinkRecord a = log.create("a");
        SinkRecord b = log.create("b");
        task(first).put(List.of(a));

        PostgresSinkTask successor = task(second);
        assertThat(second.places).containsEntry(partition, 1L);
        successor.put(List.of(b));

        assertThat(first.places).isEmpty();
        assertThat(lines()).containsExactly("a", "b");
        assertThat(successor.preCommit(Map.of())).containsEntry(partition, new OffsetAndMetadata(2));
    }

    @Test
    void tellsTheGroupNothingBeforeItIsWritten() {
        PostgresSinkTask task = task(new DirectContext(), Map.of("batch.linger.ms", "60000"));

        task.put(List.of(log.create("a")));
        assertThat(task.preCommit(Map.of(partition, new OffsetAndMetadata(1)))).isEmpty();
        task.put(List.of());

        assertThat(task.preCommit(Map.of())).containsEntry(partition, new OffsetAndMetadata(1));
        // A transform has left out what followed.
        assertThat(task.preCommit(Map.of(partition, new OffsetAndMetadata(9))))
                .containsEntry(partition, new OffsetAndMetadata(9));
        assertThat(lines()).containsExactly("a");
    }

    @Test
    void aReplacedTaskWritesNothing() {
        PostgresSinkTask zombie = task(new DirectContext());
        zombie.put(List.of(log.create("a")));
        SinkRecord second = log.create("b");
        PostgresSinkTask successor = task(new DirectContext());
        successor.put(List.of());

        zombie.put(List.of(second));
        assertThat(lines()).containsExactly("a");
        assertThat(zombie.preCommit(Map.of())).isEmpty();
        successor.put(List.of(second));

        assertThat(lines()).containsExactly("a", "b");
        assertThatThrownBy(() -> zombie.put(List.of(log.create("c"))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Another task writes")
                .hasMessageContaining("offsets.table.name");
    }

    @Test
    void aReplacedTaskLosesNoPartitionThatIsStillItsOwn() {
        Events other = new Events(
                table.substring(0, table.indexOf('.')), "other", Events.columns("line", Schema.STRING_SCHEMA));
        PostgresSinkTask task = task(new DirectContext());
        task.open(List.of(new TopicPartition(other.topic(), 0)));
        task.put(List.of(log.create("a"), other.create("x")));
        task(new DirectContext()).put(List.of());

        task.put(List.of(log.create("b"), other.create("y")));

        assertThat(lines()).containsExactly("a");
        assertThat(SERVER.query("SELECT line FROM " + table.replace(".log", ".other") + " ORDER BY 1"))
                .containsExactly("x", "y");
    }

    @Test
    void recognisesWhatWasCommittedWhenNobodySawIt() {
        PostgresSinkTask task = task(new DirectContext());
        task.put(List.of(log.create("a")));
        SinkRecord second = log.create("b");
        // The session ends within the transaction's commit, after the rows are safe: as if the answer had got lost.
        SERVER.execute(
                """
                CREATE FUNCTION %1$s_end() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER lost AFTER INSERT ON %2$s DEFERRABLE INITIALLY DEFERRED
                  FOR EACH ROW EXECUTE FUNCTION %1$s_end()"""
                        .formatted(table.replace(".log", ""), table));
        assertThatThrownBy(() -> task.put(List.of(second))).isInstanceOf(RetriableException.class);
        assertThat(lines()).containsExactly("a");
        SERVER.execute("DROP TRIGGER lost ON " + table);
        // By hand what the lost transaction would have done.
        SERVER.execute("INSERT INTO " + table + " VALUES ('b')");
        SERVER.execute("UPDATE walbrook_sink_offsets SET next_offset = 2 WHERE topic = '" + log.topic() + "'");

        task.put(List.of(second));
        task.put(List.of(log.create("c")));

        assertThat(lines()).containsExactly("a", "b", "c");
    }

    @Test
    void anOutageAtTheStartOnlyPostponesTheWork() {
        task(new DirectContext()).put(List.of(log.create("a")));
        DirectContext context = new DirectContext();

        SERVER.kill();
        PostgresSinkTask task = task(context);
        SinkRecord second = log.create("b");
        assertThatThrownBy(() -> task.put(List.of(second))).isInstanceOf(RetriableException.class);
        SERVER.startAgain();
        task.put(List.of(second));

        // Only now it learned where to go on, and the consumer has to be sent there first.
        assertThat(context.places).containsEntry(partition, 1L);
        assertThat(lines()).containsExactly("a");
        task.put(List.of(second));
        assertThat(lines()).containsExactly("a", "b");
    }

    @Test
    void writesATopicThatWasCreatedAnew() {
        PostgresSinkTask task = task(new DirectContext());
        task.put(List.of(log.create("a"), log.create("b")));

        Events anew = new Events(table.replace(".log", ""), "log", Events.columns("line", Schema.STRING_SCHEMA));
        task.put(List.of(anew.create("c")));

        assertThat(lines()).containsExactly("a", "b", "c");
        assertThat(task.preCommit(Map.of())).containsEntry(partition, new OffsetAndMetadata(1));
    }

    @Test
    void looksAtTheRecordThatWasWrittenLastBeforeItGoesOn() {
        SinkRecord a = at(log.create("a"), 1_000L);
        SinkRecord b = at(log.create("b"), 2_000L);
        SinkRecord c = at(log.create("c"), 3_000L);
        task(new DirectContext()).put(List.of(a, b));
        DirectContext context = new DirectContext();

        PostgresSinkTask successor = task(context);
        assertThat(context.places).containsEntry(partition, 1L);
        successor.put(List.of(b, c));

        assertThat(lines()).containsExactly("a", "b", "c");
    }

    @Test
    void noticesAnotherTopicOfTheSameName() {
        task(new DirectContext()).put(List.of(at(log.create("a"), 1_000L), at(log.create("b"), 2_000L)));
        Events anew = new Events(table.replace(".log", ""), "log", Events.columns("line", Schema.STRING_SCHEMA));
        SinkRecord skipped = at(anew.create("x"), 4_000L);
        SinkRecord inItsPlace = at(anew.create("y"), 5_000L);
        DirectContext context = new DirectContext();
        PostgresSinkTask task = task(context);

        assertThatThrownBy(() -> task.put(List.of(inItsPlace)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("another one of the same name")
                .hasMessageContaining("DELETE /connectors/NAME/offsets");
        new PostgresSinkConnector().alterOffsets(properties(Map.of()), Map.of());
        DirectContext cured = new DirectContext();
        task(cured).put(List.of(skipped, inItsPlace));

        assertThat(cured.places).isEmpty();
        assertThat(lines()).containsExactly("a", "b", "x", "y");
    }

    private static SinkRecord at(SinkRecord record, long timestamp) {
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                timestamp,
                record.headers());
    }

    @Test
    void movesTheOffsetsWithTheGroups() {
        task(new DirectContext()).put(List.of(log.create("a"), log.create("b"), log.create("c")));
        PostgresSinkConnector connector = new PostgresSinkConnector();

        connector.alterOffsets(properties(Map.of()), Map.of(partition, 1L));
        DirectContext moved = new DirectContext();
        task(moved);
        Map<TopicPartition, Long> forgotten = new HashMap<>();
        forgotten.put(partition, null);
        connector.alterOffsets(properties(Map.of()), forgotten);
        DirectContext free = new DirectContext();
        task(free);

        assertThat(moved.places).containsEntry(partition, 1L);
        assertThat(free.places).isEmpty();
    }

    @Test
    void saysHowToGetTheTableWhereItMayNotBeCreated() {
        SERVER.execute("CREATE ROLE narrow LOGIN PASSWORD 'narrow'; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        PostgresSinkTask task = tasks.start(
                new DirectContext(),
                properties(Map.of(
                        "offsets.table.name", "public.its_offsets",
                        "connection.username", "narrow",
                        "connection.password", "narrow")));

        assertThatThrownBy(() -> task.open(List.of(partition)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("CREATE TABLE IF NOT EXISTS \"public\".\"its_offsets\"")
                .hasMessageContaining("delivery.guarantee=at_least_once");
    }

    private PostgresSinkTask task(DirectContext context) {
        return task(context, Map.of());
    }

    private PostgresSinkTask task(DirectContext context, Map<String, String> more) {
        return tasks.start(context, properties(more), partition);
    }

    private static Map<String, String> properties(Map<String, String> more) {
        Map<String, String> properties = SERVER.with(Map.of(
                "name", "delivery",
                "delivery.guarantee", "exactly_once",
                "schema.evolution", "basic",
                "collection.name.format", "${source.schema}.${source.table}"));
        properties.putAll(more);
        return properties;
    }

    private List<String> lines() {
        return SERVER.query("SELECT line FROM " + table + " ORDER BY 1");
    }
}
