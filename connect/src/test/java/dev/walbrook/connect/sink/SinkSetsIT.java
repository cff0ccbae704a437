package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Batches that are large enough for one statement to write many rows. */
class SinkSetsIT {

    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    private final DirectContext context = new DirectContext();

    @RegisterExtension
    final SinkTasks tasks = new SinkTasks();

    private String schema;

    @BeforeEach
    void createSchema() {
        schema = SERVER.createSchema("sets");
    }

    @Test
    void insertsUpdatesAndDeletesInOneBatch() {
        Events events = events();
        PostgresSinkTask task = task(Map.of());
        task.put(IntStream.range(0, 300).mapToObj(id -> events.create(id, "a")).toList());

        List<SinkRecord> batch = new ArrayList<>();
        for (int id = 0; id < 400; id++) {
            batch.add(id < 100 ? events.delete(id, "a") : id < 300 ? events.update(id, "b") : events.create(id, "c"));
        }
        task.put(batch);

        assertThat(SERVER.query("SELECT note, min(id), max(id), count(*) FROM " + schema + ".t GROUP BY 1 ORDER BY 1"))
                .containsExactly("b|100|299|200", "c|300|399|100");
    }

    @Test
    void leavesUnknownValuesAloneAndInsertsTheRowsThatAreMissing() {
        Events events = new Events(
                schema,
                "t",
                Events.columns(
                        "id",
                        Schema.INT32_SCHEMA,
                        "note",
                        Schema.OPTIONAL_STRING_SCHEMA,
                        "big",
                        Schema.OPTIONAL_STRING_SCHEMA),
                "id");
        PostgresSinkTask task = task(Map.of());
        task.put(IntStream.range(0, 50)
                .mapToObj(id -> events.create(id, "a", "big " + id))
                .toList());

        task.put(IntStream.range(0, 60)
                .mapToObj(id -> events.update(id, "b", UNAVAILABLE))
                .toList());

        assertThat(SERVER.query("SELECT count(*), count(*) FILTER (WHERE note = 'b'), count(*) FILTER (WHERE big ="
                        + " 'big ' || id), count(*) FILTER (WHERE big IS NULL) FROM " + schema + ".t"))
                .containsExactly("60|60|50|10");
    }

    @Test
    void refusesWhatIsTooLongInsteadOfCuttingIt() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, note varchar(3))");
        Events events = events();

        task(Map.of("errors.tolerance", "all"))
                .put(IntStream.range(0, 40)
                        .mapToObj(id -> events.create(id, id == 20 ? "much too long" : "ok"))
                        .toList());

        assertThat(SERVER.query("SELECT note, count(*) FROM " + schema + ".t GROUP BY 1"))
                .containsExactly("ok|39");
        assertThat(context.setAside.keySet())
                .extracting(SinkRecord::kafkaOffset)
                .containsExactly(20L);
    }

    @Test
    void tellsKeysApartThatAreEqualButNotTheSame() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id numeric PRIMARY KEY, note text)");
        Events events = new Events(
                schema, "t", Events.columns("id", Schema.STRING_SCHEMA, "note", Schema.OPTIONAL_STRING_SCHEMA), "id");

        task(Map.of())
                .put(IntStream.range(0, 40)
                        .mapToObj(n -> events.create(n / 2 + (n % 2 == 0 ? "" : ".0"), "version " + n))
                        .toList());

        assertThat(SERVER.query("SELECT count(*), count(DISTINCT note) FROM " + schema + ".t"))
                .containsExactly("20|20");
    }

    @Test
    void severalTasksWriteTheSameRowsWithoutDeadlock() throws Exception {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, note text)");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                PostgresSinkTask task = task(Map.of());
                Events events = events();
                boolean upwards = writer % 2 == 0;
                writers.add(threads.submit(() -> {
                    for (int round = 0; round < 30; round++) {
                        task.put(IntStream.range(0, 500)
                                .map(id -> upwards ? id : 499 - id)
                                .mapToObj(id -> events.update(id, "x"))
                                .toList());
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(SERVER.query("SELECT count(*) FROM " + schema + ".t")).containsExactly("500");
        assertThat(SERVER.query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .containsExactly("0");
    }

    private Events events() {
        return new Events(
                schema, "t", Events.columns("id", Schema.INT32_SCHEMA, "note", Schema.OPTIONAL_STRING_SCHEMA), "id");
    }

    @Test
    void writesThroughTheSimpleProtocol() {
        Events events = events();
        String url = SERVER.with(Map.of()).get("connection.url");
        String option = (url.contains("?") ? "&" : "?") + "preferQueryMode=simple";
        PostgresSinkTask task = task(Map.of("connection.url", url + option));

        task.put(IntStream.range(0, 50)
                .mapToObj(id -> events.create(id, id == 7 ? null : "a \"b\" \\ 'é' {" + id))
                .toList());

        assertThat(SERVER.query("SELECT count(*), count(*) FILTER (WHERE note = 'a \"b\" \\ ''é'' {' || id), "
                        + "count(*) FILTER (WHERE note IS NULL) FROM " + schema + ".t"))
                .containsExactly("50|49|1");
    }

    private PostgresSinkTask task(Map<String, String> more) {
        Map<String, String> properties = SERVER.with(Map.of(
                "name", "sets",
                "insert.mode", "upsert",
                "delete.enabled", "true",
                "primary.key.mode", "record_key",
                "schema.evolution", "basic",
                "collection.name.format", "${source.schema}.${source.table}"));
        properties.putAll(more);
        return tasks.start(context, properties);
    }
}
