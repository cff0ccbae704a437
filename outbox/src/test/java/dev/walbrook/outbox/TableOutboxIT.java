package dev.walbrook.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableOutboxIT {

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestPostgres.source().createDatabase();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void theRowIsThereIfAndOnlyIfTheTransactionCommits() throws SQLException {
        database.execute(OutboxTable.standard().migration());
        Outbox outbox = new TableOutbox(OutboxTable.standard());
        try (Connection connection = transaction()) {
            outbox.append(connection, order("1"));
            connection.rollback();
            outbox.append(connection, order("2"));
            connection.commit();
        }

        assertThat(database.query("SELECT aggregatetype, aggregateid, type, payload FROM outbox"))
                .containsExactly(List.of("ORDER", "2", "Placed", "{\"quantity\": 2, \"a\":1}"));
    }

    @Test
    void refusesAConnectionThatCommitsByItself() throws SQLException {
        try (Connection connection = database.connection()) {
            assertThatThrownBy(() -> new TableOutbox(OutboxTable.standard()).append(connection, order("1")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("setAutoCommit(false)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonb", "text", "varchar"})
    void anExistingTableMayHoldThePayloadInAnyOfThese(String type) throws SQLException {
        database.execute("CREATE SCHEMA legacy");
        database.execute(
                "CREATE TABLE legacy.\"Events\" (event_id uuid PRIMARY KEY, kind text, \"order\" text, what text,"
                        + " body " + type + ")");
        OutboxTable table = OutboxTable.standard()
                .named("legacy", "Events")
                .withLayout(EventLayout.standard()
                        .with(EventField.ID, "event_id")
                        .with(EventField.AGGREGATE_TYPE, "kind")
                        .with(EventField.AGGREGATE_ID, "order")
                        .with(EventField.TYPE, "what")
                        .with(EventField.PAYLOAD, "body"));
        try (Connection connection = transaction()) {
            new TableOutbox(table).append(connection, List.of(order("1"), order("2")));
            new TableOutbox(table)
                    .append(connection, OutboxEvent.of("ORDER", "3", "Gone").build());
            connection.commit();
        }

        assertThat(database.query("SELECT kind, \"order\", what, body::jsonb FROM legacy.\"Events\" ORDER BY 2"))
                .containsExactly(
                        List.of("ORDER", "1", "Placed", "{\"a\": 1, \"quantity\": 1}"),
                        List.of("ORDER", "2", "Placed", "{\"a\": 1, \"quantity\": 2}"),
                        Arrays.asList("ORDER", "3", "Gone", null));
    }

    @Test
    void optionalPartsHaveColumns() throws SQLException {
        OutboxTable table = OutboxTable.standard()
                .withPayload(OutboxTable.PayloadType.BYTES)
                .withLayout(EventLayout.standard()
                        .with(EventField.KEY, EventField.TIMESTAMP, EventField.SCHEMA_VERSION, EventField.TRACEPARENT)
                        .withHeader("tenant"));
        database.execute(table.migration());
        try (Connection connection = transaction()) {
            new TableOutbox(table)
                    .append(
                            connection,
                            List.of(
                                    OutboxEvent.of("ORDER", "1", "Placed")
                                            .bytes(new byte[] {0, (byte) 0xff})
                                            .key("k")
                                            .timestamp(Instant.parse("2026-01-02T03:04:05.678901Z"))
                                            .schemaVersion(7)
                                            .traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                                            .header("tenant", "acme")
                                            .build(),
                                    OutboxEvent.of("ORDER", "2", "Placed")
                                            .json("{}")
                                            .build(),
                                    OutboxEvent.of("ORDER", "3", "Gone").build()));
            connection.commit();
        }

        assertThat(database.query(
                        "SELECT payload, eventkey, occurred_at, schemaversion, traceparent, tenant FROM outbox"
                                + " ORDER BY aggregateid"))
                .containsExactly(
                        List.of(
                                "\\x00ff",
                                "k",
                                "2026-01-02 03:04:05.678901",
                                "7",
                                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                "acme"),
                        Arrays.asList("\\x7b7d", "2", null, null, null, null),
                        Arrays.asList(null, "3", null, null, null, null));
    }

    @Test
    void deletingAtOnceLeavesTheTableEmptyAndTheLogFull() throws SQLException {
        database.execute(OutboxTable.standard().migration());
        database.execute("SELECT pg_create_logical_replication_slot('" + database.name() + "', 'test_decoding')");
        Outbox outbox = new TableOutbox(OutboxTable.standard()).deletingAtOnce();
        try (Connection connection = transaction()) {
            outbox.append(connection, order("1"));
            outbox.append(connection, List.of(order("2"), order("3")));
            connection.commit();
        }

        assertThat(database.query("SELECT * FROM outbox")).isEmpty();
        assertThat(database.query("SELECT substring(data FROM 'INSERT|DELETE') FROM pg_logical_slot_get_changes('"
                        + database.name() + "', NULL, NULL) WHERE data LIKE 'table%'"))
                .extracting(row -> row.get(0))
                .containsExactly("INSERT", "DELETE", "INSERT", "INSERT", "DELETE", "DELETE");
    }

    @Test
    void rotationMakesDaysAheadAndDropsOldOnes() throws SQLException {
        OutboxTable table = OutboxTable.standard().named(null, "events").partitionedByDay();
        database.execute(table.migration());
        PartitionRotation rotation = new PartitionRotation(table, 1, 2);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try (Connection connection = transaction()) {
            rotation.run(connection, today);
            rotation.run(connection, today);
            new TableOutbox(table).append(connection, order("1"));
            connection.commit();
            assertThat(days()).hasSize(3);

            rotation.run(connection, today.plusDays(1));
            connection.commit();
            assertThat(database.query("SELECT aggregateid FROM events")).containsExactly(List.of("1"));
            assertThat(days()).hasSize(4);

            rotation.run(connection, today.plusDays(2));
            connection.commit();
        }

        assertThat(database.query("SELECT aggregateid FROM events")).isEmpty();
        assertThat(days())
                .hasSize(4)
                .doesNotContain(List.of("events_" + today.toString().replace("-", "")));
    }

    private List<List<String>> days() {
        return database.query("SELECT relname FROM pg_class WHERE relname ~ '^events_\\d+$' ORDER BY 1");
    }

    private Connection transaction() throws SQLException {
        Connection connection = database.connection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static OutboxEvent order(String id) {
        return OutboxEvent.of("ORDER", id, "Placed")
                .json("{\"quantity\": " + id + ", \"a\":1}")
                .build();
    }
}
