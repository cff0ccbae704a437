package dev.walbrook.connect.json;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON into Connect's data, record after record.
 *
 * <p>Not thread-safe.
 */
final class JsonReader {

    private static final byte[] SCHEMA = "\"schema\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAYLOAD = "\"payload\"".getBytes(StandardCharsets.US_ASCII);

    private final ConverterSettings settings;
    private final TreeValues values;
    private final SchemaParser schemas;
    private final ReadSchemas known;
    private final JsonTokens tokens = new JsonTokens();
    private final JsonParser parser = new JsonParser(tokens);
    private final UnschemedReader unschemed;

    /** Null if values are made at once. */
    private final @Nullable StructScanner scanner;

    /** The schema of all records; null if each brings its own. */
    private final @Nullable ReadPlan configured;

    /**
     * A reader.
     *
     * @param lazy whether values of structs are left in the text until somebody asks for them
     * @throws DataException if the configured schema is none
     */
    JsonReader(ConverterSettings settings, boolean lazy) {
        this.settings = settings;
        this.values = new TreeValues(settings);
        this.unschemed = new UnschemedReader(tokens, parser, values);
        this.scanner = lazy ? new StructScanner(parser, values) : null;
        this.schemas = new SchemaParser(values);
        this.known = new ReadSchemas(schemas, values);
        this.configured = settings.schemaContent() == null ? null : configured(settings.schemaContent());
    }

    private @Nullable ReadPlan configured(byte[] content) {
        Object json;
        try {
            tokens.start(content);
            json = parser.root();
        } catch (DataException e) {
            throw new DataException(
                    "The schema in " + ConverterSettings.SCHEMA_CONTENT + " cannot be read: " + e.getMessage(), e);
        } finally {
            tokens.finish();
        }
        @Nullable Schema schema = schemas.schema(json);
        return schema == null ? null : new ReadPlan(schema, values);
    }

    /**
     * The data of a record's key or value, or of a header.
     *
     * @throws DataException if it is no JSON, or not what its schema says
     */
    SchemaAndValue read(byte[] json) {
        try {
            if (!settings.schemas()) {
                tokens.start(json);
                return new SchemaAndValue(null, unschemed.root());
            }
            SchemaAndValue read = readAlongSchema(json);
            if (read == null) {
                tokens.start(json);
                read = readWhole();
            }
            return read;
        } finally {
            tokens.finish();
        }
    }

    /** Reads a record that is as a converter writes it; null for any other, right or wrong. */
    private @Nullable SchemaAndValue readAlongSchema(byte[] json) {
        try {
            tokens.start(json);
            if (configured != null) {
                // Numbers and words may go on behind what a plan reads of them.
                return tokens.next() == '{' ? new SchemaAndValue(configured.schema(), read(configured, 0)) : null;
            }
            if (!tokens.skip('{')
                    || tokens.next() != '"'
                    || !tokens.skip(SCHEMA)
                    || !tokens.skip(':')
                    || tokens.next() != '{') {
                return null;
            }
            ReadPlan plan = known.next(parser);
            if (plan == null
                    || !tokens.skip(',')
                    || tokens.next() != '"'
                    || !tokens.skip(PAYLOAD)
                    || !tokens.skip(':')) {
                return null;
            }
            Object payload = read(plan, 1);
            return tokens.skip('}') ? new SchemaAndValue(plan.schema(), payload) : null;
        } catch (RuntimeException e) {
            // Reading it as a whole finds out whether that is wrong, and what.
            return null;
        }
    }

    private @Nullable Object read(ReadPlan plan, int depth) {
        return scanner == null ? plan.read(parser, depth) : plan.readLazily(parser, scanner, depth);
    }

    private SchemaAndValue readWhole() {
        Object root = parser.root();
        if (configured != null) {
            return new SchemaAndValue(configured.schema(), values.read(configured.schema(), root));
        }
        if (!(root instanceof Map<?, ?> envelope)
                || envelope.size() != 2
                || !envelope.containsKey("schema")
                || !envelope.containsKey("payload")) {
            throw new DataException(
                    "JsonConverter with schemas.enable requires \"schema\" and \"payload\" fields and may not contain "
                            + "additional fields. If you are trying to deserialize plain JSON data, set "
                            + "schemas.enable=false in your converter configuration.");
        }
        @Nullable Schema schema = schemas.schema(envelope.get("schema"));
        return new SchemaAndValue(schema, values.read(schema, envelope.get("payload")));
    }
}
