package dev.walbrook.transforms;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.Options;
import dev.walbrook.transforms.event.UnconvertibleException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
                            + " the value, which is made if the value has none; nothing is added where it is null")
            .define(
                    OPERATION,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Options.oneOf(Operation.class),
                    Importance.HIGH,
                    "move: the headers are removed; copy: they are kept");

    private static final int SCHEMAS = 64;

    /** What a struct that the value does not have yet is made of. */
    private static final Schema NO_FIELDS = SchemaBuilder.struct().optional().build();

    private final DerivedSchemas<Extension, Schema> schemas = new DerivedSchemas<>(SCHEMAS);
    private Map<String, List<String>> pathsByHeader = Map.of();
    private boolean moves;

    enum Operation {
        MOVE,
        COPY
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

    /** The schema with the additions whose paths, from a depth on, lead into it. */
    private static Schema extend(Schema schema, List<Addition> additions, int depth) {
        SchemaBuilder builder = DerivedSchemas.likeStruct(schema);
        if (depth > 0 && schema.isOptional()) {
            builder.optional();
        }
        for (Field field : schema.fields()) {
            List<Addition> nested = below(additions, field.name(), depth);
            if (!nested.isEmpty() && field.schema().type() != Schema.Type.STRUCT) {
                throw new UnconvertibleException(
                        "its value's field '" + field.name() + "' is no struct to add '"
                                + String.join(".", nested.get(0).path()) + "' to",
                        "Correct fields, or restrict the transform with the predicate TopicNameMatches.");
            }
            builder.field(field.name(), nested.isEmpty() ? field.schema() : extend(field.schema(), nested, depth + 1));
        }
        // A field that is there already keeps its schema and gets the header's value.
        additions.stream()
                .filter(addition -> addition.path().size() == depth + 1)
                .filter(addition -> builder.field(addition.path().get(depth)) == null)
                .forEach(addition -> builder.field(addition.path().get(depth), addition.schema()));
        for (Addition addition : additions) {
            String name = addition.path().get(depth);
            if (addition.path().size() > depth + 1 && builder.field(name) == null) {
                builder.field(name, extend(NO_FIELDS, below(additions, name, depth), depth + 1));
            }
        }
        return builder.build();
    }

    private static List<Addition> below(List<Addition> additions, String name, int depth) {
        return additions.stream()
                .filter(addition -> addition.path().size() > depth + 1
                        && addition.path().get(depth).equals(name))
                .toList();
    }

    private static Struct extend(Struct old, Schema schema, Map<List<String>, Header> found, int depth) {
        Struct extended = new Struct(schema);
        for (Field field : old.schema().fields()) {
            Field target = schema.field(field.name());
            Object value = old.getWithoutDefault(field.name());
            boolean same = field.schema().equals(target.schema());
            extended.put(
                    target,
                    same || !(value instanceof Struct struct)
                            ? value
                            : extend(struct, target.schema(), below(found, field.name(), depth), depth + 1));
        }
        found.forEach((path, header) -> {
            String name = path.get(depth);
            if (path.size() == depth + 1) {
                extended.put(name, header.value());
            } else if (old.schema().field(name) == null && extended.getWithoutDefault(name) == null) {
                Schema added = schema.field(name).schema();
                extended.put(name, extend(new Struct(NO_FIELDS), added, below(found, name, depth), depth + 1));
            }
        });
        return extended;
    }

    private static Map<List<String>, Header> below(Map<List<String>, Header> found, String name, int depth) {
        Map<List<String>, Header> nested = new LinkedHashMap<>();
        found.forEach((path, header) -> {
            if (path.size() > depth + 1 && path.get(depth).equals(name)) {
                nested.put(path, header);
            }
        });
        return nested;
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
