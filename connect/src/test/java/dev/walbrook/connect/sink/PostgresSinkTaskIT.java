package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.walbrook.connect.ColumnHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The task against a real server, each test in a schema of its own. */
class PostgresSinkTaskIT {

    private static final String UNAVAILABLE = "__debezium_unavailable_value";
    private static final Schema INT = Schema.INT32_SCHEMA;
    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    @RegisterExtension
    final SinkTasks tasks = new SinkTasks();

    private String schema;

    @BeforeEach
    void createSchema() {
        schema = SERVER.createSchema("Prüfung ");
    }

    @Test
    void createsTheTableAndKeepsItLikeTheSource() {
        Events orders = new Events(schema, "Bestellungen", Events.columns("Id", INT, "größe", TEXT), "Id");
        PostgresSinkTask task = task(Map.of());

        task.put(List.of(orders.create(1, "a"), orders.create(2, "b"), orders.create(3, null)));
        task.put(List.of(orders.update(1, "A")));
        task.put(orders.deleteWithTombstone(2, null));

        assertThat(rows("\"Bestellungen\"", "\"Id\"")).containsExactly("1|A", "3|NULL");
        assertThat(columnTypes("Bestellungen")).containsExactly("Id integer NOT NULL", "größe text");
        assertThat(SERVER.query("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p'"
                        + " AND conrelid = '\"" + schema + "\".\"Bestellungen\"'::regclass"))
                .containsExactly("PRIMARY KEY (\"Id\")");
    }

    @Test
    void writesTheNetOfManyChangesInOneBatch() {
        Events orders = new Events(schema, "orders", Events.columns("id", INT, "note", TEXT), "id");
        List<SinkRecord> batch = new ArrayList<>();
        for (int id = 0; id < 1_000; id++) {
            batch.add(orders.create(id, "first"));
            batch.add(orders.update(id, "second " + id));
            if (id % 2 == 0) {
                batch.addAll(orders.deleteWithTombstone(id, null));
            }
        }

        task(Map.of()).put(batch);

        assertThat(SERVER.query("SELECT count(*), count(*) FILTER (WHERE note = 'second ' || id) FROM \"" + schema
                        + "\".orders"))
                .containsExactly("500|500");
    }

    @Test
    void deletesOnATombstoneThatComesAlone() {
        Events orders = new Events(schema, "orders", Events.columns("id", INT, "note", TEXT), "id");
        task(Map.of()).put(List.of(orders.create(1, "a"), orders.create(2, "b")));

        task(Map.of()).put(List.of(orders.tombstone(1, null)));

        assertThat(rows("orders", "id")).containsExactly("2|b");
    }

    @Test
    void takesFlattenedRows() {
        Events orders = new Events(schema, "orders", Events.columns("id", INT, "note", TEXT), "id");

        task(Map.of()).put(List.of(orders.flattened(1, "a"), orders.flattened(2, "b"), orders.tombstone(1, null)));

        assertThat(rows("orders", "id")).containsExactly("2|b");
    }

    @Test
    void addsColumnsThatAreMissing() {
        Events before = new Events(schema, "orders", Events.columns("id", INT), "id");
        Events after = new Events(schema, "orders", Events.columns("id", INT, "added", Schema.INT64_SCHEMA), "id");

        task(Map.of()).put(List.of(before.create(1), after.create(2, 20L), before.create(3)));

        assertThat(rows("orders", "id")).containsExactly("1|NULL", "2|20", "3|NULL");
    }

    @Test
    void leavesColumnsAloneThatAnUpdateDoesNotKnow() {
        Schema numbers =
                SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).optional().build();
        List<Integer> placeholder = new ArrayList<>();
        for (byte each : UNAVAILABLE.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            placeholder.add((int) each);
        }
        Events docs = new Events(
                schema,
                "docs",
                Events.columns(
                        "id",
                        INT,
                        "title",
                        TEXT,
                        "body",
                        TEXT,
                        "raw",
                        Schema.OPTIONAL_BYTES_SCHEMA,
                        "ints",
                        numbers,
                        "huge",
                        Schema.OPTIONAL_FLOAT64_SCHEMA),
                "id");
        PostgresSinkTask task = task(Map.of());
        task.put(List.of(docs.create(1, "t", "long", new byte[] {1}, List.of(7), 1.5)));

        byte[] bytes = UNAVAILABLE.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        SinkRecord update = docs.update(1, "new", UNAVAILABLE, bytes, placeholder, null);
        ColumnHeaders.addNames(update.headers(), ColumnHeaders.UNAVAILABLE, List.of("huge"));
        SinkRecord ofMissingRow = docs.update(2, "alone", UNAVAILABLE, bytes, placeholder, 2.5);
        task.put(List.of(update, ofMissingRow));

        assertThat(rows("docs", "id")).containsExactly("1|new|long|\\x01|{7}|1.5", "2|alone|NULL|NULL|NULL|2.5");
    }

    @Test
    void insertsAValueThatOnlyLooksLikeAPlaceholder() {
        Events docs = new Events(schema, "docs", Events.columns("id", INT, "body", TEXT), "id");

        task(Map.of()).put(List.of(docs.create(1, UNAVAILABLE)));

        assertThat(rows("docs", "id")).containsExactly("1|" + UNAVAILABLE);
    }

    @Test
    void changesOneOfEqualRowsOfATableWithoutKey() {
        Schema json =
                SchemaBuilder.string().name("io.debezium.data.Json").optional().build();
        Events log = new Events(schema, "log", Events.columns("line", TEXT, "data", json));
        PostgresSinkTask task = task(Map.of());
        task.put(List.of(log.create("a", "{\"x\": 1}"), log.create("a", "{\"x\": 1}"), log.create("b", null)));

        task.put(List.of(
                log.updateFrom(Arrays.asList("a", "{\"x\": 1}"), "c", "{}"),
                log.delete("a", "{\"x\": 1}"),
                log.updateFrom(Arrays.asList("b", null), "d", null)));

        assertThat(rows("log", "1")).containsExactly("c|{}", "d|NULL");
    }

    @Test
    void refusesToGuessWhichRowOfATableWithoutKeyIsMeant() {
        Events log = new Events(schema, "log", Events.columns("line", TEXT));

        assertThatThrownBy(() -> task(Map.of()).put(List.of(log.update("a"))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("REPLICA IDENTITY FULL")
                .hasMessageContaining("offset=0");
    }

    @Test
    void truncates() {
        Events orders = new Events(schema, "orders", Events.columns("id", INT), "id");
        PostgresSinkTask task = task(Map.of("truncate.enabled", "true"));
        task.put(List.of(orders.create(1)));

        task.put(List.of(orders.create(2), orders.truncate(), orders.create(3)));

        assertThat(rows("orders", "id")).containsExactly("3");
    }

    @Test
    void createsEnumsAndTheirNewLabels() {
        PostgresSinkTask task = task(Map.of());
        Events before = moods("sad,it's ok");
        task.put(List.of(before.create(1, "sad", List.of("it's ok"))));

        Events after = moods("worst,sad,fair,it's ok");
        task.put(List.of(after.update(1, "fair", List.of("worst", "sad"))));

        assertThat(rows("moods", "id")).containsExactly("1|fair|{worst,sad}");
        assertThat(SERVER.query(
                        "SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = '\""
                                + schema + "\".mood'::regtype"))
                .containsExactly("sad,fair,\"it's ok\",worst".replace("\"", ""));
        assertThat(columnTypes("moods").get(1)).contains("mood");
    }

    private Events moods(String labels) {
        return new Events(
                schema,
                "moods",
                Events.columns(
                        "id", INT,
                        "mood",
                                propagated(SchemaBuilder.string(), "MOOD", labels)
                                        .build(),
                        "moods",
                                SchemaBuilder.array(SchemaBuilder.string()
                                                .name("io.debezium.data.Enum")
                                                .parameter("allowed", labels)
                                                .build())
                                        .parameter("__debezium.source.column.type", "_MOOD")
                                        .build()),
                "id");
    }

    private static SchemaBuilder propagated(SchemaBuilder builder, String type, String labels) {
        return builder.name("io.debezium.data.Enum")
                .parameter("allowed", labels)
                .parameter("__debezium.source.column.type", type);
    }

    @Test
    void saysWhichTableOrColumnIsMissing() {
        Events orders = new Events(schema, "orders", Events.columns("id", INT, "note", TEXT), "id");
        PostgresSinkTask task = task(Map.of("schema.evolution", "none"));

        assertThatThrownBy(() -> task.put(List.of(orders.create(1, "x"))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("no table " + schema + ".orders")
                .hasMessageContaining("schema.evolution=basic");
        SERVER.execute("CREATE TABLE \"" + schema + "\".orders (id int PRIMARY KEY)");
        assertThatThrownBy(() -> task.put(List.of(orders.create(1, "x"))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("no column note");
        SERVER.execute("ALTER TABLE \"" + schema + "\".orders ADD note text");
        task.put(List.of(orders.create(1, "x")));

        assertThat(rows("orders", "id")).containsExactly("1|x");
    }

    @Test
    void saysWhichRecordDoesNotFitWhichColumnAndNeverTheValue() {
        SERVER.execute("CREATE TABLE \"" + schema + "\".orders (id int PRIMARY KEY, note int)");
        Events orders = new Events(schema, "orders", Events.columns("id", INT, "note", TEXT), "id");
        PostgresSinkTask task = task(Map.of());

        Throwable failure = catchThrowable(
                () -> task.put(List.of(orders.create(1, "10"), orders.create(2, "s3cret"), orders.create(3, "30"))));

        assertThat(failure)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Column note of " + schema + ".orders is of type integer")
                .hasMessageContaining("offset=1");
        assertThat(failure).hasStackTraceContaining("22P02");
        assertThat(stackTrace(failure)).doesNotContain("s3cret");
        assertThat(rows("orders", "id")).isEmpty();
    }

    @Test
    void saysWhichRecordBreaksAConstraintAndNeverTheRow() {
        SERVER.execute(
                "CREATE TABLE \"" + schema + "\".orders (id int PRIMARY KEY, note text CHECK (note <> 's3cret'))");
        Events orders = new Events(schema, "orders", Events.columns("id", INT, "note", TEXT), "id");

        Throwable failure =
                catchThrowable(() -> task(Map.of()).put(List.of(orders.create(1, "fine"), orders.create(2, "s3cret"))));

        assertThat(failure)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("orders_note_check")
                .hasMessageContaining("offset=1");
        assertThat(stackTrace(failure)).doesNotContain("s3cret");
    }

    @Test
    void saysThatUpsertsNeedAKey() {
        SERVER.execute("CREATE TABLE \"" + schema + "\".orders (id int, note text)");
        Events orders = new Events(schema, "orders", Events.columns("id", INT, "note", TEXT), "id");

        assertThatThrownBy(() -> task(Map.of()).put(List.of(orders.create(1, "x"))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("ADD PRIMARY KEY (\"id\")");
    }

    @Test
    void writesAroundGeneratedColumnsAndIntoIdentityColumns() {
        SERVER.execute(
                "CREATE TABLE \"" + schema
                        + "\".t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int, twice int GENERATED ALWAYS AS (a * 2) STORED)");
        Events events = new Events(schema, "t", Events.columns("id", INT, "a", INT, "twice", INT), "id");

        task(Map.of()).put(List.of(events.create(7, 2, 4)));
        task(Map.of()).put(List.of(events.update(7, 3, 6)));

        assertThat(rows("t", "id")).containsExactly("7|3|6");
    }

    @Test
    void survivesAnOutage() {
        Events orders = new Events(schema, "orders", Events.columns("id", INT), "id");
        PostgresSinkTask task = task(Map.of());
        task.put(List.of(orders.create(1)));
        SinkRecord second = orders.create(2);

        SERVER.kill();
        assertThatThrownBy(() -> task.put(List.of(second))).isInstanceOf(RetriableException.class);
        assertThatThrownBy(() -> task.put(List.of(second))).isInstanceOf(RetriableException.class);
        SERVER.startAgain();
        task.put(List.of(second));

        assertThat(rows("orders", "id")).containsExactly("1", "2");
    }

    @Test
    void survivesTheEndOfItsSession() {
        Events orders = new Events(schema, "orders", Events.columns("id", INT), "id");
        PostgresSinkTask task = task(Map.of());
        task.put(List.of(orders.create(1)));
        SinkRecord second = orders.create(2);

        SERVER.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'walbrook sink it'");
        assertThatThrownBy(() -> task.put(List.of(second))).isInstanceOf(RetriableException.class);
        task.put(List.of(second));

        assertThat(rows("orders", "id")).containsExactly("1", "2");
    }

    @Test
    void letsTwoTasksCreateTheSameTable() throws Exception {
        int rounds = 20;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            PostgresSinkTask first = task(Map.of());
            PostgresSinkTask second = task(Map.of());
            for (int round = 0; round < rounds; round++) {
                Events events = new Events(
                        schema + " neu",
                        "t" + round,
                        Events.columns(
                                "id",
                                INT,
                                "mood",
                                propagated(SchemaBuilder.string(), "MOOD" + round, "a,b")
                                        .build()),
                        "id");
                List<Future<?>> both = List.of(
                        threads.submit(() -> first.put(List.of(events.create(1, "a")))),
                        threads.submit(() -> second.put(List.of(events.create(2, "b")))));
                for (Future<?> each : both) {
                    each.get(1, TimeUnit.MINUTES);
                }
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(SERVER.query("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = '\"" + schema
                        + " neu\"'::regnamespace"))
                .containsExactly("20");
    }

    private PostgresSinkTask task(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(SERVER.with(Map.of(
                "name", "it",
                "insert.mode", "upsert",
                "delete.enabled", "true",
                "primary.key.mode", "record_key",
                "schema.evolution", "basic",
                "collection.name.format", "${source.schema}.${source.table}")));
        properties.putAll(more);
        return tasks.start(new DirectContext(), properties);
    }

    private List<String> rows(String table, String order) {
        return SERVER.query("SELECT * FROM \"" + schema + "\"." + table + " ORDER BY " + order);
    }

    private List<String> columnTypes(String table) {
        return SERVER.query("SELECT attname || ' ' || format_type(atttypid, atttypmod)"
                + " || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END FROM pg_attribute WHERE attnum > 0 AND attrelid = '\""
                + schema + "\".\"" + table + "\"'::regclass ORDER BY attnum");
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
