package dev.walbrook.connect.json;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of the records read lately, known by their very bytes: whoever writes the same schema again and again writes
 * the same bytes. A schema that is known is passed over without being parsed.
 *
 * <p>Not thread-safe.
 */
final class ReadSchemas {

    /** How many schemas are tried before the text is searched for the end of its schema. */
    private static final int TRIED = 8;

    private final SchemaParser schemas;
    private final TreeValues values;
    private final Recent<ByteBuffer, Known> known;
    private final @Nullable Known[] latest = new @Nullable Known[TRIED];

    ReadSchemas(SchemaParser schemas, TreeValues values) {
        this.schemas = schemas;
        this.values = values;
        this.known = new Recent<>(values.settings().cacheSize());
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record Known(byte[] json, ReadPlan plan) {}

    /**
     * Passes the schema that begins where the parser stands.
     *
     * @return how values of it are read; null if the schema is null
     * @throws DataException if it is no JSON, or no schema
     */
    @Nullable
    ReadPlan next(JsonParser parser) {
        JsonTokens tokens = parser.tokens();
        for (int i = 0; i < TRIED; i++) {
            Known candidate = latest[i];
            if (candidate == null) {
                break;
            }
            if (tokens.skip(candidate.json)) {
                remember(candidate, i);
                return candidate.plan;
            }
        }
        int start = tokens.position();
        int end = tokens.objectEnd();
        Known found = known.get(ByteBuffer.wrap(tokens.text(), start, end - start));
        if (found != null) {
            tokens.skip(found.json);
            remember(found, TRIED - 1);
            return found.plan;
        }
        Schema schema = schemas.schema(parser.value(1));
        if (schema == null) {
            return null;
        }
        Known made =
                new Known(Arrays.copyOfRange(tokens.text(), start, tokens.position()), new ReadPlan(schema, values));
        known.put(ByteBuffer.wrap(made.json), made);
        if (!known.isEmpty()) {
            remember(made, TRIED - 1);
        }
        return made.plan;
    }

    /** Puts a schema first; what was before it moves back by one place. */
    private void remember(Known first, int place) {
        System.arraycopy(latest, 0, latest, 1, place);
        latest[0] = first;
    }
}
