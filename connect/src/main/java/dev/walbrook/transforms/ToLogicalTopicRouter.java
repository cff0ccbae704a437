package dev.walbrook.transforms;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.AvroNames;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.Envelope;
import dev.walbrook.transforms.event.Options;
import dev.walbrook.transforms.event.UnconvertibleException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the events of several tables, such as shards, to one topic. */
public class ToLogicalTopicRouter<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    public static final String OVERVIEW_DOC =
            "Routes the records of several topics, such as those of a table's shards, to"
                    + " one. The schemas get the new topic's name, and a field in the key keeps rows of different tables apart.";

    static final String KEY_FIELD_NAME = "key.field.name";
    static final String CACHE_SIZE = "logical.destination.cache.size";

    private static final String TOPIC_REGEX = "topic.regex";
    private static final String TOPIC_REPLACEMENT = "topic.replacement";
    private static final String KEY_UNIQUE = "key.enforce.uniqueness";
    private static final String KEY_FIELD_REGEX = "key.field.regex";
    private static final String KEY_FIELD_REPLACEMENT = "key.field.replacement";
    private static final String SCHEMA_NAMES = "schema.name.adjustment.mode";

    @SuppressWarnings("NullAway") // ConfigDef takes null for no default.
    public static final ConfigDef CONFIG_DEF = new ConfigDef()
            .define(
                    TOPIC_REGEX,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Options.regex(),
                    Importance.HIGH,
                    "What a topic must match whole to be routed")
            .define(
                    TOPIC_REPLACEMENT,
                    Type.STRING,
                    Importance.HIGH,
                    "The topic it is routed to, with groups of topic.regex such as $1")
            .define(
                    KEY_UNIQUE,
                    Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Whether keys get a field that says which topic the record was for. Without it, rows of different"
                            + " tables with equal keys become one row")
            .define(
                    KEY_FIELD_NAME,
                    Type.STRING,
                    "__dbz__sourceIdentifier",
                    Importance.LOW,
                    "The name of this field. It must not be that of a key column")
            .define(
                    KEY_FIELD_REGEX,
                    Type.STRING,
                    null,
                    Options.regex(),
                    Importance.LOW,
                    "What the original topic must match whole for key.field.replacement")
            .define(
                    KEY_FIELD_REPLACEMENT,
                    Type.STRING,
                    null,
                    Importance.LOW,
                    "The field's value, with groups of key.field.regex; it is the original topic otherwise")
            .define(
                    SCHEMA_NAMES,
                    Type.STRING,
                    Options.name(AvroNames.NONE),
                    Options.oneOf(AvroNames.class),
                    Importance.LOW,
                    "How schema names made of the new topic are adjusted to Avro. avro: other characters become"
                            + " underscores; avro_unicode: they become _uxxxx")
            .define(
                    CACHE_SIZE,
                    Type.INT,
                    16,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many topics and schemas are remembered; as many as there are routed topics is best");

    private static final Logger LOG = LoggerFactory.getLogger(ToLogicalTopicRouter.class);

    private Pattern topicRegex = Pattern.compile("");
    private String topicReplacement = "";
    private boolean keyUnique;
    private String keyFieldName = "";
    private @Nullable Pattern keyFieldRegex;
    private String keyFieldReplacement = "";
    private AvroNames schemaNames = AvroNames.NONE;
    private DerivedSchemas<String, Route> routes = new DerivedSchemas<>(1);
    private DerivedSchemas<Named, Schema> keySchemas = new DerivedSchemas<>(1);
    private DerivedSchemas<Named, Schema> envelopeSchemas = new DerivedSchemas<>(1);

    @Override
    public void configure(Map<String, ?> properties) {
        Options options = new Options(CONFIG_DEF, properties);
        topicRegex = Pattern.compile(options.requiredText(TOPIC_REGEX));
        topicReplacement = options.requiredText(TOPIC_REPLACEMENT);
        keyUnique = options.flag(KEY_UNIQUE);
        keyFieldName = options.requiredText(KEY_FIELD_NAME);
        keyFieldRegex = options.expression(KEY_FIELD_REGEX);
        keyFieldReplacement = Objects.requireNonNullElse(options.textUnlessBlank(KEY_FIELD_REPLACEMENT), "");
        if (keyFieldRegex != null && keyFieldReplacement.isEmpty()) {
            throw new ConfigException(
                    KEY_FIELD_REPLACEMENT, null, "must be set, because " + KEY_FIELD_REGEX + " is set");
        }
        schemaNames = options.choice(SCHEMA_NAMES, AvroNames.class);
        int size = options.number(CACHE_SIZE);
        routes = new DerivedSchemas<>(size);
        keySchemas = new DerivedSchemas<>(size);
        envelopeSchemas = new DerivedSchemas<>(size);
    }

    @Override
    public R apply(R record) {
        return Objects.requireNonNull(Conversion.of(record, name(), this::route));
    }

    /** The simple name, for messages. */
    String name() {
        return "ToLogicalTopicRouter";
    }

    @SuppressWarnings("NullAway") // Connect takes null for a key and its schema.
    private R route(R record) {
        Route route = routes.get(record.topic(), this::route);
        if (route.topic() == null) {
            return record;
        }
        Schema keySchema = null;
        Struct key = null;
        if (record.key() != null) {
            if (!(record.key() instanceof Struct oldKey)) {
                throw new UnconvertibleException(
                        "its key is no struct with schema",
                        "Put this transform before those that change the key, and use a converter that keeps schemas.");
            }
            keySchema = keySchemas.get(new Named(oldKey.schema(), route.topic()), this::keySchema);
            key = key(oldKey, keySchema, route);
        }
        boolean event = Envelope.isIn(record);
        Schema valueSchema = event
                ? envelopeSchemas.get(new Named(record.valueSchema(), route.topic()), this::envelopeSchema)
                : record.valueSchema();
        return record.newRecord(
                route.topic(),
                record.kafkaPartition(),
                keySchema,
                key,
                valueSchema,
                event ? envelope(Envelope.of(record), valueSchema) : record.value(),
                record.timestamp());
    }

    private Route route(String topic) {
        Matcher matcher = topicRegex.matcher(topic);
        if (!matcher.matches()) {
            return new Route(null, topic);
        }
        String newTopic = matcher.replaceFirst(topicReplacement);
        if (newTopic.isEmpty()) {
            LOG.warn("topic.replacement makes an empty name of topic {}: its records stay there", topic);
            return new Route(null, topic);
        }
        String identifier = topic;
        if (keyFieldRegex != null) {
            Matcher keyMatcher = keyFieldRegex.matcher(topic);
            identifier = keyMatcher.matches() ? keyMatcher.replaceFirst(keyFieldReplacement) : topic;
        }
        return new Route(newTopic, identifier);
    }

    private Schema keySchema(Named key) {
        SchemaBuilder builder =
                DerivedSchemas.renamedStruct(key.schema(), schemaNames.schemaName(key.topic() + ".Key"));
        key.schema().fields().forEach(field -> builder.field(field.name(), field.schema()));
        if (keyUnique) {
            if (key.schema().field(keyFieldName) != null) {
                throw new UnconvertibleException(
                        "its key has a field '" + keyFieldName + "' already", "Choose another key.field.name.");
            }
            builder.field(keyFieldName, Schema.STRING_SCHEMA);
        }
        return builder.build();
    }

    private Struct key(Struct old, Schema schema, Route route) {
        Struct key = copy(old, schema);
        return keyUnique ? key.put(keyFieldName, route.identifier()) : key;
    }

    private Schema envelopeSchema(Named envelope) {
        Schema old = envelope.schema();
        Field row = old.field(Envelope.BEFORE) != null ? old.field(Envelope.BEFORE) : old.field(Envelope.AFTER);
        Schema rowSchema = null;
        if (row != null) {
            SchemaBuilder builder =
                    DerivedSchemas.renamedStruct(row.schema(), schemaNames.schemaName(envelope.topic() + ".Value"));
            row.schema().fields().forEach(field -> builder.field(field.name(), field.schema()));
            rowSchema = builder.build();
        }
        SchemaBuilder builder =
                DerivedSchemas.renamedStruct(old, schemaNames.schemaName(envelope.topic() + Envelope.SCHEMA_SUFFIX));
        for (Field field : old.fields()) {
            builder.field(field.name(), rowSchema != null && isRow(field) ? rowSchema : field.schema());
        }
        return builder.build();
    }

    private static Struct envelope(Struct old, Schema schema) {
        Struct envelope = new Struct(schema);
        for (Field field : schema.fields()) {
            Object value = old.getWithoutDefault(field.name());
            envelope.put(field, isRow(field) && value instanceof Struct row ? copy(row, field.schema()) : value);
        }
        return envelope;
    }

    private static boolean isRow(Field field) {
        return field.name().equals(Envelope.BEFORE) || field.name().equals(Envelope.AFTER);
    }

    /** A null stays null, even where its column has a default. */
    private static Struct copy(Struct from, Schema schema) {
        Struct copy = new Struct(schema);
        for (Field field : from.schema().fields()) {
            copy.put(schema.field(field.name()), from.getWithoutDefault(field.name()));
        }
        return copy;
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

    /** @param topic the new topic, null if records stay */
    private record Route(@Nullable String topic, String identifier) {}

    private record Named(Schema schema, String topic) {}
}
