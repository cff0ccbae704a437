package dev.walbrook.connect.source;

import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.capture.PublicationMode;
import dev.walbrook.capture.TableFilter;
import dev.walbrook.connect.source.property.ConnectionProperties;
import dev.walbrook.connect.source.property.FilterProperties;
import dev.walbrook.connect.source.property.PositionProperties;
import dev.walbrook.connect.source.property.ReplicationProperties;
import dev.walbrook.connect.source.property.RepresentationProperties;
import dev.walbrook.connect.source.property.RuntimeProperties;
import dev.walbrook.connect.source.property.SnapshotProperties;
import dev.walbrook.connect.source.property.SourceProperties;
import dev.walbrook.connect.source.property.TopicProperties;
import dev.walbrook.connect.source.type.ColumnMappings;
import dev.walbrook.connect.source.type.ColumnMasks;
import dev.walbrook.connect.source.type.CompatibilityLevel;
import dev.walbrook.connect.source.type.FailureHandling;
import dev.walbrook.connect.source.type.MessageKeys;
import dev.walbrook.connect.source.type.NameAdjustment;
import dev.walbrook.connect.source.type.Placeholder;
import dev.walbrook.connect.source.type.Representation;
import dev.walbrook.postgres.ConnectionSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The source connector's configuration, parsed.
 *
 * @param capture what to capture and how
 * @param records how the records look
 * @param maxBatch how many records one poll returns, about
 * @param pollInterval how long a poll waits for a first record
 * @param transactionLimit how long a PostgreSQL transaction may keep a Kafka transaction open before it is split
 */
record SourceConfig(
        CaptureSettings capture,
        RecordSettings records,
        int maxBatch,
        Duration pollInterval,
        Duration transactionLimit) {

    private static final String DATABASE_PREFIX = "database.";
    private static final String DRIVER_PREFIX = "driver.";
    /** Properties under {@code database.} that are not pgjdbc's. */
    private static final Set<String> OWN_DATABASE_PROPERTIES = Set.of("hostname", "port", "user", "password", "dbname");

    /**
     * @param name the connector's name
     * @param taskId the task's number
     * @param properties the task's configuration
     * @throws ConfigException if something is missing or wrong
     */
    static SourceConfig parse(String name, String taskId, Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(SourceProperties.CONFIG_DEF, properties, false);
        String database = config.getString(ConnectionProperties.DATABASE);
        String prefix = config.getString(TopicProperties.TOPIC_PREFIX);
        CaptureSettings capture = new CaptureSettings(
                name,
                connection(config, properties),
                config.getString(ReplicationProperties.SLOT),
                config.getBoolean(ReplicationProperties.SLOT_FAILOVER),
                config.getBoolean(ReplicationProperties.SLOT_DROP_ON_STOP),
                config.getString(ReplicationProperties.PUBLICATION),
                constant(PublicationMode.class, config, ReplicationProperties.PUBLICATION_MODE),
                config.getBoolean(ReplicationProperties.VIA_PARTITION_ROOT),
                tables(config),
                SnapshotConfig.parse(config, properties),
                config.getInt(RuntimeProperties.MAX_BATCH),
                config.getLong(RuntimeProperties.MAX_QUEUE_BYTES),
                PositionProperties.settings(config),
                Duration.ofMillis(config.getInt(ReplicationProperties.STATUS_INTERVAL)),
                config.getInt(ReplicationProperties.SLOT_RETRIES),
                Duration.ofMillis(config.getLong(ReplicationProperties.SLOT_RETRY_DELAY)),
                config.getInt(RuntimeProperties.MAX_RETRIES),
                Duration.ofMillis(config.getLong(RuntimeProperties.RETRY_DELAY)));
        Representation representation = representation(config);
        RecordSettings records = new RecordSettings(
                Map.of("server", prefix),
                new TopicNaming(
                        prefix,
                        config.getString(TopicProperties.TOPIC_DELIMITER),
                        config.getString(TopicProperties.TOPIC_NAMING).equals(TopicProperties.UNICODE_STRATEGY)),
                constant(NameAdjustment.class, config, RepresentationProperties.SCHEMA_NAMES),
                constant(NameAdjustment.class, config, RepresentationProperties.FIELD_NAMES),
                messageKeys(config),
                new ColumnMappings(representation, ColumnMasks.parse(properties), database),
                new SourceInfo(prefix, database, representation.level()),
                columns(config),
                config.getBoolean(RepresentationProperties.TOMBSTONES),
                skippedOperations(config),
                config.getBoolean(FilterProperties.SKIP_UNCHANGED),
                config.getBoolean(RepresentationProperties.EXTENDED_HEADERS)
                        ? ContextHeaders.of(representation.level(), prefix, taskId)
                        : Map.of(),
                constant(FailureHandling.class, config, RepresentationProperties.CONVERSION_FAILURES),
                constant(FailureHandling.class, config, RepresentationProperties.PROCESSING_FAILURES));
        return new SourceConfig(
                capture,
                records,
                config.getInt(RuntimeProperties.MAX_BATCH),
                Duration.ofMillis(config.getLong(RuntimeProperties.POLL_INTERVAL)),
                Duration.ofMillis(config.getLong(PositionProperties.TRANSACTION_LIMIT)));
    }

    /**
     * What is wrong across fields, by property.
     *
     * @param properties values by name; null for those not set
     */
    static Map<String, String> crossFieldErrors(Map<String, @Nullable String> properties) {
        Map<String, String> errors = new HashMap<>();
        for (String kind : List.of("table", "schema", "column")) {
            String include = properties.get(kind + ".include.list");
            String exclude = properties.get(kind + ".exclude.list");
            if (isSet(include) && isSet(exclude)) {
                errors.put(
                        kind + ".exclude.list",
                        "Set either " + kind + ".include.list or " + kind + ".exclude.list, not both.");
            }
        }
        errors.putAll(SnapshotConfig.errors(properties));
        errors.putAll(ColumnMasks.errors(properties));
        String exactlyOnce = exactlyOnceError(properties);
        if (exactlyOnce != null && "required".equalsIgnoreCase(properties.get("exactly.once.support"))) {
            errors.put(SnapshotProperties.SNAPSHOT_MODE, exactlyOnce);
        }
        return errors;
    }

    /** Why not every change, the snapshot's rows included, would be delivered exactly once; null if it would. */
    static @Nullable String exactlyOnceError(Map<String, ? extends @Nullable String> properties) {
        String boundary = properties.get("transaction.boundary");
        String mode = properties.get(SnapshotProperties.SNAPSHOT_MODE);
        boolean whole = "connector".equalsIgnoreCase(boundary);
        boolean noSnapshot = "no_data".equalsIgnoreCase(mode);
        return whole || noSnapshot
                ? null
                : "Only with transaction.boundary=connector is the snapshot one Kafka transaction, which a crash cannot"
                        + " repeat in part. Set that, or snapshot.mode=no_data.";
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    private static ConnectionSettings connection(AbstractConfig config, Map<String, String> properties) {
        Map<String, String> driver = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(DRIVER_PREFIX)) {
                driver.put(key.substring(DRIVER_PREFIX.length()), value);
            } else if (key.startsWith(DATABASE_PREFIX)) {
                String property = key.substring(DATABASE_PREFIX.length());
                if (!OWN_DATABASE_PROPERTIES.contains(property)) {
                    driver.put(property, value);
                }
            }
        });
        Password password = config.getPassword(ConnectionProperties.PASSWORD);
        return new ConnectionSettings(
                config.getString(ConnectionProperties.HOST),
                config.getInt(ConnectionProperties.PORT),
                config.getString(ConnectionProperties.DATABASE),
                config.getString(ConnectionProperties.USER),
                password == null ? null : password.value(),
                Map.copyOf(driver));
    }

    private static TableFilter tables(AbstractConfig config) {
        try {
            return new TableFilter(
                    config.getString(FilterProperties.SCHEMA_INCLUDE),
                    config.getString(FilterProperties.SCHEMA_EXCLUDE),
                    config.getString(FilterProperties.TABLE_INCLUDE),
                    config.getString(FilterProperties.TABLE_EXCLUDE));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private static Predicate<String> columns(AbstractConfig config) {
        List<Pattern> included = TableFilter.patterns(config.getString(FilterProperties.COLUMN_INCLUDE));
        List<Pattern> excluded = TableFilter.patterns(config.getString(FilterProperties.COLUMN_EXCLUDE));
        if (!included.isEmpty()) {
            return name -> TableFilter.matchesAny(included, name);
        }
        return name -> !TableFilter.matchesAny(excluded, name);
    }

    private static Representation representation(AbstractConfig config) {
        FailureHandling conversionFailures =
                constant(FailureHandling.class, config, RepresentationProperties.CONVERSION_FAILURES);
        return new Representation(
                CompatibilityLevel.of(config.getString(RepresentationProperties.LEVEL)),
                constant(Representation.Decimals.class, config, RepresentationProperties.DECIMALS),
                constant(Representation.Times.class, config, RepresentationProperties.TIMES),
                constant(Representation.Intervals.class, config, RepresentationProperties.INTERVALS),
                constant(Representation.Binaries.class, config, RepresentationProperties.BINARY),
                constant(Representation.Hstores.class, config, RepresentationProperties.HSTORE),
                config.getInt(RepresentationProperties.MONEY_DIGITS),
                config.getBoolean(RepresentationProperties.UNKNOWN_TYPES),
                new Placeholder(config.getString(RepresentationProperties.UNAVAILABLE_VALUE)),
                config.getBoolean(RepresentationProperties.COMMENTS),
                TableFilter.patterns(config.getString(RepresentationProperties.PROPAGATE_COLUMNS)),
                TableFilter.patterns(config.getString(RepresentationProperties.PROPAGATE_TYPES)),
                conversionFailures == FailureHandling.FAIL);
    }

    private static MessageKeys messageKeys(AbstractConfig config) {
        String setting = config.getString(RepresentationProperties.MESSAGE_KEYS);
        return MessageKeys.parse(setting == null ? "" : setting);
    }

    private static Set<String> skippedOperations(AbstractConfig config) {
        return config.getList(FilterProperties.SKIPPED_OPERATIONS).stream()
                .map(String::trim)
                .filter(operation -> !operation.equals("none"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The constant that a property names in lower case, with hyphens for underscores. The property's validator has seen to it that there is one. */
    private static <E extends Enum<E>> E constant(Class<E> type, AbstractConfig config, String property) {
        return Enum.valueOf(
                type, config.getString(property).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
