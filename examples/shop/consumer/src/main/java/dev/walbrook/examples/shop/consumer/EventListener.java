package dev.walbrook.examples.shop.consumer;

import dev.walbrook.outbox.spring.KafkaInbox;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Processes each event of the topics once. */
@Component
public class EventListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventListener.class);

    private final KafkaInbox inbox;
    private final ReceivedEvents events;

    public EventListener(KafkaInbox inbox, ReceivedEvents events) {
        this.inbox = inbox;
        this.events = events;
    }

    /** One record; its offset is committed when this has returned. */
    @KafkaListener(topics = "#{'${shop.topics}'.split(',')}")
    public void onEvent(ConsumerRecord<String, String> record) {
        String id = inbox.eventId(record);
        boolean first = inbox.once(record, event -> events.add(id, event));
        LOG.info(
                "{} {}-{}@{} key={} event={} type={} payload={}",
                first ? "received" : "skipped a repeated delivery of",
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                id,
                ReceivedEvents.type(record),
                record.value());
    }
}
