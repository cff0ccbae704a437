package dev.walbrook.transforms.outbox;

import dev.walbrook.transforms.event.AvroNames;
import dev.walbrook.transforms.event.Options;
import dev.walbrook.transforms.json.JsonShapes;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EventRouter} was told.
 *
 * @param id the column of the event's id
 * @param key the column of the record's key
 * @param payload the column of the record's value
 * @param timestamp the column of the record's time; null for the time of capture
 * @param schemaVersion the column of the value schema's version; null for none
 * @param additional further columns
 * @param missingIgnored whether a row may lack one of these
 * @param unexpected what becomes of updates
 * @param route the column that names the topic
 * @param routeRegex what its value must match for the replacement
 * @param routeReplacement the topic
 * @param emptyIsTombstone whether an empty payload makes a tombstone
 * @param expansion how JSON payloads become structs; null if they stay text
 * @param invalidJson what becomes of a payload that cannot be expanded
 * @param traceContext the column of the trace context
 */
record EventRouterOptions(
        String id,
        String key,
        String payload,
        @Nullable String timestamp,
        @Nullable String schemaVersion,
        List<AdditionalField> additional,
        boolean missingIgnored,
        UnexpectedOperation unexpected,
        String route,
        Pattern routeRegex,
        String routeReplacement,
        boolean emptyIsTombstone,
        @Nullable JsonShapes expansion,
        InvalidJson invalidJson,
        String traceContext) {

    private static final String ID = "table.field.event.id";
    private static final String KEY = "table.field.event.key";
    private static final String TYPE = "table.field.event.type";
    private static final String TIMESTAMP = "table.field.event.timestamp";
    private static final String PAYLOAD = "table.field.event.payload";
    private static final String SCHEMA_VERSION = "table.field.event.schema.version";
    private static final String ADDITIONAL = "table.fields.additional.placement";
    private static final String MISSING = "table.field.additional.missing";
    private static final String UNEXPECTED = "table.op.invalid.behavior";
    private static final String EXPAND = "table.expand.json.payload";
    private static final String JSON_NULL = "table.json.payload.null.behavior";
    private static final String JSON_EMPTY_ARRAY = "table.json.payload.empty.array.behavior";
    private static final String JSON_INVALID = "table.json.payload.invalid.behavior";
    private static final String ROUTE = "route.by.field";
    private static final String ROUTE_REGEX = "route.topic.regex";
    private static final String ROUTE_REPLACEMENT = "route.topic.replacement";
    private static final String ROUTE_TOMBSTONE = "route.tombstone.on.empty.payload";
    private static final String TRACE_CONTEXT = "tracing.span.context.field";
    private static final String TRACE_OPERATION = "tracing.operation.name";
    private static final String TRACE_ONLY = "tracing.with.context.field.only";
    private static final String FIELD_NAMES = "field.name.adjustment.mode";

    static final ConfigDef CONFIG_DEF = define();

    /** What becomes of an update of an outbox row, which is written once and deleted. */
    enum UnexpectedOperation {
        WARN,
        ERROR,
        FATAL
    }

    enum Missing {
        ERROR,
        IGNORE
    }

    enum JsonNull {
        IGNORE,
        OPTIONAL_BYTES
    }

    enum EmptyArray {
        IGNORE,
        OPTIONAL_STRING
    }

    enum InvalidJson {
        KEEP,
        ERROR
    }

    static EventRouterOptions parse(Map<String, ?> properties) {
        Options options = new Options(CONFIG_DEF, properties);
        return new EventRouterOptions(
                options.requiredText(ID),
                options.requiredText(KEY),
                options.requiredText(PAYLOAD),
                options.textUnlessBlank(TIMESTAMP),
                options.textUnlessBlank(SCHEMA_VERSION),
                options.list(ADDITIONAL).stream()
                        .map(element -> AdditionalField.parse(ADDITIONAL, element))
                        .toList(),
                options.choice(MISSING, Missing.class) == Missing.IGNORE,
                options.choice(UNEXPECTED, UnexpectedOperation.class),
                options.requiredText(ROUTE),
                Pattern.compile(options.requiredText(ROUTE_REGEX)),
                options.requiredText(ROUTE_REPLACEMENT),
                options.flag(ROUTE_TOMBSTONE),
                options.flag(EXPAND)
                        ? new JsonShapes(
                                options.choice(JSON_NULL, JsonNull.class) == JsonNull.OPTIONAL_BYTES,
                                options.choice(JSON_EMPTY_ARRAY, EmptyArray.class) == EmptyArray.OPTIONAL_STRING,
                                options.choice(FIELD_NAMES, AvroNames.class))
                        : null,
                options.choice(JSON_INVALID, InvalidJson.class),
                options.requiredText(TRACE_CONTEXT));
    }

    private static ConfigDef define() {
        Group table = new Group("Table");
        table.text(ID, "id", "The column of the event's id; it becomes the header id");
        table.text(KEY, "aggregateid", "The column of the event's key; it becomes the record's key");
        table.text(
                TYPE,
                "type",
                "The column of the event's type. Not used by itself: place it with table.fields.additional.placement");
        table.text(PAYLOAD, "payload", "The column of the event's payload; it becomes the record's value");
        table.text(
                TIMESTAMP,
                null,
                "The column of the event's time, a timestamp without time zone; the record's time is that of the capture"
                        + " if not set");
        table.define(
                ADDITIONAL,
                Type.LIST,
                "",
                ConfigDef.LambdaValidator.with(
                        (name, value) -> {
                            if (value instanceof List<?> list) {
                                list.forEach(element -> AdditionalField.parse(name, String.valueOf(element)));
                            }
                        },
                        () -> "column:header|envelope|partition[:alias],..."),
                "Further columns and where they go: column:header and column:envelope, each with an alias after a further"
                        + " colon, or column:partition. With a field in the envelope the value is a struct of payload"
                        + " and these fields");
        table.choice(
                MISSING,
                Missing.ERROR,
                Missing.class,
                "What becomes of a row that lacks such a column. error: it is a bad record; ignore: the column is left"
                        + " out");
        table.text(
                SCHEMA_VERSION,
                null,
                "The column, a 32-bit number, of the version that the value's schema gets if the value is a struct");
        table.choice(
                UNEXPECTED,
                UnexpectedOperation.WARN,
                UnexpectedOperation.class,
                "What becomes of an update of an outbox row. warn and error: it is dropped and logged at that level;"
                        + " fatal: it is a bad record");
        table.define(
                EXPAND,
                Type.BOOLEAN,
                false,
                null,
                "Whether a payload that is the text of a JSON object becomes a struct with a schema inferred from it");
        table.choice(
                JSON_NULL,
                JsonNull.IGNORE,
                JsonNull.class,
                "What becomes of nulls in an expanded payload. ignore: they have no field; optional_bytes: they are a"
                        + " field of optional bytes");
        table.choice(
                JSON_EMPTY_ARRAY,
                EmptyArray.IGNORE,
                EmptyArray.class,
                "What becomes of empty arrays in an expanded payload. ignore: they have no field; optional_string: they"
                        + " are an array of optional strings");
        table.choice(
                JSON_INVALID,
                InvalidJson.KEEP,
                InvalidJson.class,
                "What becomes of a payload that cannot be expanded. keep: it stays text, and a warning is logged; error:"
                        + " it is a bad record");
        table.choice(
                FIELD_NAMES,
                AvroNames.NONE,
                AvroNames.class,
                "How names of an expanded payload are adjusted to Avro. avro: other characters become underscores;"
                        + " avro_unicode: they become _uxxxx");

        Group router = new Group("Router", table);
        router.text(ROUTE, "aggregatetype", "The column that the topic is made of");
        router.define(
                ROUTE_REGEX,
                Type.STRING,
                "(?<routedByValue>.*)",
                Options.regex(),
                "What the column's value must match to be replaced");
        router.text(
                ROUTE_REPLACEMENT,
                "outbox.event.${routedByValue}",
                "The topic, with groups of route.topic.regex such as ${routedByValue}");
        router.define(
                ROUTE_TOMBSTONE,
                Type.BOOLEAN,
                false,
                null,
                "Whether an event with an empty payload becomes a tombstone");

        Group tracing = new Group("Tracing", router);
        tracing.text(
                TRACE_CONTEXT,
                "tracingspancontext",
                "The column with the W3C trace context: a traceparent, or properties with traceparent, tracestate and"
                        + " baggage. They become headers of these names");
        tracing.text(
                TRACE_OPERATION,
                "debezium-read",
                "Accepted for compatibility. The context is passed on as it is, no span is made");
        tracing.define(
                TRACE_ONLY,
                Type.BOOLEAN,
                false,
                null,
                "Accepted for compatibility. Events without context never get one");
        return tracing.definition;
    }

    /** One group of the definition. */
    private static final class Group {

        private final ConfigDef definition;
        private final String name;
        private int order;

        Group(String name) {
            this.definition = new ConfigDef();
            this.name = name;
        }

        Group(String name, Group previous) {
            this.definition = previous.definition;
            this.name = name;
        }

        void text(String option, @Nullable String defaultValue, String documentation) {
            define(option, Type.STRING, defaultValue, null, documentation);
        }

        <E extends Enum<E>> void choice(String option, E defaultValue, Class<E> type, String documentation) {
            define(option, Type.STRING, Options.name(defaultValue), Options.oneOf(type), documentation);
        }

        @SuppressWarnings("NullAway") // ConfigDef takes null for no default and for no validator.
        void define(
                String option,
                Type type,
                @Nullable Object defaultValue,
                ConfigDef.@Nullable Validator validator,
                String documentation) {
            definition.define(
                    option,
                    type,
                    defaultValue,
                    validator,
                    Importance.MEDIUM,
                    documentation,
                    name,
                    ++order,
                    Width.MEDIUM,
                    option);
        }
    }
}
