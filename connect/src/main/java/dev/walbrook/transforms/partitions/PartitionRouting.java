package dev.walbrook.transforms.partitions;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.event.Envelope;
import dev.walbrook.transforms.event.Options;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** Chooses the partition of a change event by some of its fields. */
public class PartitionRouting<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    public static final String OVERVIEW_DOC = "Computes the partition of a change event from fields of it, such as a"
            + " customer's number, so that what belongs together stays in order. Records that have none of the fields,"
            + " truncates, messages and records that are no change events pass unchanged.";

    private static final String FIELDS = "partition.payload.fields";
    private static final String PARTITIONS = "partition.topic.num";
    private static final String HASH = "partition.hash.function";

    public static final ConfigDef CONFIG_DEF = new ConfigDef()
            .define(
                    FIELDS,
                    Type.LIST,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Options.nonEmptyList(),
                    Importance.HIGH,
                    "The fields the partition is computed from, as paths into the event: after.customer, source.table;"
                            + " change.customer means the row after the change, and before it for a delete. A field that"
                            + " is missing or null is left out")
            .define(
                    PARTITIONS,
                    Type.INT,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Range.atLeast(1),
                    Importance.HIGH,
                    "How many partitions the topic has. For topics with different numbers use the transform once for"
                            + " each, with the predicate TopicNameMatches")
            .define(
                    HASH,
                    Type.STRING,
                    Options.name(Hash.JAVA),
                    Options.oneOf(Hash.class),
                    Importance.LOW,
                    "How fields become numbers: java by their hash code, murmur by MurmurHash3");

    private static final String CHANGE = "change";

    private List<List<String>> paths = List.of();
    private int partitions = 1;
    private Hash hash = Hash.JAVA;

    enum Hash {
        JAVA,
        MURMUR;

        int of(Object value) {
            if (this == MURMUR) {
                return MurmurHash.of(value);
            }
            // The hash code of an array is that of its address, which is another in each worker.
            return value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value.hashCode();
        }
    }

    @Override
    public void configure(Map<String, ?> properties) {
        Options options = new Options(CONFIG_DEF, properties);
        paths = options.list(FIELDS).stream()
                .map(path -> List.of(path.trim().split("\\s*\\.\\s*")))
                .toList();
        partitions = options.number(PARTITIONS);
        hash = options.choice(HASH, Hash.class);
    }

    @Override
    public R apply(R record) {
        return Objects.requireNonNull(Conversion.of(record, "PartitionRouting", this::route));
    }

    private R route(R record) {
        if (!Envelope.isIn(record)) {
            return record;
        }
        Struct envelope = Envelope.of(record);
        String operation = Envelope.operation(envelope);
        if (operation.equals(Envelope.TRUNCATE) || operation.equals(Envelope.MESSAGE)) {
            return record;
        }
        int sum = 0;
        boolean found = false;
        for (List<String> path : paths) {
            Object value = value(envelope, path, operation);
            if (value != null) {
                sum += hash.of(value);
                found = true;
            }
        }
        if (!found) {
            return record;
        }
        int positive = sum & Integer.MAX_VALUE;
        // The greatest number counts as 0, as in Debezium: it decides the partition where it does not divide evenly.
        return withPartition(record, positive == Integer.MAX_VALUE ? 0 : positive % partitions);
    }

    private static @Nullable Object value(Struct envelope, List<String> path, String operation) {
        Object value = envelope;
        for (int i = 0; i < path.size(); i++) {
            if (!(value instanceof Struct struct)) {
                return null;
            }
            String name = path.get(i);
            if (name.equals(CHANGE) && i < path.size() - 1) {
                name = operation.equals(Envelope.DELETE) ? Envelope.BEFORE : Envelope.AFTER;
            }
            Field field = struct.schema().field(name);
            value = field == null ? null : struct.get(field);
        }
        return value;
    }

    private R withPartition(R record, int partition) {
        return record.newRecord(
                record.topic(),
                partition,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp());
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
}
