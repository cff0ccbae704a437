package dev.walbrook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A source database, a target database, and the two connectors between them in a worker. */
final class Replication implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final String name = "replication" + COUNT.incrementAndGet();
    private final TestConnect connect;
    private final TestDatabase source;
    private final TestDatabase target;
    private final Map<String, String> sourceProperties = new HashMap<>();
    private final Map<String, String> sinkProperties = new HashMap<>();

    /** The caller keeps what it hands over and closes it after this. */
    Replication(TestConnect connect, TestDatabase source, TestDatabase target) {
        this.connect = connect;
        this.source = source;
        this.target = target;
        for (TestDatabase database : List.of(source, target)) {
            database.execute("ALTER DATABASE " + database.name() + " SET timezone = 'UTC'");
        }
        Map<String, String> both = Map.of(
                "tasks.max", "1",
                "key.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "header.converter", "org.apache.kafka.connect.json.JsonConverter",
                "key.converter.replace.null.with.default", "false",
                "value.converter.replace.null.with.default", "false");
        sourceProperties.putAll(both);
        sinkProperties.putAll(both);
        sourceProperties.putAll(Map.ofEntries(
                Map.entry("connector.class", "dev.walbrook.connect.source.PostgresSourceConnector"),
                Map.entry("database.hostname", source.host()),
                Map.entry("database.port", Integer.toString(source.port())),
                Map.entry("database.user", source.user()),
                Map.entry("database.password", source.password()),
                Map.entry("database.dbname", source.name()),
                Map.entry("topic.prefix", name),
                Map.entry("slot.name", name + "_" + source.name()),
                Map.entry("publication.name", name),
                Map.entry("slot.retry.delay.ms", "200"),
                Map.entry("slot.max.retries", "100"),
                Map.entry("retriable.restart.connector.wait.ms", "500"),
                Map.entry("decimal.handling.mode", "string"),
                Map.entry("interval.handling.mode", "string"),
                Map.entry("include.unknown.datatypes", "true"),
                Map.entry("column.propagate.source.type", ".*"),
                Map.entry("publish.via.partition.root", "true"),
                Map.entry("skipped.operations", "none"),
                Map.entry("publication.autocreate.mode", "filtered")));
        sinkProperties.putAll(Map.ofEntries(
                Map.entry("connector.class", "dev.walbrook.connect.sink.PostgresSinkConnector"),
                Map.entry("topics.regex", name + "\\..*"),
                Map.entry("connection.url", target.jdbcUrl()),
                Map.entry("connection.username", target.user()),
                Map.entry("connection.password", target.password()),
                Map.entry("insert.mode", "upsert"),
                Map.entry("delete.enabled", "true"),
                Map.entry("truncate.enabled", "true"),
                Map.entry("primary.key.mode", "record_key"),
                Map.entry("schema.evolution", "basic"),
                Map.entry("collection.name.format", "${source.schema}.${source.table}"),
                Map.entry("consumer.override.metadata.max.age.ms", "1000"),
                Map.entry("consumer.override.auto.offset.reset", "earliest")));
    }

    Replication withSource(String property, String value) {
        sourceProperties.put(property, value);
        return this;
    }

    Replication withSink(String property, String value) {
        sinkProperties.put(property, value);
        return this;
    }

    /** Both connectors run when this returns. */
    Replication start() {
        connect.deploy(sourceName(), sourceProperties);
        connect.deploy(sinkName(), sinkProperties);
        return this;
    }

    String sourceName() {
        return name + "-source";
    }

    String sinkName() {
        return name + "-sink";
    }

    /** @param table as {@code schema.table} */
    String topic(String table) {
        return name + "." + table;
    }

    /** Makes the sink read its topics again from their beginning, over what it has written. */
    void deliverAgain() {
        connect.delete(sinkName());
        sinkProperties.put("consumer.override.group.id", name + "-again");
        connect.deploy(sinkName(), sinkProperties);
    }

    /**
     * Waits until the target's table holds what the source's holds.
     *
     * @param table as SQL writes it
     */
    void awaitEqual(String table) {
        awaitEqual(table, columns(table));
    }

    /** @param columns what is compared, in SQL */
    void awaitEqual(String table, String columns) {
        String query = "SELECT ROW(" + columns + ")::text FROM " + table + " ORDER BY 1";
        Awaitility.await(table + " is equal")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    assertStillRunning();
                    assertThat(target.query(query)).isEqualTo(source.query(query));
                });
    }

    /** What the target's table holds differently from the source's; empty if they are equal now. */
    String difference(String table) {
        return difference(table, columns(table));
    }

    /** @param columns what is compared, in SQL */
    String difference(String table, String columns) {
        assertStillRunning();
        String query = "SELECT left(ROW(" + columns + ")::text, 200) FROM " + table + " ORDER BY 1";
        if (target.queryString("SELECT to_regclass('" + table + "')") == null) {
            return "the target has no such table";
        }
        String whole = query.replace("left(", "(").replace(", 200)", ")");
        return target.query(whole).equals(source.query(whole))
                ? ""
                : "source " + source.query(query) + ", target " + target.query(query);
    }

    /** Like {@link #awaitEqual(String)}, but says only how many rows there are and whether their hash is equal. */
    void awaitEqualHash(String table) {
        String query = "SELECT count(*), md5(string_agg(row, ',' ORDER BY row COLLATE \"C\")) FROM (SELECT ROW("
                + columns(table) + ")::text AS row FROM " + table + ") rows";
        Awaitility.await(table + " is equal")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    assertStillRunning();
                    assertThat(target.query(query)).isEqualTo(source.query(query));
                });
    }

    /** The columns in the source's order, which need not be the target's. */
    private String columns(String table) {
        return source
                .query("SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = '" + table.replace("'", "''")
                        + "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")
                .stream()
                .map(row -> row.get(0))
                .collect(Collectors.joining(", "));
    }

    private void assertStillRunning() {
        for (String connector : List.of(sourceName(), sinkName())) {
            connect.status(connector).path("tasks").forEach(task -> {
                if (task.path("state").asText().equals("FAILED")) {
                    throw new IllegalStateException(
                            connector + " failed: " + task.path("trace").asText());
                }
            });
        }
    }

    @Override
    public void close() {
        connect.delete(sourceName());
        connect.delete(sinkName());
    }
}
