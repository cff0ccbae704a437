package dev.walbrook.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * Where a service leaves events for Kafka, as part of its own database transaction.
 *
 * <p>Implementations hold no connection and no state; every method may be called from any thread.
 */
public interface Outbox {

    /**
     * Appends events in the connection's transaction. They are published if and only if it commits; the events of one
     * transaction are published in the order they were appended, and transactions in the order they committed.
     *
     * <p>Two transactions that change the same aggregate must exclude each other, as they do when both update its row,
     * for the order of its events to be the order of its changes.
     *
     * @param connection of the caller, in a transaction, which neither is committed nor closed here
     * @throws IllegalStateException if the connection commits every statement by itself, because then the event would
     *     be published whatever becomes of the change
     * @throws IllegalArgumentException if an event carries something that this outbox has no place for
     */
    void append(Connection connection, Collection<OutboxEvent> events) throws SQLException;

    /** Appends one event; see {@link #append(Connection, Collection)}. */
    default void append(Connection connection, OutboxEvent event) throws SQLException {
        append(connection, List.of(event));
    }

    /** The names under which the parts of an event are stored. */
    EventLayout layout();
}
