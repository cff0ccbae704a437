package dev.walbrook.outbox;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An outbox in a table of the service's database.
 *
 * <p>The rows may stay, be dropped by day with {@link PartitionRotation}, or never be seen at all: with
 * {@link #deletingAtOnce()} every row is deleted right after its insert, in the same transaction. The write-ahead log has both, the
 * router publishes the insert and drops the delete, and the table stays empty.
 */
public final class TableOutbox implements Outbox {

    private final OutboxTable table;
    private final boolean deleteAtOnce;
    private final String insert;
    private final String delete;

    /** An outbox whose rows stay. */
    public TableOutbox(OutboxTable table) {
        this(table, false);
    }

    private TableOutbox(OutboxTable table, boolean deleteAtOnce) {
        this.table = table;
        this.deleteAtOnce = deleteAtOnce;
        this.insert = insert();
        this.delete = delete();
    }

    /**
     * The same outbox, whose table stays empty, at the price of a second round trip. A snapshot of the connector then
     * never finds an event in it.
     */
    public TableOutbox deletingAtOnce() {
        return new TableOutbox(table, true);
    }

    public OutboxTable table() {
        return table;
    }

    @Override
    public EventLayout layout() {
        return table.layout();
    }

    private String insert() {
        EventLayout layout = table.layout();
        List<String> columns = new ArrayList<>(layout.names().values());
        columns.addAll(layout.headers().values());
        return "INSERT INTO " + table.qualifiedName() + " ("
                + String.join(", ", columns.stream().map(OutboxTable::quoted).toList()) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    private String delete() {
        return "DELETE FROM " + table.qualifiedName() + " WHERE "
                + OutboxTable.quoted(table.layout().requiredName(EventField.ID)) + " = ?";
    }

    @Override
    public void append(Connection connection, Collection<OutboxEvent> events) throws SQLException {
        Transactions.require(connection);
        for (OutboxEvent event : events) {
            table.layout().requirePlaceFor(event);
        }
        try (PreparedStatement insert = connection.prepareStatement(this.insert)) {
            for (OutboxEvent event : events) {
                bind(insert, event);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        if (deleteAtOnce) {
            try (PreparedStatement delete = connection.prepareStatement(this.delete)) {
                for (OutboxEvent event : events) {
                    delete.setObject(1, event.id());
                    delete.addBatch();
                }
                delete.executeBatch();
            }
        }
    }

    private void bind(PreparedStatement statement, OutboxEvent event) throws SQLException {
        int parameter = 1;
        for (EventField field : table.layout().names().keySet()) {
            bind(statement, parameter++, field, event);
        }
        for (Map.Entry<String, String> header : table.layout().headers().entrySet()) {
            statement.setString(parameter++, event.headers().get(header.getKey()));
        }
    }

    private void bind(PreparedStatement statement, int parameter, EventField field, OutboxEvent event)
            throws SQLException {
        switch (field) {
            case ID -> statement.setObject(parameter, event.id());
            case AGGREGATE_TYPE -> statement.setString(parameter, event.aggregateType());
            case AGGREGATE_ID -> statement.setString(parameter, event.aggregateId());
            case TYPE -> statement.setString(parameter, event.type());
            case PAYLOAD -> bindPayload(statement, parameter, event);
            case KEY -> statement.setString(parameter, event.key() != null ? event.key() : event.aggregateId());
            case TIMESTAMP -> statement.setObject(parameter, utc(event), Types.TIMESTAMP);
            case SCHEMA_VERSION -> statement.setObject(parameter, event.schemaVersion(), Types.INTEGER);
            case TRACEPARENT -> statement.setString(parameter, event.traceparent());
        }
    }

    private static @Nullable LocalDateTime utc(OutboxEvent event) {
        return event.timestamp() == null ? null : LocalDateTime.ofInstant(event.timestamp(), ZoneOffset.UTC);
    }

    private void bindPayload(PreparedStatement statement, int parameter, OutboxEvent event) throws SQLException {
        boolean bytes = table.payloadType() == OutboxTable.PayloadType.BYTES;
        Payload payload = event.payload();
        if (payload == null) {
            statement.setNull(parameter, bytes ? Types.BINARY : Types.OTHER);
        } else if (payload instanceof Payload.Json json && bytes) {
            statement.setBytes(parameter, json.text().getBytes(StandardCharsets.UTF_8));
        } else if (payload instanceof Payload.Json json) {
            // Without a type of ours the server takes the column's: json, jsonb or text.
            statement.setObject(parameter, json.text(), Types.OTHER);
        } else if (payload instanceof Payload.Bytes content && bytes) {
            statement.setBytes(parameter, content.content());
        } else {
            throw new IllegalArgumentException("The event " + event.id() + " has bytes for its payload and the table "
                    + table.qualifiedName() + " holds JSON: give the event JSON, or use a column of type bytea and"
                    + " OutboxTable.withPayload(PayloadType.BYTES)");
        }
    }

    @Override
    public String toString() {
        return "outbox table " + table.qualifiedName();
    }
}
