package dev.walbrook.connect.source.property;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/**
 * How a form shows the properties: by which name, how wide, and which only when another says so.
 *
 * <p>Only looks at the values in the form; what the database has is not asked here, because a form is drawn at every key
 * stroke.
 */
final class Presentation {

    /** Names that the property's own words do not make. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(ConnectionProperties.HOST, "Host"),
            Map.entry(ConnectionProperties.PORT, "Port"),
            Map.entry(ConnectionProperties.USER, "User"),
            Map.entry(ConnectionProperties.PASSWORD, "Password"),
            Map.entry(ConnectionProperties.DATABASE, "Database"),
            Map.entry(ConnectionProperties.TCP_KEEP_ALIVE, "TCP keep-alive"),
            Map.entry(ConnectionProperties.SSL_MODE, "TLS mode"),
            Map.entry(ConnectionProperties.SSL_ROOT_CERTIFICATE, "TLS: certificate authorities"),
            Map.entry(ConnectionProperties.SSL_CERTIFICATE, "TLS: client certificate"),
            Map.entry(ConnectionProperties.SSL_KEY, "TLS: client key"),
            Map.entry(ConnectionProperties.SSL_PASSWORD, "TLS: client key's password"),
            Map.entry(ConnectionProperties.SSL_FACTORY, "TLS: socket factory"),
            Map.entry(ConnectionProperties.VALIDATION_TIMEOUT, "Time limit of validation (ms)"),
            Map.entry(ReplicationProperties.PLUGIN, "Output plugin"),
            Map.entry(ReplicationProperties.SLOT, "Replication slot"),
            Map.entry(ReplicationProperties.SLOT_DROP_ON_STOP, "Drop the slot on stop"),
            Map.entry(ReplicationProperties.SLOT_FAILOVER, "Failover slot"),
            Map.entry(ReplicationProperties.SLOT_RETRIES, "Attempts while the slot is busy"),
            Map.entry(ReplicationProperties.SLOT_RETRY_DELAY, "Pause between these attempts (ms)"),
            Map.entry(ReplicationProperties.PUBLICATION, "Publication"),
            Map.entry(ReplicationProperties.PUBLICATION_MODE, "If the publication is missing"),
            Map.entry(ReplicationProperties.VIA_PARTITION_ROOT, "Partitioned tables as one"),
            Map.entry(FilterProperties.TABLE_INCLUDE, "Tables to capture"),
            Map.entry(FilterProperties.TABLE_EXCLUDE, "Tables to leave out"),
            Map.entry(FilterProperties.SCHEMA_INCLUDE, "Schemas to capture"),
            Map.entry(FilterProperties.SCHEMA_EXCLUDE, "Schemas to leave out"),
            Map.entry(FilterProperties.COLUMN_INCLUDE, "Columns to keep"),
            Map.entry(FilterProperties.COLUMN_EXCLUDE, "Columns to leave out"),
            Map.entry(RepresentationProperties.DECIMALS, "Decimal numbers"),
            Map.entry(RepresentationProperties.TIMES, "Dates and times"),
            Map.entry(RepresentationProperties.INTERVALS, "Intervals"),
            Map.entry(RepresentationProperties.BINARY, "Binary values"),
            Map.entry(RepresentationProperties.UNKNOWN_TYPES, "Columns of unknown types"),
            Map.entry(TopicProperties.TOPIC_PREFIX, "Topic prefix"),
            Map.entry(RuntimeProperties.MAX_QUEUE_BYTES, "Bytes that may wait"),
            Map.entry(RuntimeProperties.MAX_RETRIES, "Outages to bear"),
            Map.entry(RuntimeProperties.RETRY_DELAY, "Longest pause between attempts (ms)"));

    private static final Map<String, String> SPELLINGS = Map.of(
            "lsn", "LSN", "ssl", "TLS", "dml", "DML", "xmin", "xmin", "ms", "(ms)", "max", "maximum", "min", "minimum");

    /**
     * A property that means something only for some values of another.
     *
     * @param parent the other property
     * @param applies whether it means something, by the other's value; null for none
     */
    private record Condition(String parent, Predicate<@Nullable Object> applies) {}

    private static final Map<String, Condition> CONDITIONS = conditions();

    private Presentation() {}

    private static Map<String, Condition> conditions() {
        Map<String, Condition> conditions = new LinkedHashMap<>();
        Predicate<@Nullable Object> streams = mode -> !"initial_only".equalsIgnoreCase(String.valueOf(mode));
        for (String property : List.of(
                ReplicationProperties.SLOT,
                ReplicationProperties.SLOT_DROP_ON_STOP,
                ReplicationProperties.SLOT_FAILOVER,
                ReplicationProperties.SLOT_RETRIES,
                ReplicationProperties.SLOT_RETRY_DELAY,
                ReplicationProperties.PUBLICATION,
                ReplicationProperties.PUBLICATION_MODE,
                ReplicationProperties.STATUS_INTERVAL)) {
            conditions.put(property, new Condition(SnapshotProperties.SNAPSHOT_MODE, streams));
        }
        Predicate<@Nullable Object> encrypts = mode -> !"disable".equalsIgnoreCase(String.valueOf(mode));
        for (String property : List.of(
                ConnectionProperties.SSL_ROOT_CERTIFICATE,
                ConnectionProperties.SSL_CERTIFICATE,
                ConnectionProperties.SSL_KEY,
                ConnectionProperties.SSL_PASSWORD,
                ConnectionProperties.SSL_FACTORY)) {
            conditions.put(property, new Condition(ConnectionProperties.SSL_MODE, encrypts));
        }
        for (String kind : List.of("table", "schema", "column", "message.prefix")) {
            conditions.put(kind + ".exclude.list", new Condition(kind + ".include.list", included -> !isSet(included)));
        }
        conditions.put(
                RepresentationProperties.MONEY_DIGITS,
                new Condition(
                        RepresentationProperties.DECIMALS, mode -> "precise".equalsIgnoreCase(String.valueOf(mode))));
        return conditions;
    }

    /** What a form calls the property. */
    static String displayName(String property) {
        String name = NAMES.get(property);
        return name == null ? words(property) : name;
    }

    private static String words(String property) {
        String words = List.of(property.split("[._]")).stream()
                .map(word -> SPELLINGS.getOrDefault(word, word))
                .collect(Collectors.joining(" "));
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static Width width(Type type) {
        return switch (type) {
            case BOOLEAN, SHORT, INT, LONG, DOUBLE -> Width.SHORT;
            case STRING, CLASS, PASSWORD -> Width.MEDIUM;
            case LIST -> Width.LONG;
        };
    }

    /** Those of the properties that mean something only for some values of this one. */
    static List<String> dependents(String property, Iterable<String> defined) {
        List<String> dependents = new ArrayList<>();
        for (String other : defined) {
            Condition condition = CONDITIONS.get(other);
            if (condition != null && condition.parent().equals(property)) {
                dependents.add(other);
            }
        }
        return dependents;
    }

    /** Whether the property means something; one that has been given a value stays in sight, so that it can be removed. */
    static boolean applies(String property, Map<String, Object> values, @Nullable Object defaultValue) {
        Condition condition = CONDITIONS.get(property);
        if (condition == null || condition.applies().test(values.get(condition.parent()))) {
            return true;
        }
        Object value = values.get(property);
        return value != null && isSet(value) && !value.equals(defaultValue);
    }

    private static boolean isSet(@Nullable Object value) {
        return value != null && !value.toString().isBlank();
    }
}
