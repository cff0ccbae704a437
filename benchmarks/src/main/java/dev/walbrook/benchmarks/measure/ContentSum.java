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
    private final SchemaPrefix keys = new SchemaPrefix();
    private final SchemaPrefix values = new SchemaPrefix();
    private long records;
    private long sum;

    void add(byte @Nullable [] key, byte @Nullable [] value) {
        records++;
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

    long records() {
        return records;
    }

    long sum() {
        return sum;
    }

    /** The whole document, or what stands beside its schema. */
    private long payload(byte[] document, long hash) throws IOException {
        int start = keys.end(document, json);
        return bytes(document, start, end(document, start), hash);
    }

    /** Operation and row after the change; of a value that is no envelope, all of it. */
    private long envelope(byte[] document, long hash) throws IOException {
        int start = values.end(document, json);
        long result = hash;
        boolean envelope = false;
        try (JsonParser parser = json.createParser(document, start, document.length - start)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("op") || name.equals("after")) {
                        envelope |= name.equals("op");
                        int from = start + (int) parser.currentTokenLocation().getByteOffset();
                        parser.skipChildren();
                        parser.finishToken();
                        int to = start + (int) parser.currentLocation().getByteOffset();
                        result = bytes(document, from, to, result);
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }
        return envelope ? result : bytes(document, start, end(document, start), hash);
    }

    /** Before the brace that ends what began with the schema. */
    private static int end(byte[] document, int start) {
        return start == 0 ? document.length : document.length - 1;
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
