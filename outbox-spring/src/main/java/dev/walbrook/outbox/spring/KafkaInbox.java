package dev.walbrook.outbox.spring;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.transaction.IllegalTransactionStateException;

/**
 * Processes every record of an outbox once, for {@code @KafkaListener} methods and plain consumers:
 *
 * <pre>{@code
 * @KafkaListener(topics = "outbox.event.ORDER")
 * void onOrder(ConsumerRecord<String, String> record) {
 *     inbox.once(record, this::process);
 * }
 * }</pre>
 *
 * <p>The container commits the record's offset after the method has returned, so after the transaction.
 */
public final class KafkaInbox {

    private final TransactionalInbox inbox;
    private final String header;

    KafkaInbox(TransactionalInbox inbox, String header) {
        this.inbox = inbox;
        this.header = header;
    }

    /**
     * The event's id, as the router wrote it into a header.
     *
     * @throws IllegalArgumentException if the record does not have the header, and so is none of an outbox
     */
    public String eventId(ConsumerRecord<?, ?> record) {
        Header id = record.headers().lastHeader(header);
        if (id == null || id.value() == null) {
            throw new IllegalArgumentException("The record at offset " + record.offset() + " of " + record.topic() + "-"
                    + record.partition() + " has no header " + header + " with the event's id: it was not written by an"
                    + " EventRouter, or walbrook.inbox.header names another one");
        }
        return new String(id.value(), StandardCharsets.UTF_8);
    }

    /**
     * Notes the record's event in the current transaction and says whether it is new.
     *
     * @throws IllegalTransactionStateException outside a transaction
     */
    public boolean firstTime(ConsumerRecord<?, ?> record) {
        return inbox.firstTime(eventId(record));
    }

    /** Processes the record unless its event was processed before; see {@link TransactionalInbox#once}. */
    public <K, V> boolean once(ConsumerRecord<K, V> record, Consumer<ConsumerRecord<K, V>> processing) {
        return inbox.once(eventId(record), () -> processing.accept(record));
    }
}
