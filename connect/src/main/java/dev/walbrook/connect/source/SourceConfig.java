package dev.walbrook.connect.source;

import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.capture.PublicationMode;
import dev.walbrook.capture.SnapshotMode;
import dev.walbrook.capture.TableFilter;
import dev.walbrook.connect.source.type.ColumnMappings;
import dev.walbrook.connect.source.type.Representation;
import dev.walbrook.postgres.ConnectionSettings;
import java.time.Duration;
import java.util.Arrays;
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
 */
record SourceConfig(CaptureSettings capture, RecordSettings records, int maxBatch, Duration pollInterval) {

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
        String database = config.getString(SourceProperties.DATABASE);
        String prefix = config.getString(SourceProperties.TOPIC_PREFIX);
        CaptureSettings capture = new CaptureSettings(
                name,
                connection(config, properties),
                config.getString(SourceProperties.SLOT),
                config.getBoolean(SourceProperties.SLOT_FAILOVER),
                config.getBoolean(SourceProperties.SLOT_DROP_ON_STOP),
                config.getString(SourceProperties.PUBLICATION),
                constant(PublicationMode.class, config, SourceProperties.PUBLICATION_MODE),
                config.getBoolean(SourceProperties.VIA_PARTITION_ROOT),
                tables(config),
                constant(SnapshotMode.class, config, SourceProperties.SNAPSHOT_MODE),
                config.getInt(SourceProperties.MAX_BATCH),
                config.getLong(SourceProperties.MAX_QUEUE_BYTES),
                Duration.ofMillis(config.getInt(SourceProperties.STATUS_INTERVAL)),
                config.getInt(SourceProperties.SLOT_RETRIES),
                Duration.ofMillis(config.getLong(SourceProperties.SLOT_RETRY_DELAY)),
                config.getInt(SourceProperties.MAX_RETRIES),
                Duration.ofMillis(config.getLong(SourceProperties.RETRY_DELAY)));
        RecordSettings records = new RecordSettings(
                Map.of("server", prefix),
                new TopicNaming(
                        prefix,
                        config.getString(SourceProperties.TOPIC_DELIMITER),
                        config.getString(SourceProperties.TOPIC_NAMING).equals(TopicNaming.UNICODE_STRATEGY)),
                new ColumnMappings(representation(config), database),
                new SourceInfo(prefix, database),
                columns(config),
                config.getBoolean(SourceProperties.TOMBSTONES),
                skippedOperations(config),
                config.getBoolean(SourceProperties.EXTENDED_HEADERS),
                taskId);
        return new SourceConfig(
                capture,
                records,
                config.getInt(SourceProperties.MAX_BATCH),
                Duration.ofMillis(config.getLong(SourceProperties.POLL_INTERVAL)));
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
        return errors;
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
        Password password = config.getPassword(SourceProperties.PASSWORD);
        return new ConnectionSettings(
                config.getString(SourceProperties.HOST),
                config.getInt(SourceProperties.PORT),
                config.getString(SourceProperties.DATABASE),
                config.getString(SourceProperties.USER),
                password == null ? null : password.value(),
                Map.copyOf(driver));
    }

    private static TableFilter tables(AbstractConfig config) {
        try {
            return new TableFilter(
                    config.getString(SourceProperties.SCHEMA_INCLUDE),
                    config.getString(SourceProperties.SCHEMA_EXCLUDE),
                    config.getString(SourceProperties.TABLE_INCLUDE),
                    config.getString(SourceProperties.TABLE_EXCLUDE));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private static Predicate<String> columns(AbstractConfig config) {
        List<Pattern> included = TableFilter.patterns(config.getString(SourceProperties.COLUMN_INCLUDE));
        List<Pattern> excluded = TableFilter.patterns(config.getString(SourceProperties.COLUMN_EXCLUDE));
        if (!included.isEmpty()) {
            return name -> TableFilter.matchesAny(included, name);
        }
        return name -> !TableFilter.matchesAny(excluded, name);
    }

    private static Representation representation(AbstractConfig config) {
        return new Representation(
                constant(Representation.Decimals.class, config, SourceProperties.DECIMALS),
                constant(Representation.Intervals.class, config, SourceProperties.INTERVALS),
                config.getBoolean(SourceProperties.UNKNOWN_TYPES),
                config.getInt(SourceProperties.MONEY_DIGITS),
                config.getString(SourceProperties.UNAVAILABLE_VALUE),
                TableFilter.patterns(config.getString(SourceProperties.PROPAGATE_COLUMNS)),
                TableFilter.patterns(config.getString(SourceProperties.PROPAGATE_TYPES)));
    }

    private static Set<String> skippedOperations(AbstractConfig config) {
        return config.getList(SourceProperties.SKIPPED_OPERATIONS).stream()
                .map(String::trim)
                .filter(operation -> !operation.equals("none"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The constant that a property names in lower case. The property's validator has seen to it that there is one. */
    private static <E extends Enum<E>> E constant(Class<E> type, AbstractConfig config, String property) {
        return Enum.valueOf(type, config.getString(property).toUpperCase(Locale.ROOT));
    }

    static String[] names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }
}
