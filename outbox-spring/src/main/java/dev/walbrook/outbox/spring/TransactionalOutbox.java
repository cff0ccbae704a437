package dev.walbrook.outbox.spring;

import dev.walbrook.outbox.EventField;
import dev.walbrook.outbox.Outbox;
import dev.walbrook.outbox.OutboxEvent;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.IllegalTransactionStateException;

/**
 * Appends events in the current Spring transaction. With JPA, an entity is written when the session is flushed and the
 * event at once; the transaction holds both.
 *
 * <p>May be called from any thread that has a transaction.
 */
public final class TransactionalOutbox {

    private final Outbox outbox;
    private final SpringTransactions transactions;
    private final EventMeters meters;
    private final Supplier<@Nullable String> traceparent;

    /**
     * @param meters counts the events
     * @param traceparent the current trace context; null outside a trace
     */
    TransactionalOutbox(
            Outbox outbox, DataSource dataSource, EventMeters meters, Supplier<@Nullable String> traceparent) {
        this.outbox = outbox;
        this.transactions = new SpringTransactions(dataSource);
        this.meters = meters;
        this.traceparent = traceparent;
    }

    /**
     * Appends one event.
     *
     * @throws IllegalTransactionStateException outside a transaction
     * @throws IllegalArgumentException if the event carries something that the outbox has no place for
     * @throws DataAccessException if the database refuses it; the transaction then cannot go on
     */
    public void append(OutboxEvent event) {
        append(List.of(event));
    }

    /** Appends events in this order; see {@link #append(OutboxEvent)}. */
    public void append(Collection<OutboxEvent> events) {
        List<OutboxEvent> traced = events.stream().map(this::traced).toList();
        transactions.inCurrent("appending to the " + outbox, connection -> {
            outbox.append(connection, traced);
            return Boolean.TRUE;
        });
        meters.appended(traced);
    }

    /** Where the events go, for its layout. */
    public Outbox outbox() {
        return outbox;
    }

    private OutboxEvent traced(OutboxEvent event) {
        if (event.traceparent() != null || outbox.layout().name(EventField.TRACEPARENT) == null) {
            return event;
        }
        String current = traceparent.get();
        return current == null ? event : event.withTraceparent(current);
    }
}
