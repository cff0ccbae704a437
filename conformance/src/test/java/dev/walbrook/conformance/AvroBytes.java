package dev.walbrook.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What Apicurio's Avro converter made of a key or value: the data alone, and beside it in the record's headers the number of
 * the schema.
 *
 * @param schema the schema as the registry has it
 * @param value the data; bytes as hexadecimal text
 */
record AvroBytes(JsonNode schema, JsonNode value) {

    private static final String HEADERS = "apicurio.";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Whether a header belongs to the encoding: its value is the registry's number, of each connector's own schemas. */
    static boolean isOwnHeader(String name) {
        return name.startsWith(HEADERS);
    }

    /**
     * Decodes a part of a record.
     *
     * @param part {@code key} or {@code value}
     * @param headers the record's
     * @return null if the headers have no schema for the part, so that it is not Avro
     */
    static @Nullable AvroBytes decode(String part, byte[] bytes, Headers headers, ApicurioRegistry registry) {
        for (String kind : List.of("globalId", "contentId")) {
            Header header = headers.lastHeader(HEADERS + part + "." + kind);
            if (header != null) {
                long id = ByteBuffer.wrap(header.value()).getLong();
                return decode(bytes, registry.schema(kind + "s", id));
            }
        }
        return null;
    }

    private static AvroBytes decode(byte[] bytes, JsonNode registered) {
        // The names are the connectors' concern, and compared.
        Schema schema = new Schema.Parser(NameValidator.NO_VALIDATION).parse(registered.toString());
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            Object value = new GenericDatumReader<>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("There are bytes after the Avro data of " + schema.getFullName());
            }
            return new AvroBytes(registered, json(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        } else if (value instanceof IndexedRecord record) {
            ObjectNode object = NODES.objectNode();
            record.getSchema().getFields().forEach(field -> object.set(field.name(), json(record.get(field.pos()))));
            return object;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, item) -> object.set(key.toString(), json(item)));
            return object;
        } else if (value instanceof Iterable<?> items) {
            ArrayNode array = NODES.arrayNode();
            items.forEach(item -> array.add(json(item)));
            return array;
        } else if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return NODES.textNode("bytes " + HexFormat.of().formatHex(bytes));
        } else if (value instanceof GenericFixed fixed) {
            return NODES.textNode("bytes " + HexFormat.of().formatHex(fixed.bytes()));
        } else if (value instanceof Long number) {
            return NODES.numberNode(number);
        } else if (value instanceof Integer number) {
            return NODES.numberNode(number);
        } else if (value instanceof Double number) {
            return NODES.numberNode(number);
        } else if (value instanceof Float number) {
            return NODES.numberNode(number);
        } else if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        return NODES.textNode(value.toString());
    }
}
