package dev.walbrook.benchmarks.measure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * What stands before the data in a document with a schema. It is the same, and by far the most, in record after record: so it is
 * compared with the one before, and read only if it is another.
 */
final class SchemaPrefix {

    private byte[] bytes = new byte[0];

    /** Where the data begins: after the schema and the name of the field, or at 0 if there is no schema. */
    int end(byte[] document, JsonFactory json) throws IOException {
        int known = bytes.length;
        if (known > 0 && document.length >= known && Arrays.equals(bytes, 0, known, document, 0, known)) {
            return known;
        }
        int end = find(document, json);
        bytes = Arrays.copyOf(document, end);
        return end;
    }

    private static int find(byte[] document, JsonFactory json) throws IOException {
        try (JsonParser parser = json.createParser(document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || parser.nextToken() != JsonToken.FIELD_NAME
                    || !parser.currentName().equals("schema")) {
                return 0;
            }
            parser.nextToken();
            parser.skipChildren();
            if (parser.nextToken() != JsonToken.FIELD_NAME
                    || !parser.currentName().equals("payload")) {
                return 0;
            }
            parser.nextToken();
            return (int) parser.currentTokenLocation().getByteOffset();
        }
    }
}
