package dev.walbrook.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * What a published converter wrote, decoded into lines that {@link Comparison} compares: JSON with its schema or without,
 * text, or Avro with the schema that was registered for it.
 */
final class DecodedRecord {

    private static final String WALBROOKS_OWN = "__walbrook.";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ApicurioRegistry registry;
    private final Map<String, String> lines = new LinkedHashMap<>();

    private DecodedRecord(ApicurioRegistry registry) {
        this.registry = registry;
    }

    /** @param name the connector's unique name, which becomes the common one */
    static ObservedRecord of(ConsumerRecord<byte[], byte[]> record, String name, ApicurioRegistry registry) {
        DecodedRecord decoded = new DecodedRecord(registry);
        decoded.lines.put("partition", Integer.toString(record.partition()));
        if (!record.topic().contains(name) && record.timestampType() == TimestampType.CREATE_TIME) {
            // Where a transform makes an event of the row, its moment is the event's.
            decoded.lines.put("timestamp", Long.toString(record.timestamp()));
        }
        decoded.add("key", record.key(), record.headers());
        decoded.add("value", record.value(), record.headers());
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            String path = "header." + header.key();
            if (!Exemptions.isAddition(path)) {
                if (!AvroBytes.isOwnHeader(header.key())) {
                    decoded.add(headers.contains(header.key()) ? path + "#" : path, header.value(), record.headers());
                }
                headers.add(header.key());
            }
        }
        decoded.lines.put("headers", headers.toString());
        return ObservedRecord.ofLines(decoded.lines, name);
    }

    private void add(String path, byte @Nullable [] bytes, Headers headers) {
        if (bytes == null) {
            lines.put(path, "none");
            return;
        }
        AvroBytes avro = AvroBytes.decode(path, bytes, headers, registry);
        if (avro != null) {
            addJson(path + "-schema", avro.schema());
            addJson(path, avro.value());
        } else {
            addText(path, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private void addText(String path, String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            lines.put(path, "text " + text);
            return;
        }
        if (json.size() == 2 && json.has("schema") && json.has("payload")) {
            addJson(path + "-schema", json.path("schema"));
            addJson(path, json.path("payload"));
        } else if (json.isMissingNode()) {
            lines.put(path, "text " + text);
        } else {
            addJson(path, json);
        }
    }

    private void addJson(String path, JsonNode json) {
        if (json instanceof ObjectNode object) {
            removeWalbrooksOwn(object);
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            lines.put(path, "{" + String.join(", ", names) + "}");
            object.properties().forEach(field -> addJson(path + "." + field.getKey(), field.getValue()));
        } else if (json.isArray()) {
            lines.put(path, "[" + json.size() + "]");
            for (int i = 0; i < json.size(); i++) {
                addJson(path + "[" + i + "]", json.path(i));
            }
        } else {
            lines.put(path, json.toString());
        }
    }

    /** Schema parameters that only Walbrook has, which {@link Exemptions} lists. */
    private static void removeWalbrooksOwn(ObjectNode schema) {
        for (String name : List.of("parameters", "connect.parameters")) {
            if (schema.path(name) instanceof ObjectNode parameters) {
                List<String> own = new ArrayList<>();
                parameters.fieldNames().forEachRemaining(parameter -> {
                    if (parameter.startsWith(WALBROOKS_OWN)) {
                        own.add(parameter);
                    }
                });
                parameters.remove(own);
                if (parameters.isEmpty()) {
                    schema.remove(name);
                }
            }
        }
    }
}
