package dev.walbrook.benchmarks.measure;

import org.apache.kafka.common.header.Headers;

/** How the keys and values of a topic are written. */
@FunctionalInterface
public interface Encoding {

    /** As JSON, with or without schemas. */
    Encoding JSON = (part, bytes, headers) -> bytes;

    /**
     * The same as JSON.
     *
     * @param part {@code key} or {@code value}
     * @param bytes the key or the value
     * @param headers the record's
     */
    byte[] json(String part, byte[] bytes, Headers headers);
}
