package dev.walbrook.outbox.spring;

import dev.walbrook.outbox.OutboxEvent;
import java.util.Collection;

/** Counts events; nothing is counted where the service has no Micrometer. */
interface EventMeters {

    EventMeters NONE = new EventMeters() {
        @Override
        public void appended(Collection<OutboxEvent> events) {}

        @Override
        public void received(String consumer, boolean first) {}
    };

    /** The events were appended in the current transaction, whose end is not known yet. */
    void appended(Collection<OutboxEvent> events);

    /** An event came, for the first time or again. */
    void received(String consumer, boolean first);
}
