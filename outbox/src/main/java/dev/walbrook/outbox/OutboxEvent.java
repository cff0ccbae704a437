package dev.walbrook.outbox;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of an aggregate.
 *
 * @param id identifies the event for ever; consumers recognise a repeated delivery by it
 * @param aggregateType what kind of thing changed, such as {@code ORDER}; it chooses the topic
 * @param aggregateId which one changed; events of one aggregate keep their order
 * @param type what happened, such as {@code OrderPlaced}
 * @param payload what there is to say about it; null publishes a record without a value
 * @param key the record's key where it is not the aggregate's id; null for the aggregate's id
 * @param timestamp when it happened, to the microsecond; null for when it was captured
 * @param schemaVersion the version of the payload's schema; null for none
 * @param traceparent the trace it belongs to, in the form of the W3C's header; null for none
 * @param headers further headers of the record, in their order
 */
public record OutboxEvent(
        UUID id,
        String aggregateType,
        String aggregateId,
        String type,
        @Nullable Payload payload,
        @Nullable String key,
        @Nullable Instant timestamp,
        @Nullable Integer schemaVersion,
        @Nullable String traceparent,
        Map<String, String> headers) {

    public OutboxEvent {
        Objects.requireNonNull(id, "id");
        requireText(aggregateType, "aggregateType");
        requireText(aggregateId, "aggregateId");
        requireText(type, "type");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    private static void requireText(String value, String name) {
        if (Objects.requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException("An event needs a " + name);
        }
    }

    /** The same event as part of a trace. */
    public OutboxEvent withTraceparent(String traceparent) {
        return new OutboxEvent(
                id, aggregateType, aggregateId, type, payload, key, timestamp, schemaVersion, traceparent, headers);
    }

    /** Begins an event with a random id and no payload. */
    public static Builder of(String aggregateType, String aggregateId, String type) {
        return new Builder(aggregateType, aggregateId, type);
    }

    /** Collects the parts of an event. Not for use by several threads. */
    public static final class Builder {

        private final String aggregateType;
        private final String aggregateId;
        private final String type;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private UUID id = UUID.randomUUID();
        private @Nullable Payload payload;
        private @Nullable String key;
        private @Nullable Instant timestamp;
        private @Nullable Integer schemaVersion;
        private @Nullable String traceparent;

        private Builder(String aggregateType, String aggregateId, String type) {
            this.aggregateType = aggregateType;
            this.aggregateId = aggregateId;
            this.type = type;
        }

        public Builder id(UUID id) {
            this.id = id;
            return this;
        }

        /** @param text one JSON value */
        public Builder json(String text) {
            return payload(new Payload.Json(text));
        }

        public Builder bytes(byte[] content) {
            return payload(new Payload.Bytes(content));
        }

        public <T> Builder payload(T value, PayloadSerializer<? super T> serializer) {
            return payload(serializer.serialize(value));
        }

        public Builder payload(@Nullable Payload payload) {
            this.payload = payload;
            return this;
        }

        /** The record's key, if it shall not be the aggregate's id. */
        public Builder key(String key) {
            this.key = key;
            return this;
        }

        public Builder timestamp(Instant timestamp) {
            this.timestamp = timestamp;
            return this;
        }

        public Builder schemaVersion(int schemaVersion) {
            this.schemaVersion = schemaVersion;
            return this;
        }

        /** @param traceparent such as {@code 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01} */
        public Builder traceparent(@Nullable String traceparent) {
            this.traceparent = traceparent;
            return this;
        }

        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public OutboxEvent build() {
            return new OutboxEvent(
                    id, aggregateType, aggregateId, type, payload, key, timestamp, schemaVersion, traceparent, headers);
        }
    }
}
