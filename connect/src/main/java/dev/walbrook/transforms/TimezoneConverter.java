package dev.walbrook.transforms;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.Envelope;
import dev.walbrook.transforms.event.Options;
import dev.walbrook.transforms.zone.ConversionRules;
import dev.walbrook.transforms.zone.ZoneShift;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the times in change events to another time zone. */
public class TimezoneConverter<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    public static final String OVERVIEW_DOC =
            "Converts the times of change events to a time zone. Times with zone keep their"
                    + " instant and get the zone's offset; timestamps without zone are taken as local times of the zone and"
                    + " become instants. Dates and times of day without zone stay what they are.";

    private static final String ZONE = "converted.timezone";
    private static final String INCLUDE = "include.list";
    private static final String EXCLUDE = "exclude.list";

    private static final String RULES_DOC = " Separated by commas, each source:TABLE, source:TABLE:FIELD, topic:TOPIC,"
            + " topic:TOPIC:FIELD, or NAME:FIELD for a topic or table of the name. A field may begin with before., after."
            + " or source.; those of source, such as source.ts_ms, are converted only if named";

    public static final ConfigDef CONFIG_DEF = new ConfigDef()
            .define(
                    ZONE,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.LambdaValidator.with(
                            (name, value) -> zone(String.valueOf(value)), () -> "a time zone or an offset"),
                    Importance.HIGH,
                    "The zone, such as Europe/London, or an offset, such as +08:00")
            .define(INCLUDE, Type.LIST, "", Importance.HIGH, "What is converted; everything if empty." + RULES_DOC)
            .define(EXCLUDE, Type.LIST, "", Importance.HIGH, "What is not converted." + RULES_DOC);

    private static final Logger LOG = LoggerFactory.getLogger(TimezoneConverter.class);
    private static final int PLANS = 256;
    private static final List<String> UNCONVERTED = List.of(
            "io.debezium.time.Date",
            "io.debezium.time.Time",
            "io.debezium.time.MicroTime",
            "io.debezium.time.NanoTime",
            org.apache.kafka.connect.data.Date.LOGICAL_NAME,
            org.apache.kafka.connect.data.Time.LOGICAL_NAME);
    private static final List<String> EPOCHS = List.of(Envelope.TS_MS, Envelope.TS_US, Envelope.TS_NS);

    private final DerivedSchemas<PlanKey, List<Step>> plans = new DerivedSchemas<>(PLANS);
    private ConversionRules rules = ConversionRules.ALL;
    private ZoneShift shift = new ZoneShift(ZoneOffset.UTC);

    @Override
    public void configure(Map<String, ?> properties) {
        Options options = new Options(CONFIG_DEF, properties);
        shift = new ZoneShift(zone(options.requiredText(ZONE)));
        List<String> include = options.list(INCLUDE);
        List<String> exclude = options.list(EXCLUDE);
        if (!include.isEmpty() && !exclude.isEmpty()) {
            throw new ConfigException(INCLUDE + " and " + EXCLUDE + " exclude each other; set one of them");
        }
        if (!include.isEmpty()) {
            rules = ConversionRules.including(INCLUDE, include);
        } else if (!exclude.isEmpty()) {
            rules = ConversionRules.excluding(EXCLUDE, exclude);
        } else {
            rules = ConversionRules.ALL;
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name, ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            throw new ConfigException(ZONE, name, "is no time zone such as Europe/London and no offset such as +08:00");
        }
    }

    @Override
    public R apply(R record) {
        return Objects.requireNonNull(Conversion.of(record, "TimezoneConverter", this::convert));
    }

    private R convert(R record) {
        if (!Envelope.isIn(record)) {
            return record;
        }
        Struct envelope = Envelope.of(record);
        List<Step> steps = plans.get(new PlanKey(envelope.schema(), record.topic(), table(envelope)), this::plan);
        if (steps.isEmpty()) {
            return record;
        }
        Struct converted = copy(envelope);
        for (Step step : steps) {
            Struct old = (Struct) envelope.get(step.struct());
            if (old != null) {
                converted.put(step.struct(), convert(old, step.fields()));
            }
        }
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                converted,
                record.timestamp());
    }

    private Struct convert(Struct struct, List<Field> fields) {
        // The record's own value is left as it is: it may be needed again for a dead letter.
        Struct converted = copy(struct);
        for (Field field : fields) {
            Object value = struct.getWithoutDefault(field.name());
            if (value != null) {
                converted.put(field, shift.apply(field, value));
            }
        }
        return converted;
    }

    private static Struct copy(Struct struct) {
        Struct copy = new Struct(struct.schema());
        for (Field field : struct.schema().fields()) {
            copy.put(field, struct.getWithoutDefault(field.name()));
        }
        return copy;
    }

    private static @Nullable String table(Struct envelope) {
        Field field = envelope.schema().field(Envelope.SOURCE);
        return field != null
                        && envelope.get(field) instanceof Struct source
                        && source.schema().field("table") != null
                        && source.get("table") instanceof String table
                ? table
                : null;
    }

    private List<Step> plan(PlanKey key) {
        List<Step> steps = new ArrayList<>();
        for (String name : List.of(Envelope.BEFORE, Envelope.AFTER, Envelope.SOURCE)) {
            Field struct = key.envelope().field(name);
            if (struct == null || struct.schema().type() != Schema.Type.STRUCT) {
                continue;
            }
            boolean source = name.equals(Envelope.SOURCE);
            List<Field> fields = struct.schema().fields().stream()
                    .filter(field -> rules.converts(key.topic(), key.table(), name, field.name()))
                    .filter(field -> isTime(field, source, key.topic()))
                    .toList();
            if (!fields.isEmpty()) {
                steps.add(new Step(struct, fields));
            }
        }
        return steps;
    }

    private static boolean isTime(Field field, boolean source, String topic) {
        String type = field.schema().name();
        if (type == null) {
            return source && EPOCHS.contains(field.name());
        }
        if (UNCONVERTED.contains(type)) {
            LOG.warn("Column {} of topic {} is not converted: {} has no time zone", field.name(), topic, type);
        }
        return ZoneShift.converts(type);
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

    private record PlanKey(Schema envelope, String topic, @Nullable String table) {}

    private record Step(Field struct, List<Field> fields) {}
}
