package dev.walbrook.transforms;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.Options;
import dev.walbrook.transforms.event.UnconvertibleException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;

/** Moves or copies headers into the value. */
public class HeaderToValue<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    public static final String OVERVIEW_DOC =
            "Moves or copies headers into fields of the value. A header that a record does"
                    + " not have adds no field, and tombstones pass unchanged.";

    private static final String HEADERS = "headers";
    private static final String FIELDS = "fields";
    private static final String OPERATION = "operation";

    public static final ConfigDef CONFIG_DEF = new ConfigDef()
            .define(
                    HEADERS,
                    Type.LIST,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Options.nonEmptyList(),
                    Importance.HIGH,
                    "The headers' names")
            .define(
                    FIELDS,
                    Type.LIST,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Options.nonEmptyList(),
                    Importance.HIGH,
                    "The new fields, in the order of headers. A path, such as source.trace, adds a field to a struct of"
                            + " the value; nothing is added where that struct is null")
            .define(
                    OPERATION,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Options.oneOf(Operation.class),
                    Importance.HIGH,
                    "move: the headers are removed; copy: they are kept");

    private static final int SCHEMAS = 64;

    private final DerivedSchemas<Extension, Schema> schemas = new DerivedSchemas<>(SCHEMAS);
    private Map<String, List<String>> pathsByHeader = Map.of();
    private boolean moves;

    enum Operation {
        MOVE,
        COPY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void configure(Map<String, ?> properties) {
        Options options = new Options(CONFIG_DEF, properties);
        List<String> headers = options.list(HEADERS);
        List<String> fields = options.list(FIELDS);
        if (headers.size() != fields.size()) {
            throw new ConfigException(
                    FIELDS, fields, "must name as many fields as " + HEADERS + " names headers: " + headers.size());
        }
        Map<String, List<String>> paths = new LinkedHashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            paths.putIfAbsent(headers.get(i), List.of(fields.get(i).split("\\.")));
        }
        pathsByHeader = paths;
        moves = options.choice(OPERATION, Operation.class) == Operation.MOVE;
    }

    @Override
    public R apply(R record) {
        return Objects.requireNonNull(Conversion.of(record, "HeaderToValue", this::convert));
    }

    private R convert(R record) {
        if (record.value() == null) {
            return record;
        }
        // Of headers with one name the last counts, as it does for Connect.
        Map<List<String>, Header> found = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            List<String> path = pathsByHeader.get(header.key());
            if (path != null) {
                found.put(path, header);
            }
        }
        if (found.isEmpty()) {
            return record;
        }
        if (!(record.value() instanceof Struct value)) {
            throw new UnconvertibleException(
                    "its value is no struct with schema",
                    "Use a converter that keeps schemas, or leave the transform out.");
        }
        List<Addition> additions = new ArrayList<>();
        found.forEach((path, header) -> additions.add(new Addition(path, schema(header))));
        Schema schema = schemas.get(
                new Extension(value.schema(), additions),
                extension -> extend(extension.schema(), extension.additions(), 0));
        Headers headers = record.headers().duplicate();
        if (moves) {
            pathsByHeader.keySet().forEach(headers::remove);
        }
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                schema,
                extend(value, schema, found, 0),
                record.timestamp(),
                headers);
    }

    private static Schema schema(Header header) {
        return Optional.ofNullable(header.schema())
                .orElseThrow(() -> new UnconvertibleException(
                        "its header '" + header.key() + "' has no schema",
                        "Use a header.converter that gives schemas, such as SimpleHeaderConverter."));
    }

    /** The schema with the additions whose path, from a depth on, leads into it. */
    private static Schema extend(Schema schema, List<Addition> additions, int depth) {
        SchemaBuilder builder = DerivedSchemas.likeStruct(schema);
        for (Field field : schema.fields()) {
            List<Addition> nested = additions.stream()
                    .filter(addition -> addition.path().size() > depth + 1
                            && addition.path().get(depth).equals(field.name()))
                    .toList();
            if (!nested.isEmpty() && field.schema().type() != Schema.Type.STRUCT) {
                throw noStruct(nested.get(0).path(), field.name());
            }
            builder.field(field.name(), nested.isEmpty() ? field.schema() : extend(field.schema(), nested, depth + 1));
        }
        for (Addition addition : additions) {
            String name = addition.path().get(depth);
            if (addition.path().size() > depth + 1) {
                if (schema.field(name) == null) {
                    throw noStruct(addition.path(), name);
                }
            } else if (builder.field(name) != null) {
                throw new UnconvertibleException(
                        "its value has a field '" + String.join(".", addition.path()) + "' already",
                        "Choose another name in fields.");
            } else {
                builder.field(name, addition.schema());
            }
        }
        return builder.build();
    }

    private static UnconvertibleException noStruct(List<String> path, String name) {
        return new UnconvertibleException(
                "its value has no struct '" + name + "' to add '" + String.join(".", path) + "' to",
                "Correct fields, or restrict the transform with the predicate TopicNameMatches.");
    }

    private static Struct extend(Struct old, Schema schema, Map<List<String>, Header> found, int depth) {
        Struct extended = new Struct(schema);
        for (Field field : old.schema().fields()) {
            Object value = old.getWithoutDefault(field.name());
            Field target = schema.field(field.name());
            if (value instanceof Struct struct && struct.schema() != target.schema()) {
                Map<List<String>, Header> nested = new LinkedHashMap<>();
                found.forEach((path, header) -> {
                    if (path.size() > depth + 1 && path.get(depth).equals(field.name())) {
                        nested.put(path, header);
                    }
                });
                extended.put(target, nested.isEmpty() ? value : extend(struct, target.schema(), nested, depth + 1));
            } else {
                extended.put(target, value);
            }
        }
        found.forEach((path, header) -> {
            if (path.size() == depth + 1) {
                extended.put(path.get(depth), header.value());
            }
        });
        return extended;
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public String version() {
        return Version.CURRENT;
    }

    private record Addition(List<String> path, Schema schema) {}

    private record Extension(Schema schema, List<Addition> additions) {}
}
