package dev.walbrook.outbox;

/** What an event says, ready to be stored. */
public sealed interface Payload {

    /**
     * JSON.
     *
     * @param text one JSON value; PostgreSQL checks it when the column's type is json or jsonb
     */
    record Json(String text) implements Payload {}

    /**
     * Anything else: Avro, Protobuf, text in a format of the service's own.
     *
     * @param content not copied, so it must not be changed afterwards
     */
    record Bytes(byte[] content) implements Payload {}
}
