package dev.walbrook.outbox.spring;

import dev.walbrook.outbox.EventField;
import dev.walbrook.outbox.EventLayout;
import dev.walbrook.outbox.MessageOutbox;
import dev.walbrook.outbox.Outbox;
import dev.walbrook.outbox.OutboxTable;
import dev.walbrook.outbox.OutboxTable.PayloadType;
import dev.walbrook.outbox.TableOutbox;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events are stored, and how.
 *
 * @param transport whether events are rows of a table or messages in the write-ahead log
 * @param schema schema of the outbox table; the connection's search path if not set
 * @param table name of the outbox table
 * @param payload what the payload's column holds: json (or jsonb, text), or bytes (bytea)
 * @param deleteAtOnce whether each row is deleted right after its insert, so that the table stays empty
 * @param messagePrefix prefix of the messages, for the connector's message.prefix.include.list
 * @param columns names of the columns, or of the message's fields
 * @param headers column or field of each further header, by the header's name
 * @param slot replication slot of the connector that captures the outbox, for the health endpoint to report on
 */
@ConfigurationProperties("walbrook.outbox")
public record OutboxProperties(
        @DefaultValue("table") Transport transport,
        @Nullable String schema,
        @DefaultValue("outbox") String table,
        @DefaultValue("json") PayloadType payload,
        @DefaultValue("false") boolean deleteAtOnce,
        @DefaultValue("outbox") String messagePrefix,
        @DefaultValue Columns columns,
        @DefaultValue Map<String, String> headers,
        @Nullable String slot) {

    /** How events reach the write-ahead log. */
    public enum Transport {
        /** As rows of a table. */
        TABLE,
        /** As logical messages, without a table. */
        MESSAGE
    }

    /**
     * The names of the columns, or of the message's fields.
     *
     * @param id the event's id
     * @param aggregateType the aggregate's type, which chooses the topic
     * @param aggregateId the aggregate's id, which is the record's key
     * @param type the event's type
     * @param payload the payload
     * @param key the record's key where it is not the aggregate's id; no such column if not set
     * @param timestamp when it happened; no such column if not set
     * @param schemaVersion version of the payload's schema; no such column if not set
     * @param traceparent the W3C trace context; no such column if not set
     */
    public record Columns(
            @DefaultValue("id") String id,
            @DefaultValue("aggregatetype") String aggregateType,
            @DefaultValue("aggregateid") String aggregateId,
            @DefaultValue("type") String type,
            @DefaultValue("payload") String payload,
            @Nullable String key,
            @Nullable String timestamp,
            @Nullable String schemaVersion,
            @Nullable String traceparent) {

        EventLayout layout() {
            EventLayout layout = EventLayout.standard()
                    .with(EventField.ID, id)
                    .with(EventField.AGGREGATE_TYPE, aggregateType)
                    .with(EventField.AGGREGATE_ID, aggregateId)
                    .with(EventField.TYPE, type)
                    .with(EventField.PAYLOAD, payload);
            layout = optional(layout, EventField.KEY, key);
            layout = optional(layout, EventField.TIMESTAMP, timestamp);
            layout = optional(layout, EventField.SCHEMA_VERSION, schemaVersion);
            return optional(layout, EventField.TRACEPARENT, traceparent);
        }

        private static EventLayout optional(EventLayout layout, EventField field, @Nullable String name) {
            return name == null ? layout : layout.with(field, name);
        }
    }

    /** The outbox that these properties describe. */
    Outbox outbox() {
        EventLayout layout = columns.layout();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            layout = layout.withHeader(header.getKey(), header.getValue());
        }
        if (transport == Transport.MESSAGE) {
            return new MessageOutbox(messagePrefix, layout);
        }
        TableOutbox outbox = new TableOutbox(new OutboxTable(schema, table, layout, payload, null));
        return deleteAtOnce ? outbox.deletingAtOnce() : outbox;
    }
}
