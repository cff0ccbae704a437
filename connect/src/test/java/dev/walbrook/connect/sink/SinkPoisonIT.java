package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that the target refuses, and outages, which are told apart. */
class SinkPoisonIT {

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    private final DirectContext context = new DirectContext();

    @RegisterExtension
    final SinkTasks tasks = new SinkTasks();

    private String schema;

    @BeforeEach
    void createSchema() {
        schema = SERVER.createSchema("poison");
    }

    @Test
    void setsThreeBadRowsOfAHundredThousandAsideAndWritesTheRestOnce() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int CHECK (id NOT IN (17, 50000, 99999)), note text)");
        Events events = events("t");
        PostgresSinkTask task = task(Map.of("errors.tolerance", "all", "insert.mode", "insert"));

        List<SinkRecord> all = IntStream.rangeClosed(1, 100_000)
                .mapToObj(id -> events.create(id, "row"))
                .toList();
        for (int from = 0; from < all.size(); from += 5_000) {
            task.put(all.subList(from, from + 5_000));
        }

        assertThat(SERVER.query("SELECT count(*), count(DISTINCT id) FROM " + schema + ".t"))
                .containsExactly("99997|99997");
        assertThat(context.setAside.keySet())
                .extracting(SinkRecord::kafkaOffset)
                .containsExactly(16L, 49_999L, 99_998L);
        assertThat(context.setAside.values())
                .allSatisfy(reason -> assertThat(reason).hasMessageContaining("t_id_check"));
        assertThat(task.preCommit(Map.of())
                        .get(new TopicPartition(events.topic(), 0))
                        .offset())
                .isEqualTo(100_000);
    }

    @Test
    void keepsTheOrderOfWhatIsLeftOfAKey() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, note text CHECK (note <> 'bad'))");
        Events events = events("t");
        PostgresSinkTask task = task(Map.of("errors.tolerance", "all"));

        task.put(List.of(
                events.create(1, "a"),
                events.update(1, "b"),
                events.update(1, "bad"),
                events.create(2, "bad"),
                events.create(3, "c"),
                events.delete(3, "c"),
                events.create(4, "d")));

        assertThat(rows()).containsExactly("1|b", "4|d");
        assertThat(context.setAside.keySet())
                .extracting(SinkRecord::kafkaOffset)
                .containsExactlyInAnyOrder(2L, 3L);
    }

    @Test
    void setsAsideWhatDoesNotFitItsColumn() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, note int)");
        Events events = events("t");
        PostgresSinkTask task = task(Map.of("errors.tolerance", "all"));

        task.put(List.of(events.create(1, "10"), events.create(2, "s3cret"), events.create(3, "30")));

        assertThat(rows()).containsExactly("1|10", "3|30");
        Throwable reason = context.setAside.values().iterator().next();
        assertThat(reason).hasMessageContaining("Column note");
        StringWriter text = new StringWriter();
        reason.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain("s3cret");
    }

    @Test
    void findsTheRecordThatADeferredConstraintRefuses() {
        SERVER.execute("CREATE TABLE " + schema + ".parent (id int PRIMARY KEY); INSERT INTO " + schema
                + ".parent VALUES (1); CREATE TABLE " + schema + ".t (id int PRIMARY KEY, note text, parent int"
                + " GENERATED ALWAYS AS (length(note)) STORED REFERENCES " + schema
                + ".parent DEFERRABLE INITIALLY DEFERRED)");
        Events events = events("t");
        PostgresSinkTask task = task(Map.of("errors.tolerance", "all"));

        task.put(List.of(events.create(1, "x"), events.create(2, "xx"), events.create(3, "y")));

        assertThat(SERVER.query("SELECT id FROM " + schema + ".t ORDER BY 1")).containsExactly("1", "3");
        assertThat(context.setAside.keySet())
                .extracting(SinkRecord::kafkaOffset)
                .containsExactly(1L);
    }

    @Test
    void failsWithTheRecordAndTheCureWhereNothingIsTolerated() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, note text CHECK (note <> 's3cret'))");
        Events events = events("t");
        PostgresSinkTask task = task(Map.of());

        Throwable failure = catchThrowable(
                () -> task.put(List.of(events.create(1, "a"), events.create(2, "s3cret"), events.create(3, "b"))));

        assertThat(failure)
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("topic=" + events.topic() + " partition=0 offset=1")
                .hasMessageContaining("errors.tolerance=all")
                .hasMessageNotContaining("s3cret");
        assertThat(context.setAside).isEmpty();
        assertThat(rows()).isEmpty();
    }

    @Test
    void neverTakesAnOutageForABadRow() throws Exception {
        Events events = events("t");
        PostgresSinkTask task = task(Map.of("errors.tolerance", "all", "schema.evolution", "basic"));
        task.put(List.of(events.create(1, "a")));
        SinkRecord second = events.update(1, "b");

        SERVER.execute("ALTER DATABASE " + SERVER.name() + " SET lock_timeout = '100ms'");
        SERVER.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'walbrook%'");
        assertThatThrownBy(() -> task.put(List.of(second))).isInstanceOf(RetriableException.class);
        try (var other = SERVER.connection()) {
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                statement.execute("UPDATE " + schema + ".t SET note = note");
            }
            assertThatThrownBy(() -> task.put(List.of(second)))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("55P03");
            other.rollback();
        }
        SERVER.execute("ALTER DATABASE " + SERVER.name() + " RESET lock_timeout");
        SERVER.kill();
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThatThrownBy(() -> task.put(List.of(second))).isInstanceOf(RetriableException.class);
        }
        SERVER.startAgain();
        task.put(List.of(second));

        assertThat(rows()).containsExactly("1|b");
        assertThat(context.setAside).isEmpty();
    }

    private Events events(String table) {
        return new Events(
                schema, table, Events.columns("id", Schema.INT32_SCHEMA, "note", Schema.OPTIONAL_STRING_SCHEMA), "id");
    }

    private PostgresSinkTask task(Map<String, String> more) {
        Map<String, String> properties = SERVER.with(Map.of(
                "name", "poison",
                "delivery.guarantee", "exactly_once",
                "insert.mode", "upsert",
                "delete.enabled", "true",
                "primary.key.mode", "record_key",
                "collection.name.format", "${source.schema}.${source.table}"));
        properties.putAll(more);
        return tasks.start(context, properties, new TopicPartition("test." + schema + ".t", 0));
    }

    private List<String> rows() {
        return SERVER.query("SELECT * FROM " + schema + ".t ORDER BY 1");
    }
}
