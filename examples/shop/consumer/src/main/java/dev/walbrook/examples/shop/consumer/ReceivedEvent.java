package dev.walbrook.examples.shop.consumer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event as it came.
 *
 * @param position counts the events in the order they were processed; it has gaps
 * @param eventId from the record's header {@code id}
 * @param eventType from the record's header {@code eventType}; null if the pipeline does not write it
 * @param topic the record's topic
 * @param partition the record's partition
 * @param offset the record's offset
 * @param key the aggregate's id
 * @param payload what the event says; text that is not JSON is a JSON string
 * @param receivedAt when it was processed
 */
public record ReceivedEvent(
        long position,
        String eventId,
        @Nullable String eventType,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable JsonNode payload,
        Instant receivedAt) {}
