package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.replication.ReplicationConnection;
import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigValue;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each broken set-up gives one message, on the property it belongs to, that says how to cure it. */
@Timeout(180)
class SourceValidationIT {

    private static final String SECRET = "s3cr3t-pass";

    private final List<String> roles = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private TestDatabase database;
    private String role;
    private String slot;

    @BeforeEach
    void createDatabase() {
        database = TestPostgres.source().createDatabase();
        role = database.name() + "_role";
        slot = database.name() + "_slot";
        useDatabase(database);
        properties.put("slot.name", slot);
        properties.put("publication.name", "pub");
        properties.put("name", "validated");
        properties.put("topic.prefix", "validated");
        database.execute("CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (id int PRIMARY KEY)");
    }

    @AfterEach
    void dropDatabase() {
        for (String created : roles) {
            database.execute("REASSIGN OWNED BY " + created + " TO CURRENT_USER", "DROP OWNED BY " + created);
            database.execute("DROP ROLE " + created);
        }
        database.close();
    }

    @Test
    void aGoodSetUp() {
        assertThat(errors()).isEmpty();
    }

    @Test
    void validationChangesNothing() {
        errors();

        assertThat(database.query("SELECT slot_name FROM pg_replication_slots WHERE slot_name = '" + slot + "'"))
                .isEmpty();
        assertThat(database.query("SELECT pubname FROM pg_publication")).isEmpty();
    }

    @Test
    void anUnknownHost() {
        properties.put("database.hostname", "no-such-host.invalid");

        onlyError("database.hostname").contains("no-such-host.invalid").contains("host name resolves");
    }

    @Test
    void aPortWhereNobodyListens() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            properties.put("database.port", Integer.toString(socket.getLocalPort()));
        }

        onlyError("database.hostname").contains("Check that PostgreSQL runs at");
    }

    @Test
    void aServerThatSaysNothing() throws IOException {
        properties.put("connection.validation.timeout.ms", "2000");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            properties.put("database.hostname", "127.0.0.1");
            properties.put("database.port", Integer.toString(silent.getLocalPort()));

            onlyError("database.hostname");
        }
    }

    @Test
    void tlsWhereTheServerHasNone() {
        properties.put("database.sslmode", "require");

        onlyError("database.sslmode").contains("ALTER SYSTEM SET ssl = on;");
    }

    @Test
    void aWrongPassword() {
        properties.put("database.password", SECRET);

        onlyError("database.password").contains("password authentication failed");
    }

    @Test
    void noPassword() {
        properties.remove("database.password");

        onlyError("database.password");
    }

    @Test
    void aRoleThatMayNotLogIn() {
        connectAs("NOLOGIN REPLICATION");

        onlyError("database.user").contains("ALTER ROLE \"" + role + "\" WITH LOGIN;");
    }

    @Test
    void aDatabaseThatDoesNotExist() {
        properties.put("database.dbname", "nowhere");

        onlyError("database.dbname").contains("CREATE DATABASE \"nowhere\";");
    }

    @Test
    void aDatabaseThatTheRoleMayNotConnectTo() {
        connectAs("LOGIN REPLICATION");
        database.execute("REVOKE CONNECT ON DATABASE " + database.name() + " FROM PUBLIC");

        onlyError("database.dbname")
                .contains("GRANT CONNECT ON DATABASE \"" + database.name() + "\" TO \"" + role + "\";");
    }

    @Test
    void aRoleThatMayNotReplicate() {
        connectAs("LOGIN");
        database.execute("GRANT SELECT ON a, b TO " + role, "CREATE PUBLICATION pub FOR TABLE a, b");

        onlyError("database.user").contains("ALTER ROLE \"" + role + "\" WITH REPLICATION;");
    }

    @Test
    void aSlotOfAnotherPlugin() {
        database.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");

        onlyError("slot.name").contains("test_decoding").contains("pg_drop_replication_slot('" + slot + "')");
    }

    @Test
    void aSlotOfAnotherDatabase() {
        try (TestDatabase other = TestPostgres.source().createDatabase()) {
            other.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");

            onlyError("slot.name").contains(other.name());
        }
    }

    @Test
    void aPhysicalSlot() {
        database.execute("SELECT pg_create_physical_replication_slot('" + slot + "')");
        try {
            onlyError("slot.name").contains("physical");
        } finally {
            database.execute("SELECT pg_drop_replication_slot('" + slot + "')");
        }
    }

    @Test
    void aSlotThatAStrangerReads() {
        database.execute("CREATE PUBLICATION pub FOR TABLE a, b");
        try (ReplicationConnection reader = reading("somebody else")) {
            assertThat(reader).isNotNull();

            onlyError("slot.name").contains("somebody else").contains("Stop the other process");
        }
    }

    @Test
    void aSlotThatThisConnectorReads() {
        database.execute("CREATE PUBLICATION pub FOR TABLE a, b");
        try (ReplicationConnection reader = reading("walbrook validated")) {
            assertThat(reader).isNotNull();

            assertThat(errors()).isEmpty();
        }
    }

    @Test
    void aMissingPublicationThatNobodyIsToCreate() {
        properties.put("publication.autocreate.mode", "disabled");

        onlyError("publication.name")
                .contains("CREATE PUBLICATION \"pub\" FOR TABLE \"public\".\"a\", \"public\".\"b\";");
    }

    @Test
    void anIncompletePublicationThatIsToBeLeftAlone() {
        properties.put("publication.autocreate.mode", "disabled");
        database.execute("CREATE PUBLICATION pub");

        onlyError("publication.name")
                .contains("ALTER PUBLICATION \"pub\" ADD TABLE \"public\".\"a\", \"public\".\"b\";");
    }

    @Test
    void aPublicationOfSomeOfTheTablesIsEnough() {
        properties.put("publication.autocreate.mode", "disabled");
        database.execute("CREATE PUBLICATION pub FOR TABLE a");

        assertThat(errors()).isEmpty();
    }

    @Test
    void aPublicationOfTablesThatTheRoleDoesNotOwn() {
        connectAs("LOGIN REPLICATION");
        database.execute(
                "GRANT SELECT ON a, b TO " + role, "GRANT CREATE ON DATABASE " + database.name() + " TO " + role);

        onlyError("publication.autocreate.mode")
                .contains("does not own \"public\".\"a\"")
                .contains("CREATE PUBLICATION \"pub\" FOR TABLE");
    }

    @Test
    void aPublicationThatTheRoleMayNotCreate() {
        connectAs("LOGIN REPLICATION");
        database.execute("ALTER TABLE a OWNER TO " + role, "ALTER TABLE b OWNER TO " + role);

        onlyError("publication.autocreate.mode").contains("lacks CREATE on the database");
    }

    @Test
    void aPublicationForAllTablesByAnOrdinaryRole() {
        connectAs("LOGIN REPLICATION");
        database.execute(
                "GRANT SELECT ON a, b TO " + role, "GRANT CREATE ON DATABASE " + database.name() + " TO " + role);
        properties.put("publication.autocreate.mode", "all_tables");

        onlyError("publication.autocreate.mode").contains("does not own");
    }

    @Test
    void aPublicationThatTheRoleMayNotExtend() {
        connectAs("LOGIN REPLICATION");
        properties.put("publication.autocreate.mode", "filtered");
        database.execute("GRANT SELECT ON a, b TO " + role, "CREATE PUBLICATION pub FOR TABLE a");

        onlyError("publication.name").contains("does not own the publication").contains("ADD TABLE \"public\".\"b\";");
    }

    @Test
    void filtersThatMatchNoTable() {
        properties.put("table.include.list", "public\\.c");

        onlyError("table.include.list").contains("public.a, public.b");
    }

    @Test
    void aTableThatTheRoleMayNotRead() {
        connectAs("LOGIN REPLICATION");
        database.execute("GRANT SELECT ON a TO " + role, "CREATE PUBLICATION pub FOR TABLE a, b");
        properties.put("table.exclude.list", "public\\.z");

        onlyError("table.exclude.list")
                .contains("GRANT SELECT ON \"public\".\"b\" TO \"" + role + "\";")
                .doesNotContain("\"public\".\"a\"");
    }

    @Test
    void aTableThatTheRoleMayReadColumnByColumn() {
        connectAs("LOGIN REPLICATION");
        database.execute(
                "GRANT SELECT ON a TO " + role,
                "GRANT SELECT (id) ON b TO " + role,
                "CREATE PUBLICATION pub FOR TABLE a, b");

        assertThat(errors()).isEmpty();
    }

    @Test
    void aTableWithoutIdentity() {
        database.execute("CREATE TABLE log (v int)", "ALTER TABLE log REPLICA IDENTITY NOTHING");

        onlyError("table.include.list").contains("ALTER TABLE \"public\".\"log\" REPLICA IDENTITY FULL;");
    }

    @Test
    void aTableWithoutKeyIsOnlyAWarning() {
        database.execute("CREATE TABLE log (v int)");

        assertThat(errors()).isEmpty();
    }

    @Test
    void anExpressionThatMatchesNothingIsOnlyAWarning() {
        properties.put("table.include.list", "public\\.a,public\\.typo");

        assertThat(errors()).isEmpty();
    }

    @Test
    void aServerThatCannotDecodeAndHasNoRoom() {
        try (TestPostgres server = TestPostgres.fresh(
                        Map.of("wal_level", "replica", "max_replication_slots", "1", "max_wal_senders", "1"));
                TestDatabase small = server.createDatabase()) {
            small.execute("CREATE TABLE a (id int PRIMARY KEY)", "SELECT pg_create_physical_replication_slot('x')");
            useDatabase(small);

            Map<String, List<String>> errors = errors();

            assertThat(errors).containsOnlyKeys("database.hostname", "slot.name");
            assertThat(errors.get("database.hostname"))
                    .singleElement()
                    .asString()
                    .contains("ALTER SYSTEM SET wal_level");
            assertThat(errors.get("slot.name"))
                    .singleElement()
                    .asString()
                    .contains("max_replication_slots")
                    .contains("raise");
        }
    }

    @Test
    void aServerWithoutAFreeWalSender() {
        try (TestPostgres server = TestPostgres.fresh(Map.of("max_wal_senders", "1"));
                TestDatabase small = server.createDatabase()) {
            small.execute("CREATE TABLE a (id int PRIMARY KEY)");
            useDatabase(small);
            try (ReplicationConnection taken = ReplicationConnection.open(settings(small), "other")) {
                taken.identify();

                onlyError("slot.name").contains("max_wal_senders");
            }
        }
    }

    @Test
    void manyProblemsAreSaidAtOnce() {
        connectAs("LOGIN");
        database.execute(
                "GRANT SELECT ON a TO " + role,
                "CREATE TABLE log (v int)",
                "ALTER TABLE log REPLICA IDENTITY NOTHING",
                "SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");
        properties.put("publication.autocreate.mode", "disabled");
        properties.put("column.include.list", "x");
        properties.put("column.exclude.list", "y");
        properties.put("decimal.handling.mode", "exactly");
        properties.put("converters", "mine");
        properties.put("topic.prefix", "not a topic");

        Map<String, List<String>> errors = errors();

        assertThat(errors)
                .containsOnlyKeys(
                        "database.user",
                        "slot.name",
                        "publication.name",
                        "table.include.list",
                        "column.exclude.list",
                        "decimal.handling.mode",
                        "converters",
                        "topic.prefix");
        assertThat(errors.get("table.include.list")).hasSize(2);
    }

    @Test
    void aWorkerAnswersWithEachErrorOnItsProperty() throws Exception {
        properties.put("connector.class", PostgresSourceConnector.class.getName());
        properties.put("tasks.max", "1");
        properties.put("slot.name", "Not A Slot");
        properties.put("publication.autocreate.mode", "disabled");
        properties.put("signal.data.collection", "public.signals");
        properties.put("openlineage.integration.enabled", "true");
        properties.put("tabel.include.list", "x");

        JsonNode answer = validateInWorker();

        Map<String, List<String>> errors = new TreeMap<>();
        answer.path("configs")
                .forEach(config -> config.path("value").path("errors").forEach(error -> errors.computeIfAbsent(
                                config.path("value").path("name").asText(), name -> new ArrayList<>())
                        .add(error.asText())));
        assertThat(errors)
                .containsOnlyKeys(
                        "slot.name", "publication.name", "signal.data.collection", "openlineage.integration.enabled");
        assertThat(errors.get("signal.data.collection"))
                .singleElement()
                .asString()
                .contains("not supported yet");
        assertThat(errors.get("publication.name")).singleElement().asString().contains("CREATE PUBLICATION");
        assertThat(answer.path("error_count").asInt()).isEqualTo(4);
        JsonNode hidden = definition(answer, "signal.data.collection");
        assertThat(hidden.path("value").path("visible").asBoolean()).isFalse();
        JsonNode mode = definition(answer, "publication.autocreate.mode");
        assertThat(mode.path("definition").path("display_name").asText()).isEqualTo("If the publication is missing");
        assertThat(mode.path("value").path("recommended_values").toString()).contains("filtered");
    }

    @Test
    void aRunningConnectorIsValidWheneverItIsValidatedAgain() throws Exception {
        properties.put("connector.class", PostgresSourceConnector.class.getName());
        properties.put("tasks.max", "1");
        properties.put("name", slot);
        properties.put("topic.prefix", slot);
        TestConnect connect = TestConnect.shared();
        connect.deploy(slot, properties);
        try {
            await("the slot is read")
                    .until(() -> database.query("SELECT FROM pg_replication_slots WHERE active AND slot_name = '" + slot
                                            + "'")
                                    .size()
                            == 1);

            assertThat(validateInWorker().path("error_count").asInt()).isZero();
            properties.put("max.batch.size", "100");
            connect.deploy(slot, properties);
        } finally {
            connect.delete(slot);
        }
    }

    private JsonNode validateInWorker() throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        TestConnect.shared().restUrl() + "/connector-plugins/PostgresSourceConnector/config/validate"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(properties)))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body());
    }

    private static JsonNode definition(JsonNode answer, String property) {
        for (JsonNode config : answer.path("configs")) {
            if (config.path("value").path("name").asText().equals(property)) {
                return config;
            }
        }
        throw new AssertionError("the answer has no " + property);
    }

    private AbstractStringAssert<?> onlyError(String property) {
        Map<String, List<String>> errors = errors();
        assertThat(errors).containsOnlyKeys(property);
        return assertThat(errors.get(property)).singleElement().asString();
    }

    private Map<String, List<String>> errors() {
        Map<String, List<String>> errors = new TreeMap<>();
        for (ConfigValue value :
                new PostgresSourceConnector().validate(properties).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                errors.put(value.name(), value.errorMessages());
            }
        }
        String password = properties.getOrDefault("database.password", SECRET);
        assertThat(errors.toString()).doesNotContain(password);
        return errors;
    }

    private void useDatabase(TestDatabase used) {
        properties.put("database.hostname", used.host());
        properties.put("database.port", Integer.toString(used.port()));
        properties.put("database.user", used.user());
        properties.put("database.password", used.password());
        properties.put("database.dbname", used.name());
    }

    private void connectAs(String attributes) {
        database.execute("CREATE ROLE " + role + " " + attributes + " PASSWORD '" + SECRET + "'");
        roles.add(role);
        properties.put("database.user", role);
        properties.put("database.password", SECRET);
    }

    private ReplicationConnection reading(String applicationName) {
        try (ReplicationConnection creating = ReplicationConnection.open(settings(database), "creating")) {
            creating.createSlot(slot, false, false);
        }
        ReplicationConnection reader = ReplicationConnection.open(settings(database), applicationName);
        reader.start(slot, Lsn.INVALID, "pub", Map.of());
        return reader;
    }

    private static ConnectionSettings settings(TestDatabase used) {
        return new ConnectionSettings(used.host(), used.port(), used.name(), used.user(), used.password(), Map.of());
    }
}
