package dev.walbrook.admin.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record of a topic as a person reads it. Values are JSON in which days, microseconds, decimals and bytes have been
 * turned into the text people write, where the record's schema says what they are.
 *
 * @param topic the topic
 * @param partition the partition
 * @param offset the offset in it
 * @param timestamp the record's timestamp
 * @param operation what happened
 * @param table {@code schema.table} as the event's source says; null when it does not
 * @param key the key's fields; null for none
 * @param before the row before; null when the event has none
 * @param after the row after, or the whole value of a record that is no envelope; null when the event has none
 * @param source the envelope's source fields; null when the event has none
 */
public record ChangeEvent(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        Operation operation,
        @Nullable String table,
        @Nullable JsonNode key,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        @Nullable JsonNode source) {

    /** What stands in the place of a value that PostgreSQL did not log because the update left it alone (TOAST). */
    public static final String UNAVAILABLE = "__debezium_unavailable_value";
}
