package dev.walbrook.benchmarks.measure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Sums up records in JSON, with or without schemas. The bytes of key, operation and row are taken as they are: contenders
 * that write the same values differently do not say the same.
 */
final class ContentSum {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final JsonFactory json = new JsonFactory();
    private long records;
    private long bytes;
    private long sum;

    void add(byte @Nullable [] key, byte @Nullable [] value) {
        records++;
        bytes += (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        try {
            long hash = FNV_OFFSET;
            if (key != null) {
                hash = payload(key, hash);
            }
            if (value != null) {
                hash = envelope(value, hash);
            }
            // A sum of the bare hashes would let systematic differences cancel out.
            sum += mix(hash);
        } catch (IOException e) {
            throw new UncheckedIOException("a record is not JSON", e);
        }
    }

    Content content() {
        return new Content(records, bytes, sum);
    }

    /** The whole document, or what stands beside its schema. */
    private long payload(byte[] document, long hash) throws IOException {
        try (JsonParser parser = json.createParser(document)) {
            parser.nextToken();
            if (enterPayload(parser)) {
                return valueBytes(parser, document, hash);
            }
        }
        return bytes(document, 0, document.length, hash);
    }

    /** Operation and row after the change; of a value that is no envelope, all of it. */
    private long envelope(byte[] document, long hash) throws IOException {
        try (JsonParser parser = json.createParser(document)) {
            parser.nextToken();
            if (enterPayload(parser)) {
                return fields(parser, document, hash);
            }
        }
        try (JsonParser parser = json.createParser(document)) {
            parser.nextToken();
            return fields(parser, document, hash);
        }
    }

    private static long fields(JsonParser parser, byte[] document, long hash) throws IOException {
        long result = hash;
        boolean envelope = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("op") || name.equals("after")) {
                envelope |= name.equals("op");
                result = valueBytes(parser, document, result);
            } else {
                parser.skipChildren();
            }
        }
        return envelope ? result : bytes(document, 0, document.length, hash);
    }

    /** Moves to the value of the field "payload" of a document that has a schema; false if it has none. */
    private static boolean enterPayload(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT
                || parser.nextToken() != JsonToken.FIELD_NAME
                || !parser.currentName().equals("schema")) {
            return false;
        }
        parser.nextToken();
        parser.skipChildren();
        if (parser.nextToken() != JsonToken.FIELD_NAME || !parser.currentName().equals("payload")) {
            return false;
        }
        parser.nextToken();
        return true;
    }

    private static long valueBytes(JsonParser parser, byte[] document, long hash) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return bytes(document, start, (int) parser.currentLocation().getByteOffset(), hash);
    }

    private static long bytes(byte[] document, int start, int end, long hash) {
        long result = hash;
        for (int at = start; at < end; at++) {
            result = (result ^ (document[at] & 0xff)) * FNV_PRIME;
        }
        // So that moving a byte from one field to the next shows.
        return (result ^ 0x100) * FNV_PRIME;
    }

    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
