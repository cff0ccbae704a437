package dev.walbrook.transforms.json;

import dev.walbrook.transforms.event.AvroNames;
import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.UnconvertibleException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Infers the schema of a JSON document and makes Connect's value of it, as Debezium does: objects become optional structs
 * named by their path, numbers INT32, INT64 or FLOAT64, and everything is optional.
 *
 * <p>A document that Connect cannot express without loss is refused: an array of values of different types, a number beyond
 * 64 bits without fraction.
 *
 * @param keepsNulls whether a member that is null becomes a field of optional bytes; it has no field otherwise
 * @param keepsEmptyArrays whether an empty array becomes an array of optional strings; it has no field otherwise
 * @param names how names of members become names of fields
 */
public record JsonShapes(boolean keepsNulls, boolean keepsEmptyArrays, AvroNames names) {

    /**
     * The document, which must be an object, as struct.
     *
     * @param name the name of the struct's schema; null for none
     * @throws DataException if Connect cannot express it
     */
    public SchemaAndValue struct(@Nullable String name, @Nullable Object document) {
        if (!(document instanceof Map<?, ?> object)) {
            throw new UnconvertibleException(
                    "its document is no JSON object",
                    "Write an object, such as {\"items\": [...]} instead of an array.");
        }
        Schema schema = structSchema(name, object);
        return new SchemaAndValue(schema, struct(object, schema));
    }

    private @Nullable Schema schema(@Nullable String name, @Nullable Object value) {
        if (value instanceof String) {
            return Schema.OPTIONAL_STRING_SCHEMA;
        }
        if (value instanceof Boolean) {
            return Schema.OPTIONAL_BOOLEAN_SCHEMA;
        }
        if (value instanceof Integer) {
            return Schema.OPTIONAL_INT32_SCHEMA;
        }
        if (value instanceof Long) {
            return Schema.OPTIONAL_INT64_SCHEMA;
        }
        if (value instanceof Number) {
            return Schema.OPTIONAL_FLOAT64_SCHEMA;
        }
        if (value instanceof List<?> array) {
            return arraySchema(name, array);
        }
        if (value instanceof Map<?, ?> object) {
            return structSchema(name, object);
        }
        return keepsNulls ? Schema.OPTIONAL_BYTES_SCHEMA : null;
    }

    private Schema structSchema(@Nullable String name, Map<?, ?> object) {
        SchemaBuilder builder = SchemaBuilder.struct().name(name).optional();
        object.forEach((member, value) -> {
            String field = names.fieldName((String) member);
            if (builder.field(field) == null) {
                Schema schema = schema(name == null || name.isBlank() ? field : name + "." + field, value);
                if (schema != null) {
                    builder.field(field, schema);
                }
            }
        });
        return builder.build();
    }

    private @Nullable Schema arraySchema(@Nullable String name, List<?> array) {
        if (array.isEmpty()) {
            return keepsEmptyArrays ? optionalArray(Schema.OPTIONAL_STRING_SCHEMA) : null;
        }
        Object first = array.stream().filter(Objects::nonNull).findFirst().orElse(null);
        if (first instanceof Map) {
            return optionalArray(objectsSchema(name, array));
        }
        Schema element = schema(null, first);
        if (element == null) {
            throw new UnconvertibleException(
                    "its document has an array of nothing but nulls or empty arrays",
                    "Set table.json.payload.null.behavior or table.json.payload.empty.array.behavior.");
        }
        for (Object other : array) {
            boolean same =
                    first instanceof List ? other instanceof List : other == null || element == schema(null, other);
            if (other != null && !same) {
                throw differentTypes();
            }
        }
        return optionalArray(element);
    }

    /** One schema for all objects of an array: each has the fields of any. */
    private Schema objectsSchema(@Nullable String name, List<?> array) {
        Schema merged = null;
        boolean nulls = false;
        for (Object element : array) {
            if (element == null) {
                nulls = true;
            } else if (element instanceof Map<?, ?> object) {
                Schema schema = structSchema(name, object);
                merged = merged == null || merged.equals(schema)
                        ? schema
                        : merge(merged, schema).build();
            } else {
                throw differentTypes();
            }
        }
        Schema schema = Objects.requireNonNull(merged);
        return nulls && !schema.isOptional() ? DerivedSchemas.optional(schema) : schema;
    }

    private static SchemaBuilder merge(Schema left, Schema right) {
        Map<String, Schema> fields = new LinkedHashMap<>();
        left.fields().forEach(field -> fields.put(field.name(), field.schema()));
        right.fields().forEach(field -> fields.merge(field.name(), field.schema(), JsonShapes::mergeFields));
        SchemaBuilder builder = DerivedSchemas.likeStruct(left);
        fields.forEach(builder::field);
        return builder;
    }

    private static Schema mergeFields(Schema left, Schema right) {
        if (left.equals(right) || right.type() == Schema.Type.BYTES) {
            return left;
        }
        if (left.type() == Schema.Type.BYTES) {
            // Bytes stand for a null; a value of the other object says more.
            return right;
        }
        if (left.type() == Schema.Type.STRUCT && right.type() == Schema.Type.STRUCT) {
            return merge(left, right).optional().build();
        }
        if (left.type() == Schema.Type.ARRAY && right.type() == Schema.Type.ARRAY) {
            return optionalArray(mergeFields(left.valueSchema(), right.valueSchema()));
        }
        throw differentTypes();
    }

    private static Schema optionalArray(Schema element) {
        return SchemaBuilder.array(element).optional().build();
    }

    private Struct struct(Map<?, ?> object, Schema schema) {
        Struct struct = new Struct(schema);
        object.forEach((member, value) -> {
            Field field = schema.field(names.fieldName((String) member));
            if (field != null && value != null && struct.getWithoutDefault(field.name()) == null) {
                struct.put(field, value(value, field.schema()));
            }
        });
        return struct;
    }

    private @Nullable Object value(@Nullable Object value, Schema schema) {
        if (value instanceof Map<?, ?> object) {
            if (schema.type() != Schema.Type.STRUCT) {
                throw differentTypes();
            }
            return struct(object, schema);
        }
        if (value instanceof List<?> array) {
            if (schema.type() != Schema.Type.ARRAY) {
                throw differentTypes();
            }
            List<@Nullable Object> elements = new ArrayList<>(array.size());
            for (Object element : array) {
                elements.add(value(element, schema.valueSchema()));
            }
            return elements;
        }
        return value;
    }

    private static UnconvertibleException differentTypes() {
        return new UnconvertibleException(
                "its document has an array with values of different types, which no schema describes",
                "Let all elements of an array have one type.");
    }
}
