package dev.walbrook.transforms;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.event.Envelope;
import dev.walbrook.transforms.event.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** Names the columns that an update changed. */
public class ExtractChangedRecordState<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    public static final String OVERVIEW_DOC =
            "Writes the names of the columns that an update changed, and of those it left"
                    + " alone, into headers. Other change events get the headers with empty lists. Updates need the row before"
                    + " the change: REPLICA IDENTITY FULL.";

    private static final String CHANGED = "header.changed.name";
    private static final String UNCHANGED = "header.unchanged.name";

    @SuppressWarnings("NullAway") // ConfigDef takes null for no default.
    public static final ConfigDef CONFIG_DEF = new ConfigDef()
            .define(
                    CHANGED,
                    Type.STRING,
                    null,
                    Importance.LOW,
                    "The header with the names of the changed columns; none if not set")
            .define(
                    UNCHANGED,
                    Type.STRING,
                    null,
                    Importance.LOW,
                    "The header with the names of the other columns; none if not set");

    private @Nullable Target changed;
    private @Nullable Target unchanged;

    @Override
    public void configure(Map<String, ?> properties) {
        Options options = new Options(CONFIG_DEF, properties);
        changed = Target.of(options.textUnlessBlank(CHANGED));
        unchanged = Target.of(options.textUnlessBlank(UNCHANGED));
    }

    @Override
    public R apply(R record) {
        return Objects.requireNonNull(Conversion.of(record, "ExtractChangedRecordState", this::describe));
    }

    private R describe(R record) {
        if (changed == null && unchanged == null || !Envelope.isIn(record)) {
            return record;
        }
        Struct envelope = Envelope.of(record);
        Struct after = Envelope.struct(envelope, Envelope.AFTER);
        Struct before = Envelope.struct(envelope, Envelope.BEFORE);
        List<String> changedNames = new ArrayList<>();
        List<String> unchangedNames = new ArrayList<>();
        if (after != null && before != null) {
            compare(before, after, changedNames, unchangedNames);
        }
        Headers headers = record.headers().duplicate();
        if (changed != null) {
            headers.add(changed.name(), changedNames, changed.schema());
        }
        if (unchanged != null) {
            headers.add(unchanged.name(), unchangedNames, unchanged.schema());
        }
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

    private static void compare(Struct before, Struct after, List<String> changed, List<String> unchanged) {
        for (Field field : after.schema().fields()) {
            String name = field.name();
            boolean same = before.schema().field(name) != null
                    && equal(after.getWithoutDefault(name), before.getWithoutDefault(name));
            (same ? unchanged : changed).add(name);
        }
        for (Field field : before.schema().fields()) {
            if (after.schema().field(field.name()) == null) {
                changed.add(field.name());
            }
        }
    }

    /** Equality by content, of byte arrays in lists too. */
    private static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left instanceof List<?> lefts && right instanceof List<?> rights) {
            if (lefts.size() != rights.size()) {
                return false;
            }
            for (int i = 0; i < lefts.size(); i++) {
                if (!equal(lefts.get(i), rights.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.deepEquals(left, right);
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

    /** A header of column names; its schema has its name. */
    private record Target(String name, Schema schema) {

        static @Nullable Target of(@Nullable String name) {
            return name == null
                    ? null
                    : new Target(
                            name,
                            SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                                    .optional()
                                    .name(name)
                                    .build());
        }
    }
}
