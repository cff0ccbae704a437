package dev.walbrook.conformance.sink;

import static dev.walbrook.conformance.sink.SinkScenario.scenario;
import static org.apache.kafka.connect.data.Schema.FLOAT64_SCHEMA;
import static org.apache.kafka.connect.data.Schema.INT32_SCHEMA;
import static org.apache.kafka.connect.data.Schema.INT64_SCHEMA;
import static org.apache.kafka.connect.data.Schema.OPTIONAL_STRING_SCHEMA;
import static org.apache.kafka.connect.data.Schema.STRING_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.conformance.Subject;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Configurations that people published for Debezium's JDBC sink make the same tables under ours, if nothing but {@code
 * connector.class} is changed; those for the JDBC sinks of Confluent and Aiven do what their documentation says.
 */
class PublishedSinkConfigurationsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Subject, TestDatabase> DATABASES = new EnumMap<>(Subject.class);

    @BeforeAll
    static void createDatabases() {
        for (Subject subject : Subject.values()) {
            DATABASES.put(subject, TestPostgres.source().createDatabase());
        }
    }

    @AfterAll
    static void dropDatabases() {
        DATABASES.values().forEach(TestDatabase::close);
    }

    private static SinkScenario.Builder published(String name) {
        return published(name, "published/" + name);
    }

    /** The settings, with placeholders for the place. */
    private static SinkScenario.Builder published(String name, String id) {
        SinkScenario.Builder builder = scenario(id, name);
        settings(name)
                .forEach((property, value) -> builder.using(
                        property,
                        switch (property) {
                            case "connection.url" ->
                                value.contains("user=") ? "{url}&user={user}&password={password}" : "{url}";
                            case "connection.user", "connection.username" -> "{user}";
                            case "connection.password" -> "{password}";
                            default -> value;
                        }));
        return builder;
    }

    private static Map<String, String> settings(String name) {
        try (InputStream file = Objects.requireNonNull(
                PublishedSinkConfigurationsIT.class.getResourceAsStream("published/" + name + ".json"), name)) {
            Map<String, String> settings = new LinkedHashMap<>();
            JSON.readTree(file)
                    .path("settings")
                    .properties()
                    .forEach(setting ->
                            settings.put(setting.getKey(), setting.getValue().asText()));
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A create, an update, and a delete with its tombstone. */
    private static SinkRecordText[] life(
            Events events, String topic, Object[] row, Object[] updated, Object[] deleted) {
        return Stream.of(
                        events.read(row),
                        events.create(deleted),
                        events.update(updated),
                        events.delete(deleted),
                        events.tombstone(deleted))
                .map(record -> record.on(topic))
                .toArray(SinkRecordText[]::new);
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private static Schema semantic(SchemaBuilder builder, String name) {
        return builder.name(name).optional().build();
    }

    private static Schema varchar(String length) {
        return SchemaBuilder.string()
                .parameter("__debezium.source.column.type", "VARCHAR")
                .parameter("__debezium.source.column.length", length)
                .build();
    }

    @TestFactory
    Stream<DynamicTest> makeTheSameTables() {
        Events orders = Events.of(
                "orders",
                "order_number",
                INT32_SCHEMA,
                "order_date",
                semantic(SchemaBuilder.int32(), "io.debezium.time.Date"),
                "ordered_at",
                semantic(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"),
                "quantity",
                INT32_SCHEMA);
        Events customers = Events.of(
                "customers",
                "id",
                INT32_SCHEMA,
                "first_name",
                STRING_SCHEMA,
                "email",
                STRING_SCHEMA,
                "seen",
                semantic(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"));
        Events propagated =
                Events.of("customers", "id", INT32_SCHEMA, "first_name", varchar("255"), "email", varchar("255"));
        Events products =
                Events.of("products", "pk", INT64_SCHEMA, "name", OPTIONAL_STRING_SCHEMA, "price", FLOAT64_SCHEMA);
        Events students = Events.of("student", "id", INT32_SCHEMA, "name", OPTIONAL_STRING_SCHEMA);
        Events users =
                Events.of("user", "id", INT32_SCHEMA, "name", OPTIONAL_STRING_SCHEMA, "avatar", OPTIONAL_STRING_SCHEMA);
        return Stream.of(
                        published("documentation")
                                .records(life(
                                        orders,
                                        "orders",
                                        row(10001, 16_816, 1_709_210_096_789_012L, 1),
                                        row(10001, 16_816, null, 2),
                                        row(10002, 16_817, null, 2))),
                        published("demo")
                                .records(life(
                                        customers,
                                        "mysql.inventory.customers",
                                        row(1003, "Edward", "ed@walker.com", "2024-07-01T12:34:56Z"),
                                        row(1003, "Edward", "ed.walker@walker.com", "2024-01-01T12:34:56Z"),
                                        row(1005, "Mickey", "mickey@disney.com", null)))
                                .records(life(
                                        propagated,
                                        "mysql_propagation.inventory.customers",
                                        row(1003, "Edward", "ed@walker.com"),
                                        row(1003, "Edward", "ed.walker@walker.com"),
                                        row(1005, "Mickey", "mickey@disney.com"))),
                        published("pgvector")
                                .records(life(
                                        products,
                                        "milvus.default.products",
                                        row(1L, "a", 1.5),
                                        row(1L, null, 2.25),
                                        row(2L, "b", 0.0))),
                        published("student")
                                .records(life(
                                        students, "student.public.student", row(1, "a"), row(1, "b"), row(2, "c"))),
                        published("new-user")
                                .records(life(
                                        users,
                                        "user.public.user",
                                        row(1, "a", "a.png"),
                                        row(1, "b", null),
                                        row(2, "c", "c.png"))))
                .map(SinkScenario.Builder::build)
                .map(configuration -> DynamicTest.dynamicTest(configuration.title(), () -> {
                    SinkRun.Result result = SinkRun.of(configuration, DATABASES);

                    assertThat(result.failures()).isEmpty();
                    assertThat(result.differences()).isEmpty();
                    assertThat(result.tables().get(Subject.WALBROOK).lines()).containsValue("a table");
                }));
    }

    private static Map<String, String> alone(SinkScenario configuration) {
        SinkRun.Result result = SinkRun.of(
                configuration, Map.of(Subject.WALBROOK, Objects.requireNonNull(DATABASES.get(Subject.WALBROOK))));
        assertThat(result.failures()).isEmpty();
        return result.tables().get(Subject.WALBROOK).lines();
    }

    /** {@code auto.create} creates the table with {@code pk.fields} as its key, upserts, and deletes for tombstones. */
    @Test
    void confluentsCreatesUpsertsAndDeletes() {
        Events customers = Events.of(
                "customers", "id", INT32_SCHEMA, "first_name", STRING_SCHEMA, "email", OPTIONAL_STRING_SCHEMA);

        Map<String, String> lines = alone(published("confluent-unwrap")
                .records(life(
                        customers,
                        "customers",
                        row(1001, "Sally", "sally.thomas@acme.com"),
                        row(1001, "Sally", null),
                        row(1002, "George", "gbailey@foobar.com")))
                .build());

        assertThat(lines)
                .containsEntry("customers.id type", "integer")
                .containsEntry("customers.id key", "0")
                .containsEntry("customers.first_name null", "not null")
                .containsEntry("customers.email null", "null")
                .containsEntry("customers rows", "1")
                .containsEntry("customers[0].id", "1001")
                .containsEntry("customers[0].email", "null");
    }

    /** Without {@code auto.evolve} a column that the table lacks is an error. */
    @Test
    void confluentsAddsNoColumn() {
        Events before = Events.of("customers", "id", INT32_SCHEMA);
        Events after = Events.of("customers", "id", INT32_SCHEMA, "email", OPTIONAL_STRING_SCHEMA);
        SinkScenario configuration = published("confluent-unwrap", "published/no-column")
                .using("topics", "customers-2")
                .records(
                        before.create(1).on("customers-2"), after.create(2, "a").on("customers-2"))
                .build();

        SinkRun.Result result = SinkRun.of(
                configuration, Map.of(Subject.WALBROOK, Objects.requireNonNull(DATABASES.get(Subject.WALBROOK))));

        assertThat(result.failures().get(Subject.WALBROOK)).contains("has no column email");
    }

    /** Inserts are plain, and the table is the user's: here with a key that the database makes. */
    @Test
    void aivensInserts() {
        Events messages = Events.keyless(
                "messages",
                "text",
                STRING_SCHEMA,
                "sent_at",
                Timestamp.builder().build());
        Date moment = Date.from(Instant.parse("2019-06-14T11:49:52Z"));

        Map<String, String> lines = alone(published("aiven-messages")
                .before("CREATE TABLE messages (id serial PRIMARY KEY, text text NOT NULL, sent_at timestamp)")
                .records(
                        messages.flattened("Hello", moment).on("messages"),
                        messages.flattened("Hello", moment).on("messages"))
                .build());

        assertThat(lines)
                .containsEntry("messages rows", "2")
                .containsEntry("messages[0].text", "Hello")
                .containsEntry("messages[1].id", "2")
                .containsEntry("messages[1].sent_at", "2019-06-14 11:49:52");
    }
}
