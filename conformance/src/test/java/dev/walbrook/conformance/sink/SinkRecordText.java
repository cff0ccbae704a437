package dev.walbrook.conformance.sink;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.jspecify.annotations.Nullable;

/**
 * A record as bytes of JSON.
 *
 * @param topic its topic, in which {@code {schema}} stands for the scenario's own name
 * @param key null for a record without key
 * @param value null for a tombstone
 * @param headers texts by name
 */
record SinkRecordText(String topic, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {

    private static final JsonConverter WITH_SCHEMAS = converter(true);
    private static final JsonConverter WITHOUT_SCHEMAS = converter(false);

    private static JsonConverter converter(boolean schemas) {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", schemas, "replace.null.with.default", false), false);
        return converter;
    }

    /** With its schemas, as JsonConverter writes it by default. */
    static SinkRecordText of(
            String topic,
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Schema valueSchema,
            @Nullable Object value) {
        return of(WITH_SCHEMAS, topic, keySchema, key, valueSchema, value);
    }

    private static SinkRecordText of(
            JsonConverter converter,
            String topic,
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Schema valueSchema,
            @Nullable Object value) {
        return new SinkRecordText(
                topic,
                key == null ? null : converter.fromConnectData(topic, new RecordHeaders(), keySchema, key),
                value == null ? null : converter.fromConnectData(topic, new RecordHeaders(), valueSchema, value),
                Map.of());
    }

    /** The same without schemas. */
    static SinkRecordText schemaless(
            String topic,
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Schema valueSchema,
            @Nullable Object value) {
        return of(WITHOUT_SCHEMAS, topic, keySchema, key, valueSchema, value);
    }

    /** Any text as value, and no key. */
    static SinkRecordText text(String topic, String value) {
        return new SinkRecordText(topic, null, value.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** The same in another topic. */
    SinkRecordText on(String otherTopic) {
        return new SinkRecordText(otherTopic, key, value, headers);
    }

    SinkRecordText withHeader(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, text);
        return new SinkRecordText(topic, key, value, more);
    }

    /** The record with the scenario's name in its topic, key and value. */
    SinkRecordText named(String name) {
        return new SinkRecordText(topic.replace("{schema}", name), named(key, name), named(value, name), headers);
    }

    private static byte @Nullable [] named(byte @Nullable [] json, String name) {
        return json == null
                ? null
                : new String(json, StandardCharsets.UTF_8)
                        .replace("{schema}", name)
                        .getBytes(StandardCharsets.UTF_8);
    }
}
