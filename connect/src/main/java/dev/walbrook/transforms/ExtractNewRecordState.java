package dev.walbrook.transforms;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.Envelope;
import dev.walbrook.transforms.event.Options;
import dev.walbrook.transforms.event.UnconvertibleException;
import dev.walbrook.transforms.row.AddedField;
import dev.walbrook.transforms.row.DeleteHandling;
import dev.walbrook.transforms.row.FieldDrops;
import dev.walbrook.transforms.row.RowShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plain row of a change event.
 *
 * <p>A field in {@code add.fields} or {@code add.headers} that an event does not have is left out.
 */
public class ExtractNewRecordState<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    public static final String OVERVIEW_DOC =
            "Replaces a change event by the row after the change. Deletes and tombstones"
                    + " are handled as delete.tombstone.handling.mode says, truncates are dropped, and records that are no change"
                    + " events pass unchanged.";

    private static final String DELETES = "delete.tombstone.handling.mode";
    private static final String DROP_TOMBSTONES = "drop.tombstones";
    private static final String DELETES_2 = "delete.handling.mode";
    private static final String ADD_FIELDS = "add.fields";
    private static final String ADD_FIELDS_PREFIX = "add.fields.prefix";
    private static final String ADD_HEADERS = "add.headers";
    private static final String ADD_HEADERS_PREFIX = "add.headers.prefix";
    private static final String ROUTE_BY_FIELD = "route.by.field";
    private static final String NULL_TO_DEFAULT = "replace.null.with.default";
    private static final String DROP_HEADER = "drop.fields.header.name";
    private static final String DROP_FROM_KEY = "drop.fields.from.key";
    private static final String DROP_COMPATIBLE = "drop.fields.keep.schema.compatible";

    @SuppressWarnings("NullAway") // ConfigDef takes null for no default.
    public static final ConfigDef CONFIG_DEF = new ConfigDef()
            .define(
                    DELETES,
                    Type.STRING,
                    DeleteHandling.TOMBSTONE.toString(),
                    Options.oneOf(DeleteHandling.class),
                    Importance.MEDIUM,
                    "What becomes of delete events and of the tombstones that follow them. drop: neither is passed on;"
                            + " tombstone: the delete becomes a record without value that keeps the row's schema, the"
                            + " tombstone is dropped; rewrite: the delete becomes the row as it was with __deleted=true,"
                            + " other rows get __deleted=false, the tombstone is dropped; rewrite-with-tombstone: the"
                            + " same, the tombstone is kept; delete-to-tombstone: the delete becomes a tombstone without"
                            + " schema, the tombstone that follows is dropped")
            .define(
                    ADD_FIELDS,
                    Type.LIST,
                    "",
                    Importance.LOW,
                    "Fields of the event that rows get: op, table, source.ts_ms, transaction.id; a name of its own"
                            + " follows a colon, as in op:operation. A field without struct is looked for in source,"
                            + " then in the event")
            .define(ADD_FIELDS_PREFIX, Type.STRING, "__", Importance.LOW, "What the added fields' names begin with")
            .define(
                    ADD_HEADERS,
                    Type.LIST,
                    "",
                    Importance.LOW,
                    "Fields of the event that become headers, written as in add.fields. Tombstones get op=d")
            .define(ADD_HEADERS_PREFIX, Type.STRING, "__", Importance.LOW, "What the added headers' names begin with")
            .define(
                    ROUTE_BY_FIELD,
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "The column whose value is the topic the row goes to; the topic stays if the value is empty")
            .define(
                    NULL_TO_DEFAULT,
                    Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Whether a null becomes the column's default where a row is rewritten: in the rewrite modes and where"
                            + " fields are dropped")
            .define(
                    DROP_HEADER,
                    Type.STRING,
                    null,
                    Importance.LOW,
                    "The header with the names of the fields to drop, an array of strings")
            .define(
                    DROP_FROM_KEY,
                    Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Whether these fields are dropped from the key too")
            .define(
                    DROP_COMPATIBLE,
                    Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Whether only optional fields are dropped, so that schemas stay compatible")
            .define(
                    DROP_TOMBSTONES,
                    Type.BOOLEAN,
                    null,
                    Importance.LOW,
                    "The option of Debezium 2.x, read with delete.handling.mode if delete.tombstone.handling.mode is not"
                            + " set")
            .define(
                    DELETES_2,
                    Type.STRING,
                    null,
                    Importance.LOW,
                    "The option of Debezium 2.x: drop, rewrite or none, read with drop.tombstones if"
                            + " delete.tombstone.handling.mode is not set");

    private static final int SHAPES = 64;

    private final DerivedSchemas<ShapeKey, RowShape> shapes = new DerivedSchemas<>(SHAPES);
    private final DerivedSchemas<KeyShape, Optional<Schema>> keys = new DerivedSchemas<>(SHAPES);
    private final DerivedSchemas<Schema, List<HeaderPlace>> headerPlaces = new DerivedSchemas<>(SHAPES);

    private DeleteHandling deletes = DeleteHandling.TOMBSTONE;
    private List<AddedField> addedFields = List.of();
    private List<AddedField> addedHeaders = List.of();
    private @Nullable String routeByField;
    private boolean nullToDefault;
    private @Nullable String dropHeader;
    private boolean dropFromKey;
    private boolean dropCompatible;

    @Override
    public void configure(Map<String, ?> properties) {
        Options options = new Options(CONFIG_DEF, properties);
        boolean version2 = properties.get(DELETES) == null
                && (properties.get(DROP_TOMBSTONES) != null || properties.get(DELETES_2) != null);
        deletes = version2
                ? DeleteHandling.ofVersion2(
                        properties.get(DROP_TOMBSTONES) == null || options.flag(DROP_TOMBSTONES),
                        options.text(DELETES_2))
                : options.choice(DELETES, DeleteHandling.class);
        addedFields = AddedField.parse(ADD_FIELDS, options.list(ADD_FIELDS), options.requiredText(ADD_FIELDS_PREFIX));
        addedHeaders =
                AddedField.parse(ADD_HEADERS, options.list(ADD_HEADERS), options.requiredText(ADD_HEADERS_PREFIX));
        routeByField = options.textUnlessBlank(ROUTE_BY_FIELD);
        nullToDefault = options.flag(NULL_TO_DEFAULT);
        dropHeader = options.textUnlessBlank(DROP_HEADER);
        dropFromKey = options.flag(DROP_FROM_KEY);
        dropCompatible = options.flag(DROP_COMPATIBLE);
    }

    @Override
    public @Nullable R apply(R record) {
        return Conversion.of(record, "ExtractNewRecordState", this::extract);
    }

    private @Nullable R extract(R record) {
        if (record.value() == null) {
            return deletes.keepsTombstones() ? tombstone(record) : null;
        }
        if (!Envelope.isIn(record)) {
            return record;
        }
        Struct envelope = Envelope.of(record);
        Struct after = Envelope.struct(envelope, Envelope.AFTER);
        Struct before = after == null ? Envelope.struct(envelope, Envelope.BEFORE) : null;
        if (after != null) {
            return row(record, envelope, after, false);
        }
        if (before == null) {
            // A truncate, the only event about no row.
            return null;
        }
        return switch (deletes) {
            case DROP -> null;
            case TOMBSTONE ->
                withoutValue(
                        record,
                        envelope,
                        before,
                        record.valueSchema().field(Envelope.AFTER).schema());
            case DELETE_TO_TOMBSTONE -> withoutValue(record, envelope, before, null);
            case REWRITE, REWRITE_WITH_TOMBSTONE -> row(record, envelope, before, true);
        };
    }

    private R row(R record, Struct envelope, Struct row, boolean deleted) {
        FieldDrops drops = drops(record);
        RowShape shape = shapes.get(
                new ShapeKey(envelope.schema(), deleted, drops),
                key -> RowShape.of(
                        key.envelope(),
                        key.deleted() ? Envelope.BEFORE : Envelope.AFTER,
                        deletes.marksRows(),
                        addedFields,
                        key.drops()));
        boolean defaults = nullToDefault && (deletes.marksRows() || shape.dropsFields());
        return result(record, envelope, row, drops, shape.schema(), shape.copy(row, envelope, deleted, defaults));
    }

    @SuppressWarnings("NullAway") // Connect takes null for a tombstone's value and schema.
    private R withoutValue(R record, Struct envelope, Struct before, @Nullable Schema schema) {
        return result(record, envelope, before, drops(record), schema, null);
    }

    @SuppressWarnings("NullAway") // As above.
    private R result(
            R record, Struct envelope, Struct row, FieldDrops drops, @Nullable Schema schema, @Nullable Struct value) {
        Schema keySchema = record.keySchema();
        Object key = record.key();
        if (dropFromKey && !drops.names().isEmpty() && key instanceof Struct struct) {
            Optional<Schema> reduced = keys.get(
                    new KeyShape(struct.schema(), drops), shape -> Optional.ofNullable(drops.without(shape.key())));
            if (reduced.isPresent()) {
                keySchema = reduced.get();
                key = FieldDrops.reduce(struct, keySchema);
            }
        }
        return record.newRecord(
                topic(record, row),
                record.kafkaPartition(),
                keySchema,
                key,
                schema,
                value,
                record.timestamp(),
                headers(record, envelope));
    }

    private String topic(R record, Struct row) {
        if (routeByField == null) {
            return record.topic();
        }
        Field field = row.schema().field(routeByField);
        if (field == null || field.schema().type() != Schema.Type.STRING) {
            throw new UnconvertibleException(
                    "its row has no text column '" + routeByField + "'",
                    "Correct route.by.field, or restrict the transform with the predicate TopicNameMatches.");
        }
        String topic = (String) row.get(field);
        return topic == null || topic.isBlank() ? record.topic() : topic;
    }

    private FieldDrops drops(R record) {
        return dropHeader == null ? FieldDrops.NONE : FieldDrops.of(record, dropHeader, dropCompatible);
    }

    private Headers headers(R record, Struct envelope) {
        Headers headers = record.headers().duplicate();
        if (!addedHeaders.isEmpty()) {
            for (HeaderPlace header : headerPlaces.get(envelope.schema(), this::headerPlaces)) {
                headers.add(
                        header.name(),
                        header.place().value(envelope),
                        header.place().schema());
            }
        }
        return headers;
    }

    private List<HeaderPlace> headerPlaces(Schema envelope) {
        return addedHeaders.stream()
                .flatMap(header -> Optional.ofNullable(header.in(envelope)).stream()
                        .map(place -> new HeaderPlace(header.target(), place)))
                .toList();
    }

    private R tombstone(R record) {
        Headers headers = record.headers().duplicate();
        addedHeaders.stream()
                .filter(header -> header.field().equals(Envelope.OP))
                .forEach(header -> headers.addString(header.target(), Envelope.DELETE));
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                headers);
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

    private record ShapeKey(Schema envelope, boolean deleted, FieldDrops drops) {}

    private record KeyShape(Schema key, FieldDrops drops) {}

    private record HeaderPlace(String name, AddedField.Place place) {}
}
