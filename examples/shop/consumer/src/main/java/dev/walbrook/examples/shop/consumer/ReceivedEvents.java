package dev.walbrook.examples.shop.consumer;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of what was received. */
@Repository
public class ReceivedEvents {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    public ReceivedEvents(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Adds an event in the caller's transaction. */
    public void add(String eventId, ConsumerRecord<String, String> record) {
        jdbc.sql(
                        """
                        INSERT INTO received_events
                            (event_id, event_type, topic, kafka_partition, kafka_offset, record_key, payload)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .param(eventId)
                .param(type(record))
                .param(record.topic())
                .param(record.partition())
                .param(record.offset())
                .param(record.key())
                .param(record.value())
                .update();
    }

    /** The event's type, if the pipeline writes it into a header. */
    static @Nullable String type(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader("eventType");
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** How many events there are, of one topic or of all. */
    public long count(@Nullable String topic) {
        return jdbc.sql("SELECT count(*) FROM received_events WHERE topic = coalesce(?, topic)")
                .param(topic)
                .query(Long.class)
                .single();
    }

    /** A page of the events of one topic or of all, the newest first. */
    public List<ReceivedEvent> list(@Nullable String topic, int page, int size) {
        return jdbc.sql("SELECT * FROM received_events WHERE topic = coalesce(?, topic)"
                        + " ORDER BY position DESC LIMIT ? OFFSET ?")
                .param(topic)
                .param(size)
                .param((long) page * size)
                .query(this::read)
                .list();
    }

    /** The event of that id: none or one. */
    public List<ReceivedEvent> find(String eventId) {
        return jdbc.sql("SELECT * FROM received_events WHERE event_id = ?")
                .param(eventId)
                .query(this::read)
                .list();
    }

    private ReceivedEvent read(ResultSet row, int number) throws SQLException {
        String payload = row.getString("payload");
        return new ReceivedEvent(
                row.getLong("position"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("topic"),
                row.getInt("kafka_partition"),
                row.getLong("kafka_offset"),
                row.getString("record_key"),
                payload == null ? null : parse(payload),
                row.getTimestamp("received_at").toInstant());
    }

    private JsonNode parse(String payload) {
        try {
            return json.readTree(payload);
        } catch (JacksonException e) {
            return json.getNodeFactory().stringNode(payload);
        }
    }
}
