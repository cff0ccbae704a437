package dev.walbrook.outbox.spring;

import dev.walbrook.outbox.OutboxEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The counters {@code walbrook.outbox.events} (by aggregate type and outcome of the transaction) and
 * {@code walbrook.inbox.events} (by consumer and whether the event was new).
 */
final class MicrometerMeters implements EventMeters {

    private final MeterRegistry registry;

    MicrometerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void appended(Collection<OutboxEvent> events) {
        Map<String, Long> counts =
                events.stream().collect(Collectors.groupingBy(OutboxEvent::aggregateType, Collectors.counting()));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                String outcome =
                        switch (status) {
                            case STATUS_COMMITTED -> "committed";
                            case STATUS_ROLLED_BACK -> "rolled back";
                            default -> "unknown";
                        };
                counts.forEach((type, count) -> registry.counter(
                                "walbrook.outbox.events", "aggregate.type", type, "outcome", outcome)
                        .increment(count));
            }
        });
    }

    @Override
    public void received(String consumer, boolean first) {
        registry.counter("walbrook.inbox.events", "consumer", consumer, "outcome", first ? "new" : "duplicate")
                .increment();
    }
}
