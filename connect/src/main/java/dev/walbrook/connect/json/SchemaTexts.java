package dev.walbrook.connect.json;

import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * The texts of schemas, each made once. Of equal schemas the one seen first is written, as Kafka's converter does; they can
 * differ in the order of their parameters.
 *
 * <p>Not thread-safe.
 */
final class SchemaTexts {

    private final ConverterSettings settings;
    private final Recent<Schema, JsonText> texts;

    SchemaTexts(ConverterSettings settings) {
        this.settings = settings;
        this.texts = new Recent<>(settings.cacheSize());
    }

    /**
     * The text of a schema, from memory if an equal one was asked for not long ago.
     *
     * @throws DataException if the schema cannot be written
     */
    JsonText of(Schema schema) {
        JsonText known = texts.get(schema);
        if (known != null) {
            return known;
        }
        JsonText text = written(schema);
        texts.put(schema, text);
        return text;
    }

    private JsonText written(Schema schema) {
        JsonOutput out = new JsonOutput();
        out.open('{');
        name(out, "type");
        out.string(typeName(schema.type()));
        switch (schema.type()) {
            case ARRAY -> member(out, "items", schema.valueSchema());
            case MAP -> {
                member(out, "keys", schema.keySchema());
                member(out, "values", schema.valueSchema());
            }
            case STRUCT -> fields(out, schema);
            default -> {}
        }
        next(out, "optional");
        out.bool(schema.isOptional());
        if (schema.name() != null) {
            next(out, "name");
            out.string(schema.name());
        }
        if (schema.version() != null) {
            next(out, "version");
            out.number(schema.version());
        }
        if (schema.doc() != null) {
            next(out, "doc");
            out.string(schema.doc());
        }
        if (schema.parameters() != null) {
            next(out, "parameters");
            parameters(out, schema.parameters());
        }
        if (schema.defaultValue() != null) {
            next(out, "default");
            WritePlan.of(schema, settings).write(out, schema.defaultValue());
        }
        out.close('}');
        return out.toText();
    }

    private void member(JsonOutput out, String name, @Nullable Schema schema) {
        next(out, name);
        if (schema == null) {
            out.nul();
        } else {
            JsonText text = of(schema);
            out.value(text);
        }
    }

    private void fields(JsonOutput out, Schema schema) {
        next(out, "fields");
        out.open('[');
        boolean first = true;
        for (Field field : schema.fields()) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            JsonText text = of(field.schema());
            // The field's name is the last member of its schema.
            out.valueWithoutEnd(text);
            next(out, "field");
            out.string(field.name());
            out.ascii('}');
        }
        out.close(']');
    }

    private static void parameters(JsonOutput out, Map<String, String> parameters) {
        out.open('{');
        boolean first = true;
        for (Map.Entry<String, @Nullable String> parameter : parameters.entrySet()) {
            if (!first) {
                out.ascii(',');
            }
            first = false;
            name(out, parameter.getKey());
            String value = parameter.getValue();
            if (value == null) {
                out.nul();
            } else {
                out.string(value);
            }
        }
        out.close('}');
    }

    private static void name(JsonOutput out, String name) {
        out.string(name);
        out.ascii(':');
    }

    private static void next(JsonOutput out, String name) {
        out.ascii(',');
        name(out, name);
    }

    private static String typeName(Schema.Type type) {
        return switch (type) {
            case INT8 -> "int8";
            case INT16 -> "int16";
            case INT32 -> "int32";
            case INT64 -> "int64";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case BOOLEAN -> "boolean";
            case STRING -> "string";
            case BYTES -> "bytes";
            case ARRAY -> "array";
            case MAP -> "map";
            case STRUCT -> "struct";
        };
    }
}
