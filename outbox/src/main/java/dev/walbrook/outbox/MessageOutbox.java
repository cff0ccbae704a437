package dev.walbrook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/**
 * An outbox without a table: events are written straight into the write-ahead log, as transactional logical messages
 * ({@code pg_logical_emit_message}). There is nothing to create, to vacuum or to clean up, and nothing to look at
 * either.
 *
 * <p>The message is JSON whose fields are named as the table's columns would be, so that the pipeline's
 * {@code DecodeLogicalDecodingMessageContent} (with {@code fields.null.include=true}) followed by {@code EventRouter}
 * makes the record of it that it would make of the row. JSON has no place for a record's timestamp as the router wants
 * it, so the record's is when the message was captured.
 */
public final class MessageOutbox implements Outbox {

    private final String prefix;
    private final EventLayout layout;

    /**
     * @param prefix the messages' prefix, for the connector's {@code message.prefix.include.list}
     * @throws IllegalArgumentException if the layout has a timestamp
     */
    public MessageOutbox(String prefix, EventLayout layout) {
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("The outbox's messages need a prefix");
        }
        if (layout.name(EventField.TIMESTAMP) != null) {
            throw new IllegalArgumentException(
                    "A message cannot carry the record's timestamp: EventRouter takes it only"
                            + " from a column of a timestamp type. Leave EventField.TIMESTAMP out of the layout, and put the time"
                            + " into the payload or a header");
        }
        this.prefix = prefix;
        this.layout = layout;
    }

    /** Messages of the prefix {@code outbox} with the router's default names. */
    public static MessageOutbox standard() {
        return new MessageOutbox("outbox", EventLayout.standard());
    }

    public String prefix() {
        return prefix;
    }

    @Override
    public EventLayout layout() {
        return layout;
    }

    @Override
    public void append(Connection connection, Collection<OutboxEvent> events) throws SQLException {
        Transactions.require(connection);
        for (OutboxEvent event : events) {
            layout.requirePlaceFor(event);
        }
        // The casts choose between the function's variants for text and for bytea.
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_logical_emit_message(true, ?::text, ?::text)")) {
            for (OutboxEvent event : events) {
                statement.setString(1, prefix);
                statement.setString(2, content(event));
                statement.execute();
            }
        }
    }

    /** The message for an event: one JSON object, in which JSON of the payload is a string, as it is in the table. */
    String content(OutboxEvent event) {
        JsonObject message = new JsonObject();
        for (Map.Entry<EventField, String> field : layout.names().entrySet()) {
            put(message, field.getKey(), field.getValue(), event);
        }
        for (Map.Entry<String, String> header : layout.headers().entrySet()) {
            message.put(header.getValue(), event.headers().get(header.getKey()));
        }
        return message.toString();
    }

    private static void put(JsonObject message, EventField field, String name, OutboxEvent event) {
        switch (field) {
            case ID -> message.put(name, event.id().toString());
            case AGGREGATE_TYPE -> message.put(name, event.aggregateType());
            case AGGREGATE_ID -> message.put(name, event.aggregateId());
            case TYPE -> message.put(name, event.type());
            case PAYLOAD -> putPayload(message, name, event);
            case KEY -> message.put(name, event.key() != null ? event.key() : event.aggregateId());
            case SCHEMA_VERSION -> message.put(name, event.schemaVersion());
            case TRACEPARENT -> message.put(name, event.traceparent());
            case TIMESTAMP -> throw new IllegalStateException("no message has a timestamp");
        }
    }

    private static void putPayload(JsonObject message, String name, OutboxEvent event) {
        Payload payload = event.payload();
        if (payload == null) {
            message.put(name, (String) null);
        } else if (payload instanceof Payload.Json json) {
            message.put(name, json.text());
        } else {
            throw new IllegalArgumentException("The event " + event.id() + " has bytes for its payload, which a message"
                    + " of JSON cannot carry to the router as bytes: give the event JSON, or use a TableOutbox with"
                    + " PayloadType.BYTES");
        }
    }

    @Override
    public String toString() {
        return "outbox messages " + prefix;
    }
}
