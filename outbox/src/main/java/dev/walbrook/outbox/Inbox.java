package dev.walbrook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer has already processed, in a table of its own database.
 *
 * <p>Kafka may deliver an event again: after a consumer's or a connector's crash, after a rebalance. A consumer that asks
 * {@link #firstTime} in the transaction in which it processes the event, and skips it if not, processes every event
 * exactly once. Only after that transaction's commit may it commit the event's offset.
 *
 * <p>It holds no connection; every method may be called from any thread.
 */
public final class Inbox {

    private static final int DELETED_AT_ONCE = 10_000;

    private final String consumer;
    private final String name;
    private final String table;

    private Inbox(String consumer, @Nullable String schema, String name) {
        if (consumer.isBlank()) {
            throw new IllegalArgumentException("An inbox needs the name of its consumer");
        }
        this.consumer = consumer;
        this.name = name;
        this.table = (schema == null ? "" : OutboxTable.quoted(schema) + ".") + OutboxTable.quoted(name);
    }

    /**
     * The part of the table {@code inbox} that belongs to one consumer.
     *
     * @param consumer whoever shall process every event once, such as the consumer group; not empty
     */
    public static Inbox of(String consumer) {
        return in(null, "inbox", consumer);
    }

    /** The same in another table; a null schema means the connection's own search path. */
    public static Inbox in(@Nullable String schema, String table, String consumer) {
        return new Inbox(consumer, schema, table);
    }

    /** The SQL that creates the table, for the consumer's own migrations. */
    public String migration() {
        return """
                CREATE TABLE IF NOT EXISTS %s (
                    consumer varchar(255) NOT NULL,
                    event_id varchar(255) NOT NULL,
                    received_at timestamptz NOT NULL DEFAULT now(),
                    PRIMARY KEY (consumer, event_id)
                );
                CREATE INDEX IF NOT EXISTS %s ON %s USING brin (received_at);
                """
                .formatted(table, OutboxTable.quoted(name + "_received_at"), table);
    }

    public String consumer() {
        return consumer;
    }

    /**
     * Notes the event and says whether it is new. If another transaction has noted the same event and has not ended yet,
     * this waits for its end.
     *
     * @param connection of the caller, in the transaction that processes the event
     * @param eventId the record's header {@code id}
     * @return false if the event was processed before and shall be skipped
     * @throws IllegalStateException if the connection commits every statement by itself
     */
    public boolean firstTime(Connection connection, String eventId) throws SQLException {
        Transactions.require(connection);
        String sql = "INSERT INTO " + table + " (consumer, event_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, consumer);
            insert.setString(2, eventId);
            return insert.executeUpdate() == 1;
        }
    }

    /** Notes the event and says whether it is new; see {@link #firstTime(Connection, String)}. */
    public boolean firstTime(Connection connection, UUID eventId) throws SQLException {
        return firstTime(connection, eventId.toString());
    }

    /**
     * Forgets events that were noted long ago, a bounded number of them; call it again until it returns 0. An event that is
     * delivered again after it was forgotten is processed again, so the age must be longer than the topic keeps events.
     *
     * @return how many were forgotten
     */
    public int forget(Connection connection, Duration age) throws SQLException {
        String sql = "DELETE FROM %s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %s WHERE consumer = ?"
                + " AND received_at < now() - make_interval(secs => ?) LIMIT %d))";
        try (PreparedStatement delete = connection.prepareStatement(sql.formatted(table, table, DELETED_AT_ONCE))) {
            delete.setString(1, consumer);
            delete.setDouble(2, age.toMillis() / 1000.0);
            return delete.executeUpdate();
        }
    }

    @Override
    public String toString() {
        return "inbox " + table + " of " + consumer;
    }
}
