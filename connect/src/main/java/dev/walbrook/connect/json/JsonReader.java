package dev.walbrook.connect.json;

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

    private final ConverterSettings settings;
    private final TreeValues values;
    private final SchemaParser schemas;
    private final JsonParser parser = new JsonParser();

    /** The schema of all records; null if each brings its own. */
    private final @Nullable Schema configured;

    /**
     * A reader.
     *
     * @throws DataException if the configured schema is none
     */
    JsonReader(ConverterSettings settings) {
        this.settings = settings;
        this.values = new TreeValues(settings);
        this.schemas = new SchemaParser(values);
        this.configured = settings.schemaContent() == null ? null : configured(settings.schemaContent());
    }

    private @Nullable Schema configured(byte[] content) {
        Object json;
        try {
            parser.start(content);
            json = parser.root();
        } catch (DataException e) {
            throw new DataException(
                    "The schema in " + ConverterSettings.SCHEMA_CONTENT + " cannot be read: " + e.getMessage(), e);
        } finally {
            parser.finish();
        }
        return schemas.schema(json);
    }

    /**
     * The data of a record's key or value, or of a header.
     *
     * @throws DataException if it is no JSON, or not what its schema says
     */
    SchemaAndValue read(byte[] json) {
        try {
            parser.start(json);
            return read();
        } finally {
            parser.finish();
        }
    }

    private SchemaAndValue read() {
        if (!settings.schemas()) {
            return new SchemaAndValue(null, values.read(null, parser.root()));
        }
        Object root = parser.root();
        if (configured != null) {
            return new SchemaAndValue(configured, values.read(configured, root));
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
