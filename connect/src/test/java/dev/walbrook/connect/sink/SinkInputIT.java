package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records without schemas, and the other places a key may be in. */
class SinkInputIT {

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    @RegisterExtension
    final SinkTasks tasks = new SinkTasks();

    private String schema;
    private long offset;

    @BeforeEach
    void createSchema() {
        schema = SERVER.createSchema("input");
    }

    @Test
    void theTargetSaysWhatValuesWithoutSchemaMean() {
        SERVER.execute(
                """
                CREATE TABLE %s.t (id int PRIMARY KEY, amount numeric(10,2), flag boolean, day date, at timestamp,
                  at_ms timestamp(3), zoned timestamptz, bytes bytea, doc jsonb, tags text[], numbers int[], label text)"""
                        .formatted(schema));
        Map<String, Object> row = map("id", 1L, "amount", 12.5, "flag", true, "day", 19_000L);
        row.putAll(map(
                "at",
                1_700_000_000_123_456L,
                "at_ms",
                1_700_000_000_123L,
                "zoned",
                "2024-02-29T12:00:00.5Z",
                "bytes",
                "AQID"));
        row.putAll(map(
                "doc",
                map("a", List.of(1L, "x\"y")),
                "tags",
                Arrays.asList("plain", "with \"quotes\"\nand lines", null),
                "numbers",
                List.of(1L, 2L),
                "label",
                null));

        task(Map.of()).put(List.of(schemaless(map("id", 1L), envelope("c", null, row))));

        assertThat(SERVER.query("SELECT * FROM " + schema + ".t"))
                .containsExactly("1|12.50|t|2022-01-08|2023-11-14 22:13:20.123456|2023-11-14 22:13:20.123"
                        + "|2024-02-29 12:00:00.5+00|\\x010203|{\"a\": [1, \"x\\\"y\"]}"
                        + "|{plain,\"with \\\"quotes\\\"\nand lines\",NULL}|{1,2}|NULL");
    }

    @Test
    void followsEnvelopesRowsAndTombstonesWithoutSchema() {
        SERVER.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, note text, big text)");
        PostgresSinkTask task = task(Map.of());

        task.put(List.of(
                schemaless(map("id", 1L), envelope("c", null, map("id", 1L, "note", "a", "big", "kept"))),
                schemaless(map("id", 2L), envelope("r", null, map("id", 2L, "note", "b", "big", null))),
                schemaless(map("id", 3L), map("id", 3L, "note", "flat", "big", "x"))));
        task.put(List.of(
                schemaless(
                        map("id", 1L),
                        envelope("u", null, map("id", 1L, "note", "A", "big", "__debezium_unavailable_value"))),
                schemaless(map("id", 2L), envelope("d", map("id", 2L, "note", null, "big", null), null)),
                schemaless(map("id", 3L), null)));

        assertThat(SERVER.query("SELECT * FROM " + schema + ".t ORDER BY 1")).containsExactly("1|A|kept");
    }

    @Test
    void cannotMakeATableOfRecordsThatSayNoTypes() {
        assertThatThrownBy(() -> task(Map.of("schema.evolution", "basic"))
                        .put(List.of(schemaless(map("id", 1L), envelope("c", null, map("id", 1L))))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("records without schema do not say of what type it is");
    }

    @Test
    void aRecordsPlaceMayBeItsKey() {
        Events events = new Events(schema, "t", Events.columns("note", Schema.STRING_SCHEMA));
        PostgresSinkTask task =
                task(Map.of("primary.key.mode", "kafka", "delete.enabled", "false", "schema.evolution", "basic"));

        task.put(List.of(events.create("a"), events.create("b")));

        assertThat(SERVER.query("SELECT * FROM " + schema + ".t ORDER BY 3"))
                .containsExactly(events.topic() + "|0|0|a", events.topic() + "|0|1|b");
        assertThat(SERVER.query(
                        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p' AND conrelid = '"
                                + schema + ".t'::regclass"))
                .containsExactly("PRIMARY KEY (__connect_topic, __connect_partition, __connect_offset)");
    }

    @Test
    void headersMayBeTheKey() {
        Events events = new Events(schema, "t", Events.columns("note", Schema.STRING_SCHEMA));
        SinkRecord first = events.create("a");
        SinkRecord second = events.create("b");
        SinkRecord gone = events.delete("b");
        first.headers().addString("region", "eu").addInt("number", 1);
        second.headers().addString("region", "us").addInt("number", 2);
        gone.headers().addString("region", "us").addInt("number", 2);
        PostgresSinkTask task = task(Map.of("primary.key.mode", "record_header", "schema.evolution", "basic"));

        task.put(List.of(first, second));
        task.put(List.of(gone));

        assertThat(SERVER.query("SELECT * FROM " + schema + ".t")).containsExactly("eu|1|a");
    }

    @Test
    void writesTheFieldsThatAreAskedFor() {
        Events events = new Events(
                schema,
                "t",
                Events.columns("id", Schema.INT32_SCHEMA, "note", Schema.STRING_SCHEMA, "secret", Schema.STRING_SCHEMA),
                "id");

        task(Map.of("schema.evolution", "basic", "field.exclude.list", events.topic() + ":secret"))
                .put(List.of(events.create(1, "a", "s3cret")));

        assertThat(SERVER.query("SELECT * FROM " + schema + ".t")).containsExactly("1|a");
    }

    private SinkRecord schemaless(Object key, Object value) {
        return new SinkRecord("test." + schema + ".t", 0, null, key, null, value, offset++);
    }

    private Map<String, Object> envelope(String op, Object before, Object after) {
        return map(
                "op", op, "before", before, "after", after, "source", map("schema", schema, "table", "t", "lsn", 1L));
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private PostgresSinkTask task(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(SERVER.with(Map.of(
                "name", "input",
                "insert.mode", "upsert",
                "delete.enabled", "true",
                "primary.key.mode", "record_key",
                "collection.name.format", "${source.schema}.${source.table}")));
        properties.putAll(more);
        return tasks.start(new DirectContext(), properties);
    }
}
