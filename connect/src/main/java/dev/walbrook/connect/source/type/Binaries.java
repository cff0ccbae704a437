package dev.walbrook.connect.source.type;

import dev.walbrook.connect.BinaryText;
import dev.walbrook.postgres.codec.BitText;
import dev.walbrook.postgres.codec.ByteaText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** The representations of {@code bytea}, of bit strings, and of what has no representation of its own. */
final class Binaries {

    /** What PostgreSQL writes before the digits of a bytea in hexadecimal. */
    private static final int HEX_PREFIX = 2;

    private Binaries() {}

    static TypeMapping bytea(Representation representation) {
        BinaryText text = representation.binaryText();
        ValueDecoder decoder;
        if (text == null) {
            decoder = (buffer, offset, length) -> ByteBuffer.wrap(ByteaText.parse(buffer, offset, length));
        } else if (text == BinaryText.HEX) {
            decoder = Binaries::hex;
        } else {
            decoder = (buffer, offset, length) -> text.encode(ByteaText.parse(buffer, offset, length));
        }
        return TypeMapping.of(() -> schema(text), decoder).withUnavailable(placeholder(representation));
    }

    /** Values of a type without a representation of its own: the bytes of their text. */
    static TypeMapping unknown(Representation representation) {
        BinaryText text = representation.binaryText();
        ValueDecoder decoder = text == null
                ? (buffer, offset, length) -> ByteBuffer.wrap(copy(buffer, offset, length))
                : (buffer, offset, length) -> text.encode(copy(buffer, offset, length));
        return TypeMapping.of(() -> schema(text), decoder).withUnavailable(placeholder(representation));
    }

    private static SchemaBuilder schema(@Nullable BinaryText text) {
        return text == null ? SchemaBuilder.bytes() : SchemaBuilder.string();
    }

    /** In text the placeholder stands as it is, so that it is recognised; it is not text in base64 or hexadecimal. */
    static Object placeholder(Representation representation) {
        return representation.binaryText() == null
                ? ByteBuffer.wrap(representation.unavailable().bytes())
                : representation.unavailable().text();
    }

    private static Object hex(byte[] buffer, int offset, int length) {
        return buffer[offset] == '\\' && length >= HEX_PREFIX && buffer[offset + 1] == 'x'
                ? new String(buffer, offset + HEX_PREFIX, length - HEX_PREFIX, StandardCharsets.ISO_8859_1)
                : HexFormat.of().formatHex(ByteaText.parse(buffer, offset, length));
    }

    private static byte[] copy(byte[] buffer, int offset, int length) {
        return Arrays.copyOfRange(buffer, offset, offset + length);
    }

    /** A single bit is a boolean, more are bytes with the last bit of the text first, without zero bytes at the end. */
    static TypeMapping bits(SourceType type) {
        if (type.length() == 1) {
            // A bit varying(1) may be empty, and an empty one is neither true nor false.
            return TypeMapping.of(
                    SchemaBuilder::bool, (buffer, offset, length) -> length == 0 ? null : buffer[offset] == '1');
        }
        return TypeMapping.of(
                () -> SchemaBuilder.bytes()
                        .name("io.debezium.data.Bits")
                        .version(1)
                        .parameter("length", Integer.toString(type.length())),
                Binaries::littleEndian);
    }

    private static Object littleEndian(byte[] buffer, int offset, int length) {
        byte[] bytes = BitText.parseLittleEndian(buffer, offset, length);
        int size = bytes.length;
        while (size > 0 && bytes[size - 1] == 0) {
            size--;
        }
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
