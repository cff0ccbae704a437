package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Sample;
import dev.walbrook.benchmarks.workload.PreparedDataset;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to do once.
 *
 * @param name unique in this suite; a topic's prefix and a connector's name
 * @param data the data
 * @param format how to write it
 * @param events after how many changes to stop; fewer than there are for a warm-up
 * @param heap the worker's largest heap, as in {@code -Xmx}
 * @param recording where to write a flight recording of the worker; null for none
 * @param sample some of what the connectors wrote
 * @param topic the topic that holds the changes already, for those who only read it; null where they write their own
 * @param limit when to give up
 */
public record Run(
        String name,
        PreparedDataset data,
        Format format,
        long events,
        String heap,
        @Nullable Path recording,
        Sample sample,
        @Nullable String topic,
        Duration limit) {

    /** Whether this run goes to the end of the data, so that its content can be compared. */
    public boolean isWhole() {
        return events == data.dataset().changes();
    }

    /** This run with another limit. */
    public Run within(Duration other) {
        return new Run(name, data, format, events, heap, recording, sample, topic, other);
    }

    /** This run, of what is in a topic. */
    public Run reading(String full) {
        return new Run(name, data, format, events, heap, recording, sample, full, limit);
    }

    /** The topic that holds the changes. */
    String filledTopic() {
        if (topic == null) {
            throw new IllegalStateException(name + " has no topic to read");
        }
        return topic;
    }

    /** How many records there are when the events are. */
    long records() {
        return isWhole() ? data.dataset().records() : events;
    }
}
