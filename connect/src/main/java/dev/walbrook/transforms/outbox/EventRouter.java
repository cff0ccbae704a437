package dev.walbrook.transforms.outbox;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.Envelope;
import dev.walbrook.transforms.event.UnconvertibleException;
import dev.walbrook.transforms.json.JsonReader;
import dev.walbrook.transforms.outbox.AdditionalField.Placement;
import dev.walbrook.transforms.outbox.EventRouterOptions.InvalidJson;
import java.util.Map;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the event of an insert into an outbox table, on the topic of its aggregate. */
public class EventRouter<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    public static final String OVERVIEW_DOC =
            "Routes the rows inserted into an outbox table to topics: a column becomes the"
                    + " record's key, one its value, one its topic, and the event's id a header. Deletes and tombstones are"
                    + " dropped, and records that are no change events pass unchanged.";

    public static final ConfigDef CONFIG_DEF = EventRouterOptions.CONFIG_DEF;

    private static final Logger LOG = LoggerFactory.getLogger(EventRouter.class);

    /** Payloads of one schema and the topics they go to make one schema each; services have some hundreds. */
    private static final int VALUE_SCHEMAS = 1000;

    private static final String TIMESTAMP = "io.debezium.time.Timestamp";
    private static final String MICRO_TIMESTAMP = "io.debezium.time.MicroTimestamp";
    private static final String NANO_TIMESTAMP = "io.debezium.time.NanoTimestamp";

    private final DerivedSchemas<ValueKey, Schema> valueSchemas = new DerivedSchemas<>(VALUE_SCHEMAS);
    /** Inferred from payloads: equal ones become one object, so that converters know it again. */
    private final DerivedSchemas<Schema, Schema> payloadSchemas = new DerivedSchemas<>(VALUE_SCHEMAS);

    private EventRouterOptions options = EventRouterOptions.parse(Map.of());
    private boolean wrapsPayload;

    @Override
    public void configure(Map<String, ?> properties) {
        options = EventRouterOptions.parse(properties);
        wrapsPayload = options.additional().stream().anyMatch(field -> field.placement() == Placement.ENVELOPE);
    }

    @Override
    public @Nullable R apply(R record) {
        return Conversion.of(record, "EventRouter", this::route);
    }

    private @Nullable R route(R record) {
        if (record.value() == null) {
            return null;
        }
        if (!Envelope.isIn(record)) {
            return record;
        }
        Struct envelope = Envelope.of(record);
        return switch (Envelope.operation(envelope)) {
            case Envelope.DELETE -> null;
            case Envelope.UPDATE -> dropUpdate(record);
            default -> event(record, envelope);
        };
    }

    private @Nullable R dropUpdate(R record) {
        String message = "An update of an outbox row was ignored: {}. Rows of an outbox are inserted and deleted, never"
                + " updated";
        switch (options.unexpected()) {
            case WARN -> LOG.warn(message, Conversion.place(record));
            case ERROR -> LOG.error(message, Conversion.place(record));
            case FATAL ->
                throw new UnconvertibleException(
                        "it is an update of an outbox row, which is inserted and deleted but never updated",
                        "Correct what updates it, or set table.op.invalid.behavior=warn to ignore updates.");
        }
        return null;
    }

    @SuppressWarnings("NullAway") // Connect takes null for a partition to be chosen and for a tombstone's value.
    private R event(R record, Struct envelope) {
        Struct row = Envelope.struct(envelope, Envelope.AFTER);
        if (row == null) {
            throw new UnconvertibleException(
                    "its operation '" + Envelope.operation(envelope) + "' leaves no row",
                    "Do not truncate an outbox table; set skipped.operations=t at the source to leave truncates out.");
        }
        Headers headers = record.headers().duplicate();
        propagateTrace(row, headers);
        Long timestamp = timestamp(envelope, row);
        headers.add("id", value(row, options.id()), field(row, options.id()).schema());
        SchemaAndValue payload = payload(record, row);
        String route = text(row, options.route());

        Integer partition = null;
        for (AdditionalField additional : options.additional()) {
            Field field = additional.in(row.schema(), options.missingIgnored());
            if (field != null && additional.placement() == Placement.HEADER) {
                headers.add(additional.alias(), row.get(field), field.schema());
            } else if (field != null && additional.placement() == Placement.PARTITION) {
                partition = integer(row, field);
            }
        }
        boolean tombstone = options.emptyIsTombstone() && isEmpty(payload.value());
        SchemaAndValue value = tombstone ? SchemaAndValue.NULL : wrapsPayload ? wrapped(row, payload, route) : payload;
        return record.newRecord(
                topic(route),
                partition,
                field(row, options.key()).schema(),
                value(row, options.key()),
                value.schema(),
                value.value(),
                timestamp,
                headers);
    }

    private void propagateTrace(Struct row, Headers headers) {
        Field field = row.schema().field(options.traceContext());
        if (field != null && row.get(field) instanceof String context) {
            TraceContext.propagate(context, headers);
        }
    }

    /** In milliseconds since the epoch. */
    private Long timestamp(Struct envelope, Struct row) {
        if (options.timestamp() != null) {
            Field field = field(row, options.timestamp());
            String type = String.valueOf(field.schema().name());
            if (row.get(field) instanceof Long time) {
                return switch (type) {
                    case TIMESTAMP -> time;
                    case MICRO_TIMESTAMP -> time / 1_000;
                    case NANO_TIMESTAMP -> time / 1_000_000;
                    default -> throw notATimestamp(options.timestamp());
                };
            }
            if (row.get(field) != null) {
                throw notATimestamp(options.timestamp());
            }
        }
        return envelope.getInt64(Envelope.TS_MS);
    }

    private static UnconvertibleException notATimestamp(String column) {
        return new UnconvertibleException(
                "its column '" + column + "' is no timestamp without time zone in milli-, micro- or nanoseconds",
                "Name another column in table.field.event.timestamp, or set time.precision.mode=adaptive at the source.");
    }

    private SchemaAndValue payload(R record, Struct row) {
        Schema schema = field(row, options.payload()).schema();
        Object payload = value(row, options.payload());
        SchemaAndValue unexpanded = new SchemaAndValue(schema, payload);
        if (options.expansion() == null || payload == null) {
            return unexpanded;
        }
        try {
            if (!(payload instanceof String json) || !(json.startsWith("{") || json.startsWith("["))) {
                throw new UnconvertibleException(
                        "its payload is not the text of a JSON object", "Set table.expand.json.payload=false.");
            }
            SchemaAndValue expanded = options.expansion().struct(options.payload(), JsonReader.read(json));
            return shared(expanded);
        } catch (DataException e) {
            if (options.invalidJson() == InvalidJson.ERROR) {
                throw e;
            }
            LOG.warn("A payload was not expanded: {}: {}", Conversion.place(record), e.getMessage());
            return unexpanded;
        }
    }

    private SchemaAndValue shared(SchemaAndValue expanded) {
        Schema schema = payloadSchemas.get(expanded.schema(), known -> known);
        if (schema != expanded.schema() && expanded.value() instanceof Struct struct) {
            // A struct knows its schema, and converters compare it with the record's; equal schemas will do.
            return new SchemaAndValue(schema, struct);
        }
        return expanded;
    }

    private SchemaAndValue wrapped(Struct row, SchemaAndValue payload, String route) {
        Integer version = options.schemaVersion() == null ? null : integer(row, field(row, options.schemaVersion()));
        Schema schema =
                valueSchemas.get(new ValueKey(row.schema(), payload.schema(), route, version), this::valueSchema);
        Struct value = new Struct(schema).put("payload", payload.value());
        for (AdditionalField additional : options.additional()) {
            Field field = additional.in(row.schema(), options.missingIgnored());
            if (field != null && additional.placement() == Placement.ENVELOPE) {
                value.put(additional.alias(), row.get(field));
            }
        }
        return new SchemaAndValue(schema, value);
    }

    private Schema valueSchema(ValueKey key) {
        SchemaBuilder builder = SchemaBuilder.struct().name(valueName(key.row().name(), key.route()));
        if (key.version() != null) {
            builder.version(key.version());
        }
        builder.field("payload", key.payload());
        for (AdditionalField additional : options.additional()) {
            Field field = additional.in(key.row(), options.missingIgnored());
            if (field != null && additional.placement() == Placement.ENVELOPE) {
                builder.field(additional.alias(), field.schema());
            }
        }
        return builder.build();
    }

    /** The row's name with the aggregate before its last part: {@code shop.public.outbox.order.Value}. */
    private static String valueName(@Nullable String rowName, String route) {
        if (rowName == null) {
            return route;
        }
        int afterDot = rowName.lastIndexOf('.') + 1;
        return rowName.substring(0, afterDot) + route + "." + rowName.substring(afterDot);
    }

    private String topic(String route) {
        Matcher matcher = options.routeRegex().matcher(route);
        return matcher.matches() ? matcher.replaceFirst(options.routeReplacement()) : route;
    }

    private static boolean isEmpty(@Nullable Object payload) {
        return payload == null || payload instanceof String text && text.chars().allMatch(c -> c <= ' ');
    }

    private static Field field(Struct row, String column) {
        Field field = row.schema().field(column);
        if (field == null) {
            throw new UnconvertibleException(
                    "its row has no column '" + column + "'",
                    "Add the column to the outbox table, or name another in the transform's options.");
        }
        return field;
    }

    private static @Nullable Object value(Struct row, String column) {
        return row.get(field(row, column));
    }

    private static String text(Struct row, String column) {
        Object value = value(row, column);
        if (value instanceof String text) {
            return text;
        }
        throw new UnconvertibleException(
                "its column '" + column + "', which names the topic, " + (value == null ? "is null" : "is no text"),
                "Make the column NOT NULL text, or name another in route.by.field.");
    }

    private static @Nullable Integer integer(Struct row, Field field) {
        Object value = row.get(field);
        if (value == null || value instanceof Integer) {
            return (Integer) value;
        }
        throw new UnconvertibleException(
                "its column '" + field.name() + "' is no 32-bit integer", "Make the column's type integer.");
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

    private record ValueKey(Schema row, Schema payload, String route, @Nullable Integer version) {}
}
