package dev.walbrook.outbox;

/**
 * Turns a service's own event objects into payloads, with whatever library the service uses:
 * {@code value -> new Payload.Json(jsonMapper.writeValueAsString(value))}.
 *
 * @param <T> the service's type of event
 */
@FunctionalInterface
public interface PayloadSerializer<T> {

    /** The payload that says what the value says. */
    Payload serialize(T value);
}
