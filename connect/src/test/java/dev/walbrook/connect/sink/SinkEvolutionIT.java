package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables that follow their source, each way as its policy says. */
class SinkEvolutionIT {

    private static final Schema INT = Schema.INT32_SCHEMA;
    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    @RegisterExtension
    final SinkTasks tasks = new SinkTasks();

    private String schema;

    @BeforeEach
    void createSchema() {
        schema = SERVER.createSchema("evolution");
    }

    @Test
    void addsWidensAndTakesNulls() {
        Events before = events("id", INT, "n", INT, "must", Schema.STRING_SCHEMA);
        Events after = events("id", INT, "n", Schema.INT64_SCHEMA, "must", TEXT, "added", TEXT);
        PostgresSinkTask task = task(Map.of());

        task.put(List.of(
                before.create(1, 1, "a"), after.create(2, 5_000_000_000L, null, "x"), before.create(3, 3, "c")));

        assertThat(SERVER.query("SELECT * FROM " + schema + ".t ORDER BY 1"))
                .containsExactly("1|1|a|NULL", "2|5000000000|NULL|x", "3|3|c|NULL");
        assertThat(columns()).containsExactly("id integer NOT NULL", "n bigint NOT NULL", "must text", "added text");
    }

    @Test
    void givesRowsFromBeforeAColumnWasAddedItsDefault() {
        Schema seven = SchemaBuilder.int32().defaultValue(7).build();
        Events before = events("id", INT);
        Events after = events("id", INT, "n", seven);
        PostgresSinkTask task = task(Map.of("schema.evolution", "basic"));

        task.put(List.of(before.create(1)));
        task.put(List.of(before.create(2), after.create(3, 3)));
        task.put(List.of(before.create(4)));

        assertThat(SERVER.query("SELECT * FROM " + schema + ".t ORDER BY 1"))
                .containsExactly("1|7", "2|7", "3|3", "4|7");
        assertThat(columns()).containsExactly("id integer NOT NULL", "n integer NOT NULL");
    }

    @Test
    void writesColumnsThatTheTargetHasInLowerCase() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, username text, kind text, \"Kind\" text)");

        task(Map.of())
                .put(List.of(events("id", INT, "userName", TEXT, "kind", TEXT, "Kind", TEXT)
                        .create(1, "a", "b", "c")));

        assertThat(SERVER.query("SELECT * FROM " + schema + ".t")).containsExactly("1|a|b|c");
    }

    @Test
    void dropsWhatTheSourceHasDroppedWhenItsLastRowsAreWritten() {
        Events before = events("id", INT, "old", Schema.STRING_SCHEMA);
        Events after = events("id", INT);
        PostgresSinkTask task = task(Map.of("schema.evolution.drop", "apply"));

        task.put(List.of(before.create(1, "a"), after.create(2)));
        assertThat(columns()).containsExactly("id integer NOT NULL", "old text");
        task.put(List.of(after.create(3)));

        assertThat(columns()).containsExactly("id integer NOT NULL");
        assertThat(SERVER.query("SELECT * FROM " + schema + ".t ORDER BY 1")).containsExactly("1", "2", "3");
    }

    @Test
    void ignoresWhatItIsToldToIgnore() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, n int, old text)");
        PostgresSinkTask task = task(Map.of("schema.evolution.add", "ignore", "schema.evolution.widen", "ignore"));

        task.put(List.of(
                events("id", INT, "n", Schema.INT64_SCHEMA, "added", TEXT).create(1, 7L, "x")));

        assertThat(SERVER.query("SELECT * FROM " + schema + ".t")).containsExactly("1|7|NULL");
        assertThat(columns()).containsExactly("id integer NOT NULL", "n integer", "old text");
    }

    @Test
    void failsWithTheStatementWhereItIsToldToFail() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, n int)");
        PostgresSinkTask task = task(Map.of("schema.evolution.widen", "fail"));

        assertThatThrownBy(() -> task.put(
                        List.of(events("id", INT, "n", Schema.INT64_SCHEMA).create(1, 7L))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("ALTER TABLE \"" + schema + "\".\"t\" ALTER COLUMN \"n\" TYPE bigint")
                .hasMessageContaining("schema.evolution.widen=apply");
    }

    @Test
    void basicLeavesTypesAlone() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, n int NOT NULL)");

        task(Map.of("schema.evolution", "basic"))
                .put(List.of(
                        events("id", INT, "n", Schema.OPTIONAL_INT64_SCHEMA).create(1, 7L)));

        assertThat(columns()).containsExactly("id integer NOT NULL", "n integer NOT NULL");
    }

    private Events events(Object... columns) {
        return new Events(schema, "t", Events.columns(columns), "id");
    }

    private List<String> columns() {
        return SERVER.query("SELECT attname || ' ' || format_type(atttypid, atttypmod)"
                + " || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END FROM pg_attribute WHERE attnum > 0"
                + " AND NOT attisdropped AND attrelid = '" + schema + ".t'::regclass ORDER BY attnum");
    }

    private PostgresSinkTask task(Map<String, String> more) {
        Map<String, String> properties = SERVER.with(Map.of(
                "name", "evolution",
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "schema.evolution", "full",
                "collection.name.format", "${source.schema}.${source.table}"));
        properties.putAll(more);
        return tasks.start(new DirectContext(), properties);
    }
}
