package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A task that applies whole transactions, called as Connect calls it. */
class SinkTransactionsIT {

    private static final Schema BLOCK = SchemaBuilder.struct()
            .field("id", Schema.STRING_SCHEMA)
            .field("total_order", Schema.INT64_SCHEMA)
            .field("data_collection_order", Schema.INT64_SCHEMA)
            .optional()
            .build();

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    private final DirectContext context = new DirectContext();

    @RegisterExtension
    final SinkTasks tasks = new SinkTasks();

    private String schema;
    private Events parents;
    private Events children;
    private TopicPartition ends;
    private long endOffset;

    @BeforeEach
    void createTables() {
        schema = SERVER.createSchema("whole");
        SERVER.execute(
                """
                CREATE TABLE %1$s.parent (id int PRIMARY KEY, note text CHECK (note <> 'bad'));
                CREATE TABLE %1$s.child (id int PRIMARY KEY, note text, parent int NOT NULL REFERENCES %1$s.parent)"""
                        .formatted(schema));
        parents = new Events(
                schema,
                "parent",
                Events.columns("id", Schema.INT32_SCHEMA, "note", Schema.OPTIONAL_STRING_SCHEMA),
                "id");
        children = new Events(
                schema,
                "child",
                Events.columns(
                        "id",
                        Schema.INT32_SCHEMA,
                        "note",
                        Schema.OPTIONAL_STRING_SCHEMA,
                        "parent",
                        Schema.INT32_SCHEMA),
                "id");
        ends = new TopicPartition("test.transaction", 0);
    }

    @Test
    void writesParentsFirstWhateverTopicIsReadFirst() {
        PostgresSinkTask task = task();

        task.put(List.of(at(children.create(1, "a", 1), 7, 71, 2), end(7, 100, 1, 1)));
        task.put(List.of());
        assertThat(children()).isEmpty();
        assertThat(task.preCommit(Map.of())).isEmpty();
        task.put(List.of(at(parents.create(1, "p"), 7, 70, 1)));
        task.put(List.of());

        assertThat(children()).containsExactly("1");
        assertThat(task.preCommit(Map.of()).get(ends).offset()).isEqualTo(1);
    }

    @Test
    void setsATransactionAsideAsAWhole() {
        PostgresSinkTask task = task();
        SinkRecord good = at(parents.create(1, "p"), 7, 70, 1);
        SinkRecord bad = at(parents.create(2, "bad"), 7, 71, 2);
        SinkRecord other = at(parents.create(3, "q"), 8, 110, 1);

        task.put(List.of(good, bad, end(7, 100, 2, 0), other, end(8, 200, 1, 0)));
        task.put(List.of());

        assertThat(SERVER.query("SELECT id FROM " + schema + ".parent")).containsExactly("3");
        assertThat(context.setAside).containsOnlyKeys(good, bad);
        assertThat(context.setAside.get(good))
                .hasMessageContaining("offset=1")
                .hasMessageContaining("parent_note_check");
    }

    @Test
    void goesBackToWhatTheTargetHasAfterAnOutage() {
        PostgresSinkTask task = task();
        task.put(List.of(at(parents.create(1, "p"), 7, 70, 1), end(7, 100, 1, 0)));
        task.put(List.of());
        SinkRecord second = at(parents.create(2, "q"), 8, 110, 1);
        SinkRecord itsChild = at(children.create(2, "b", 2), 8, 111, 2);
        SinkRecord itsEnd = end(8, 200, 1, 1);
        task.put(List.of(second, itsEnd));

        SERVER.kill();
        List<SinkRecord> last = List.of(itsChild);
        assertThatThrownBy(() -> {
                    task.put(last);
                    task.put(List.of());
                })
                .isInstanceOf(RetriableException.class);
        SERVER.startAgain();
        // Delivered again by the worker, before its consumer is where it was sent.
        task.put(last);
        assertThat(children()).isEmpty();
        assertThat(context.places)
                .containsEntry(new TopicPartition(parents.topic(), 0), 1L)
                .containsEntry(new TopicPartition(children.topic(), 0), 0L)
                .containsEntry(ends, 1L);
        task.put(List.of(second, itsEnd, itsChild));
        task.put(List.of());

        assertThat(children()).containsExactly("2");
        assertThat(context.setAside).isEmpty();
    }

    private List<String> children() {
        return SERVER.query("SELECT id FROM " + schema + ".child ORDER BY 1");
    }

    /** The record with a transaction's block. */
    private static SinkRecord at(SinkRecord record, long xid, long lsn, long order) {
        Struct value = (Struct) record.value();
        SchemaBuilder builder = SchemaBuilder.struct().name(value.schema().name());
        value.schema().fields().forEach(field -> builder.field(field.name(), field.schema()));
        Struct marked = new Struct(builder.field("transaction", BLOCK).build());
        for (Field field : value.schema().fields()) {
            marked.put(field.name(), value.get(field));
        }
        marked.put(
                "transaction",
                new Struct(BLOCK)
                        .put("id", xid + ":" + lsn)
                        .put("total_order", order)
                        .put("data_collection_order", order));
        return new SinkRecord(
                record.topic(), 0, record.keySchema(), record.key(), marked.schema(), marked, record.kafkaOffset());
    }

    private SinkRecord end(long xid, long lsn, long ofParents, long ofChildren) {
        // Without schema, as JsonConverter delivers it with schemas.enable=false.
        Map<String, Object> value = Map.of(
                "status", "END",
                "id", xid + ":" + lsn,
                "event_count", ofParents + ofChildren,
                "ts_ms", 1_000L + lsn,
                "data_collections",
                        List.of(
                                Map.of("data_collection", schema + ".parent", "event_count", ofParents),
                                Map.of("data_collection", schema + ".child", "event_count", ofChildren)));
        return new SinkRecord(ends.topic(), 0, null, null, null, value, endOffset++);
    }

    private PostgresSinkTask task() {
        Map<String, String> properties = SERVER.with(Map.of(
                "name", schema,
                "topics.regex", "test\\..*",
                "apply.mode", "transaction",
                "batch.linger.ms", "60000",
                "errors.tolerance", "all",
                "delivery.guarantee", "exactly_once",
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "collection.name.format", "${source.schema}.${source.table}"));
        return tasks.start(
                context,
                properties,
                ends,
                new TopicPartition(parents.topic(), 0),
                new TopicPartition(children.topic(), 0));
    }
}
