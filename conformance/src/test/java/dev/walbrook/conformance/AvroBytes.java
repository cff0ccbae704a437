package dev.walbrook.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * What Apicurio's Avro converter made of a key or value: a zero byte, the number of the schema, the data. The number is of 4
 * bytes and a content's if the converter imitates Confluent's, else of 8 bytes and global.
 *
 * @param schema the schema as the registry has it
 * @param value the data; bytes as hexadecimal text
 */
record AvroBytes(JsonNode schema, JsonNode value) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static AvroBytes decode(byte[] bytes, ApicurioRegistry registry) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        // A global number that needs its upper half would have to count beyond two thousand million.
        boolean global = bytes.length >= 9 && buffer.getInt(1) == 0;
        JsonNode registered = global
                ? registry.schema("globalIds", buffer.getLong())
                : registry.schema("contentIds", buffer.getInt());
        Schema schema = new Schema.Parser(NameValidator.NO_VALIDATION).parse(registered.toString());
        try {
            BinaryDecoder decoder =
                    DecoderFactory.get().binaryDecoder(bytes, buffer.position(), buffer.remaining(), null);
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
