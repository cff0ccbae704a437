package dev.walbrook.connect.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Makes Connect's schemas of their JSON, as {@link JsonParser} read it. */
record SchemaParser(TreeValues values) {

    /**
     * The schema that JSON says; null if it says null.
     *
     * @throws DataException if it says no schema
     */
    @Nullable
    Schema schema(Object json) {
        if (json == JsonNull.NULL) {
            return null;
        }
        if (!(json instanceof Map<?, ?> members) || !(members.get("type") instanceof String type)) {
            throw new DataException("Schema must contain 'type' field");
        }
        SchemaBuilder builder = builder(type, members);
        if (Boolean.TRUE.equals(members.get("optional"))) {
            builder.optional();
        } else {
            builder.required();
        }
        if (members.get("name") instanceof String name) {
            builder.name(name);
        }
        if (members.get("version") instanceof Number version && !(version instanceof BigDecimal)) {
            builder.version(version.intValue());
        }
        if (members.get("doc") instanceof String doc) {
            builder.doc(doc);
        }
        if (members.get("parameters") instanceof Map<?, ?> parameters) {
            parameters.forEach((name, value) -> {
                if (!(value instanceof String text)) {
                    throw new DataException("Schema parameters must have string values.");
                }
                builder.parameter((String) name, text);
            });
        }
        Object defaultValue = members.get("default");
        if (defaultValue != null) {
            builder.defaultValue(values.read(builder, defaultValue));
        }
        return builder.build();
    }

    private SchemaBuilder builder(String type, Map<?, ?> members) {
        return switch (type) {
            case "boolean" -> SchemaBuilder.bool();
            case "int8" -> SchemaBuilder.int8();
            case "int16" -> SchemaBuilder.int16();
            case "int32" -> SchemaBuilder.int32();
            case "int64" -> SchemaBuilder.int64();
            case "float" -> SchemaBuilder.float32();
            case "double" -> SchemaBuilder.float64();
            case "bytes" -> SchemaBuilder.bytes();
            case "string" -> SchemaBuilder.string();
            case "array" -> array(members);
            case "map" -> map(members);
            case "struct" -> struct(members);
            default -> throw new DataException("Unknown schema type: " + type);
        };
    }

    private SchemaBuilder array(Map<?, ?> members) {
        Object items = members.get("items");
        if (items == null || items == JsonNull.NULL) {
            throw new DataException("Array schema did not specify the element type");
        }
        return SchemaBuilder.array(schema(items));
    }

    private SchemaBuilder map(Map<?, ?> members) {
        Object keys = members.get("keys");
        if (keys == null) {
            throw new DataException("Map schema did not specify the key type");
        }
        Object elements = members.get("values");
        if (elements == null) {
            throw new DataException("Map schema did not specify the value type");
        }
        return SchemaBuilder.map(schema(keys), schema(elements));
    }

    private SchemaBuilder struct(Map<?, ?> members) {
        if (!(members.get("fields") instanceof List<?> fields)) {
            throw new DataException("Struct schema's \"fields\" argument is not an array.");
        }
        SchemaBuilder builder = SchemaBuilder.struct();
        for (Object field : fields) {
            if (!(field instanceof Map<?, ?> said) || !(said.get("field") instanceof String name)) {
                throw new DataException("Struct schema's field name not specified properly");
            }
            builder.field(name, schema(field));
        }
        return builder;
    }
}
