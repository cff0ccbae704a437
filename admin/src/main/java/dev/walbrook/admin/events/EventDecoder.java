package dev.walbrook.admin.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records written by {@code JsonConverter}, with or without schemas; whatever else it meets it passes on as text.
 *
 * <p>Safe for use by several threads.
 */
public final class EventDecoder {

    private final ObjectMapper json = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // 1.50 stays 1.50.
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    /** One record as an event; never fails. */
    public ChangeEvent decode(ConsumerRecord<byte[], byte[]> message) {
        Payload key = payload(message.key());
        Payload value = payload(message.value());
        JsonNode readableKey = key == null ? null : SemanticValues.readable(key.schema(), key.value());
        Operation operation = Operation.TOMBSTONE;
        JsonNode before = null;
        JsonNode after = null;
        JsonNode source = null;
        if (value != null && !value.value().isNull()) {
            JsonNode readable = SemanticValues.readable(value.schema(), value.value());
            if (isEnvelope(readable)) {
                operation = Operation.ofCode(readable.path("op").asText());
                before = present(readable.get("before"));
                after = present(readable.get(operation == Operation.MESSAGE ? "message" : "after"));
                source = present(readable.get("source"));
            } else {
                operation = Operation.OTHER;
                after = readable;
            }
        }
        return new ChangeEvent(
                message.topic(),
                message.partition(),
                message.offset(),
                Instant.ofEpochMilli(message.timestamp()),
                operation,
                table(source),
                present(readableKey),
                before,
                after,
                source);
    }

    private static boolean isEnvelope(JsonNode value) {
        return value.isObject()
                && value.path("op").isTextual()
                && (value.has("before") || value.has("after") || value.has("message") || value.has("source"));
    }

    private static @Nullable String table(@Nullable JsonNode source) {
        if (source == null
                || !source.path("table").isTextual()
                || source.path("table").asText().isEmpty()) {
            return null;
        }
        return source.path("schema").asText() + '.' + source.path("table").asText();
    }

    private static @Nullable JsonNode present(@Nullable JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode() ? null : node;
    }

    private record Payload(@Nullable JsonNode schema, JsonNode value) {}

    private @Nullable Payload payload(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        JsonNode node;
        try {
            node = json.readTree(bytes);
        } catch (JsonProcessingException e) {
            return new Payload(null, notJson(bytes));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("reading from memory failed", e);
        }
        if (node.isMissingNode()) {
            return new Payload(null, notJson(bytes));
        }
        if (node.isObject() && node.size() == 2 && node.has("schema") && node.has("payload")) {
            return new Payload(present(node.get("schema")), node.get("payload"));
        }
        return new Payload(null, node);
    }

    private static TextNode notJson(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean printable = text.codePoints().noneMatch(c -> c == 0xFFFD || (Character.isISOControl(c) && c != '\n'));
        return TextNode.valueOf(printable ? text : "\\x" + HexFormat.of().formatHex(bytes));
    }
}
