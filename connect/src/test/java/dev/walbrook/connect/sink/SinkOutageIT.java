package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Failures that are nobody's record's fault: the records are delivered again, and none is set aside although that is allowed. */
class SinkOutageIT {

    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    private final DirectContext context = new DirectContext();

    @RegisterExtension
    final SinkTasks tasks = new SinkTasks();

    private String schema;
    private Events events;

    @BeforeEach
    void createSchema() {
        schema = SERVER.createSchema("outage");
        events = events("t");
    }

    @AfterEach
    void resetSettings() {
        SERVER.execute("ALTER DATABASE " + SERVER.name() + " RESET ALL");
    }

    @Test
    void aDeadlock() throws Exception {
        PostgresSinkTask task = task(Map.of());
        task.put(List.of(events.create(1, "a"), events.create(2, "a")));
        List<SinkRecord> next = List.of(events.update(1, "b"), events.update(2, "b"));
        try (Connection other = SERVER.connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            // The sink looks for deadlocks after one second, and so is the one who finds it.
            statement.execute("SET deadlock_timeout = '1min'");
            statement.execute("UPDATE " + schema + ".t SET note = 'other' WHERE id = 2");
            CompletableFuture<Void> put = CompletableFuture.runAsync(() -> task.put(next));
            awaitLockWait();
            statement.execute("UPDATE " + schema + ".t SET note = 'other' WHERE id = 1");
            assertThatThrownBy(() -> put.get(1, TimeUnit.MINUTES))
                    .cause()
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("40P01");
            other.rollback();
        }

        task.put(next);

        assertThat(rows()).containsExactly("1|b", "2|b");
        assertThat(context.setAside).isEmpty();
    }

    @Test
    void aSerialisationFailure() throws Exception {
        SERVER.execute("ALTER DATABASE " + SERVER.name() + " SET default_transaction_isolation = 'repeatable read'");
        PostgresSinkTask task = task(Map.of());
        task.put(List.of(events.create(1, "a")));
        List<SinkRecord> next = List.of(events.update(1, "b"));
        try (Connection other = SERVER.connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE " + schema + ".t SET note = 'other'");
            CompletableFuture<Void> put = CompletableFuture.runAsync(() -> task.put(next));
            awaitLockWait();
            other.commit();
            assertThatThrownBy(() -> put.get(1, TimeUnit.MINUTES))
                    .cause()
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("40001");
        }

        task.put(next);

        assertThat(rows()).containsExactly("1|b");
        assertThat(context.setAside).isEmpty();
    }

    private static void awaitLockWait() {
        Awaitility.await("the sink waits for a lock")
                .atMost(Duration.ofMinutes(1))
                .until(() -> SERVER.query("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND application_name LIKE 'walbrook%'")
                        .equals(List.of("1")));
    }

    /** The states are the server's; that the disk is full is said by a trigger, because a test cannot fill it. */
    @Test
    void aServerWithoutRoom() {
        PostgresSinkTask task = task(Map.of());
        task.put(List.of(events.create(1, "a")));
        List<SinkRecord> next = List.of(events.create(2, "b"), events.create(3, "c"));
        for (String state : List.of("53100", "53200", "53400")) {
            SERVER.execute(
                    """
                    CREATE OR REPLACE FUNCTION %1$s.full() RETURNS trigger LANGUAGE plpgsql AS
                      $$ BEGIN RAISE EXCEPTION 'there is no room' USING ERRCODE = '%2$s'; END $$;
                    CREATE OR REPLACE TRIGGER f BEFORE INSERT ON %1$s.t FOR EACH ROW EXECUTE FUNCTION %1$s.full()"""
                            .formatted(schema, state));
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> task.put(next))
                        .isInstanceOf(RetriableException.class)
                        .hasMessageContaining(state);
            }
        }
        SERVER.execute("DROP TRIGGER f ON " + schema + ".t");

        task.put(next);

        assertThat(rows()).containsExactly("1|a", "2|b", "3|c");
        assertThat(context.setAside).isEmpty();
    }

    @Test
    void aServerWithoutAFreeConnection() throws Exception {
        SERVER.execute("CREATE ROLE single LOGIN PASSWORD 'single' CONNECTION LIMIT 0; GRANT ALL ON SCHEMA " + schema
                + " TO single; GRANT CREATE ON SCHEMA public TO single");
        PostgresSinkTask task = task(Map.of(
                "connection.username", "single",
                "connection.password", "single",
                "offsets.table.name", schema + ".offsets"));
        List<SinkRecord> next = List.of(events.create(1, "a"));

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> task.put(next))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("53300");
        }
        SERVER.execute("ALTER ROLE single CONNECTION LIMIT 5");
        task.put(next);

        assertThat(rows()).containsExactly("1|a");
        assertThat(context.setAside).isEmpty();
    }

    @Test
    void aDayWithoutTheServer() {
        PostgresSinkTask task = task(Map.of());
        task.put(List.of(events.create(1, "a")));
        List<SinkRecord> next =
                IntStream.range(2, 1_002).mapToObj(id -> events.create(id, "b")).toList();
        SERVER.kill();

        int attempts = 0;
        while (context.pausedMs < 24 * HOUR_MS) {
            assertThatThrownBy(() -> task.put(next)).isInstanceOf(RetriableException.class);
            attempts++;
        }
        SERVER.startAgain();
        task.put(next);

        assertThat(attempts).isGreaterThan(2_000);
        assertThat(SERVER.query("SELECT count(*), count(DISTINCT id) FROM " + schema + ".t"))
                .containsExactly("1001|1001");
        assertThat(context.setAside).isEmpty();
        assertThat(task.preCommit(Map.of())
                        .get(new TopicPartition(events.topic(), 0))
                        .offset())
                .isEqualTo(1_001);
    }

    @Test
    void twoTasksThatCreateTheSameTables() throws Exception {
        int tables = 25;
        PostgresSinkTask one = task(Map.of("offsets.table.name", schema + "_new.its_offsets"));
        PostgresSinkTask two = task(Map.of("offsets.table.name", schema + "_new.its_offsets", "walbrook.task", "1"));
        CyclicBarrier together = new CyclicBarrier(2);

        CompletableFuture<?>[] both = IntStream.range(0, 2)
                .mapToObj(number -> CompletableFuture.runAsync(() -> {
                    try {
                        for (int n = 0; n < tables; n++) {
                            Events created = new Events(
                                    schema + "_new",
                                    "t" + n,
                                    Events.columns("id", Schema.INT32_SCHEMA, "note", Schema.OPTIONAL_STRING_SCHEMA),
                                    "id");
                            SinkRecord record = created.create(number, "x");
                            SinkRecord ofItsPartition = new SinkRecord(
                                    record.topic(),
                                    number,
                                    record.keySchema(),
                                    record.key(),
                                    record.valueSchema(),
                                    record.value(),
                                    0);
                            PostgresSinkTask task = number == 0 ? one : two;
                            task.open(List.of(new TopicPartition(created.topic(), number)));
                            together.await(1, TimeUnit.MINUTES);
                            task.put(List.of(ofItsPartition));
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(both).get(2, TimeUnit.MINUTES);

        for (int n = 0; n < tables; n++) {
            assertThat(SERVER.query("SELECT id FROM " + schema + "_new.t" + n + " ORDER BY 1"))
                    .containsExactly("0", "1");
        }
        assertThat(context.setAside).isEmpty();
    }

    private Events events(String table) {
        return new Events(
                schema, table, Events.columns("id", Schema.INT32_SCHEMA, "note", Schema.OPTIONAL_STRING_SCHEMA), "id");
    }

    private PostgresSinkTask task(Map<String, String> more) {
        Map<String, String> properties = SERVER.with(Map.of(
                "name", schema,
                "errors.tolerance", "all",
                "delivery.guarantee", "exactly_once",
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "schema.evolution", "basic",
                "collection.name.format", "${source.schema}.${source.table}"));
        properties.putAll(more);
        return tasks.start(context, properties, new TopicPartition(events.topic(), 0));
    }

    private List<String> rows() {
        return SERVER.query("SELECT * FROM " + schema + ".t ORDER BY 1");
    }
}
