package dev.walbrook.connect.source;

import dev.walbrook.capture.CaptureDetails;
import dev.walbrook.capture.CapturePosition;
import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.capture.PublicationMode;
import dev.walbrook.capture.ReplicaIdentities;
import dev.walbrook.capture.TableFilter;
import dev.walbrook.connect.BinaryText;
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
 * @param events what is emitted beside the changes
 * @param maxBatch how many records one poll returns at the most, about
 * @param pollInterval how long a poll waits for a first record
 * @param transactionLimit how long a PostgreSQL transaction may keep a Kafka transaction open before it is split
 */
record SourceConfig(
        CaptureSettings capture,
        RecordSettings records,
        EventSettings events,
        int maxBatch,
        Duration pollInterval,
        Duration transactionLimit) {

    /**
     * With so many, an event is still in the processor's cache when its record is converted and sent; with thousands it comes
     * from memory each time, which a fifth of the worker's time was spent on.
     */
    private static final int CACHED_EVENTS = 128;

    /**
     * What is emitted beside the changes.
     *
     * @param transactions whether transactions are described
     * @param heartbeatInterval how long between heartbeats; zero for none
     * @param heartbeatQuery what to run with each; null for nothing
     * @param xminInterval how old the slot's xmin may be; zero to do without
     * @param binaryText how the content of messages is written in text; null for bytes
     */
    record EventSettings(
            boolean transactions,
            Duration heartbeatInterval,
            @Nullable String heartbeatQuery,
            Duration xminInterval,
            @Nullable BinaryText binaryText) {}

    private static final String DATABASE_PREFIX = "database.";
    private static final String DRIVER_PREFIX = "driver.";

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
                Math.min(config.getInt(RuntimeProperties.MAX_BATCH), CACHED_EVENTS),
                queueBytes(config),
                PositionProperties.settings(config),
                Duration.ofMillis(config.getInt(ReplicationProperties.STATUS_INTERVAL)),
                config.getInt(ReplicationProperties.SLOT_RETRIES),
                Duration.ofMillis(config.getLong(ReplicationProperties.SLOT_RETRY_DELAY)),
                config.getInt(RuntimeProperties.MAX_RETRIES),
                Duration.ofMillis(config.getLong(RuntimeProperties.RETRY_DELAY)),
                details(config));
        Representation representation = representation(config);
        RecordSettings records = new RecordSettings(
                Map.of("server", prefix),
                topics(config, prefix),
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
                        : List.of(),
                constant(FailureHandling.class, config, RepresentationProperties.CONVERSION_FAILURES),
                constant(FailureHandling.class, config, RepresentationProperties.PROCESSING_FAILURES),
                config.getString(RepresentationProperties.DEAD_LETTER_TOPIC));
        return new SourceConfig(
                capture,
                records,
                new EventSettings(
                        config.getBoolean(TopicProperties.TRANSACTIONS),
                        Duration.ofMillis(config.getInt(TopicProperties.HEARTBEAT_INTERVAL)),
                        config.getString(TopicProperties.HEARTBEAT_QUERY),
                        Duration.ofMillis(config.getLong(ReplicationProperties.XMIN_INTERVAL)),
                        representation.binaryText()),
                config.getInt(RuntimeProperties.MAX_BATCH),
                Duration.ofMillis(config.getLong(RuntimeProperties.POLL_INTERVAL)),
                Duration.ofMillis(config.getLong(PositionProperties.TRANSACTION_LIMIT)));
    }

    /**
     * How many events one poll takes. A Kafka transaction costs time of its own, so that its batches had better be large.
     *
     * @param transactional whether a batch is written in a Kafka transaction
     */
    int eventsPerPoll(boolean transactional) {
        return transactional ? maxBatch : Math.min(maxBatch, CACHED_EVENTS);
    }

    /**
     * What makes the records of this configuration; the caller closes it.
     *
     * @param offset the stored offset; null if there is none
     * @param position what it says
     */
    EventRecords eventRecords(@Nullable Map<String, ?> offset, @Nullable CapturePosition position) {
        ConnectionSettings connection = capture.connection();
        SlotXmin xmin = null;
        if (!events.xminInterval().isZero()) {
            SideConnection side = new SideConnection(connection, "walbrook xmin " + capture.name());
            xmin = new SlotXmin(side, capture.slot(), events.xminInterval());
        }
        HeartbeatRecords heartbeats = null;
        if (!events.heartbeatInterval().isZero()) {
            String query = events.heartbeatQuery();
            HeartbeatAction action = null;
            if (query != null && !query.isBlank()) {
                SideConnection side = new SideConnection(connection, "walbrook heartbeat " + capture.name());
                action = new HeartbeatAction(side, query, capture.name());
            }
            heartbeats = new HeartbeatRecords(records, events.heartbeatInterval(), action);
        }
        TransactionMetadata transactions = new TransactionMetadata(events.transactions(), offset);
        return new EventRecords(
                records, new EventContext(transactions, xmin, events.binaryText()), heartbeats, position);
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
        if (isSet(properties.get(FilterProperties.MESSAGE_INCLUDE))
                && isSet(properties.get(FilterProperties.MESSAGE_EXCLUDE))) {
            errors.put(
                    FilterProperties.MESSAGE_EXCLUDE,
                    "Set either " + FilterProperties.MESSAGE_INCLUDE + " or " + FilterProperties.MESSAGE_EXCLUDE
                            + ", not both.");
        }
        Integer waiting = integer(properties.get(RuntimeProperties.MAX_QUEUE_EVENTS));
        Integer batch = integer(properties.get(RuntimeProperties.MAX_BATCH));
        if (waiting != null && waiting <= (batch == null ? RuntimeProperties.DEFAULT_MAX_BATCH : batch)) {
            errors.put(
                    RuntimeProperties.MAX_QUEUE_EVENTS,
                    "Set " + RuntimeProperties.MAX_QUEUE_EVENTS + " to more than " + RuntimeProperties.MAX_BATCH + ".");
        }
        String strategy = properties.get(TopicProperties.TOPIC_NAMING);
        if (strategy != null && TopicProperties.Strategy.of(strategy).regex()) {
            for (String needed : List.of(TopicProperties.TOPIC_REGEX, TopicProperties.TOPIC_REPLACEMENT)) {
                if (!isSet(properties.get(needed))) {
                    errors.put(needed, "Set " + needed + ", which " + strategy + " needs.");
                }
            }
        }
        if (isSet(properties.get(TopicProperties.KEY_FIELD_REGEX))
                && !isSet(properties.get(TopicProperties.KEY_FIELD_REPLACEMENT))) {
            errors.put(
                    TopicProperties.KEY_FIELD_REPLACEMENT,
                    "Set " + TopicProperties.KEY_FIELD_REPLACEMENT + ", which " + TopicProperties.KEY_FIELD_REGEX
                            + " needs.");
        }
        String failures = properties.get(RepresentationProperties.PROCESSING_FAILURES);
        if (isSet(properties.get(RepresentationProperties.DEAD_LETTER_TOPIC))
                && (failures == null || failures.equalsIgnoreCase("fail"))) {
            errors.put(
                    RepresentationProperties.DEAD_LETTER_TOPIC,
                    "Set " + RepresentationProperties.PROCESSING_FAILURES
                            + " to warn or skip: as long as it is fail, the"
                            + " task stops at such a change, and nothing ever goes to this topic.");
        }
        errors.putAll(SnapshotConfig.errors(properties));
        errors.putAll(ColumnMasks.errors(properties));
        String exactlyOnce = exactlyOnceError(properties);
        if (exactlyOnce != null && "required".equalsIgnoreCase(properties.get("exactly.once.support"))) {
            errors.put(SnapshotProperties.SNAPSHOT_MODE, exactlyOnce);
        }
        return errors;
    }

    /** A number; null if there is none, which its own property's validation complains of. */
    private static @Nullable Integer integer(@Nullable String value) {
        try {
            return value == null ? null : Integer.valueOf(value.trim());
        } catch (NumberFormatException e) {
            return null;
        }
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
                if (!ConnectionProperties.OWN.contains(key)) {
                    driver.put(key.substring(DATABASE_PREFIX.length()), value);
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
                Map.copyOf(driver),
                statements(config.getString(ConnectionProperties.INITIAL_STATEMENTS)),
                Duration.ofMillis(config.getInt(ConnectionProperties.QUERY_TIMEOUT)));
    }

    /** Splits at semicolons; two of them are one inside a statement. */
    private static List<String> statements(@Nullable String list) {
        if (list == null) {
            return List.of();
        }
        return Pattern.compile("(?<!;);(?!;)")
                .splitAsStream(list)
                .map(statement -> statement.replace(";;", ";").strip())
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static long queueBytes(AbstractConfig config) {
        long bytes = config.getLong(RuntimeProperties.MAX_QUEUE_BYTES);
        return bytes == 0 ? RuntimeProperties.DEFAULT_QUEUE_BYTES : bytes;
    }

    private static CaptureDetails details(AbstractConfig config) {
        List<Pattern> included = TableFilter.patterns(config.getString(FilterProperties.MESSAGE_INCLUDE));
        List<Pattern> excluded = TableFilter.patterns(config.getString(FilterProperties.MESSAGE_EXCLUDE));
        Integer waiting = config.getInt(RuntimeProperties.MAX_QUEUE_EVENTS);
        return new CaptureDetails(
                prefix -> included.isEmpty()
                        ? !TableFilter.matchesAny(excluded, prefix)
                        : TableFilter.matchesAny(included, prefix),
                config.getBoolean(TopicProperties.TRANSACTIONS),
                ReplicaIdentities.parse(config.getString(ReplicationProperties.IDENTITIES)),
                config.getInt(FilterProperties.MAX_TABLES),
                config.getString(FilterProperties.MAX_TABLES_ACTION).equalsIgnoreCase("fail"),
                waiting == null ? 0 : waiting,
                Duration.ofMillis(config.getLong(RuntimeProperties.STOP_TIMEOUT)));
    }

    private static TopicNaming topics(AbstractConfig config, String prefix) {
        TopicProperties.Strategy strategy = TopicProperties.Strategy.of(config.getString(TopicProperties.TOPIC_NAMING));
        String delimiter = config.getString(TopicProperties.TOPIC_DELIMITER);
        String heartbeat = config.getString(TopicProperties.HEARTBEAT_NAME);
        if (heartbeat == null) {
            String old = config.getString(TopicProperties.OLD_HEARTBEAT_PREFIX);
            boolean renamed = config.originals().containsKey(TopicProperties.HEARTBEAT_PREFIX) || old == null;
            heartbeat = (renamed ? config.getString(TopicProperties.HEARTBEAT_PREFIX) : old) + delimiter + prefix;
        }
        return new TopicNaming(
                prefix,
                delimiter,
                strategy.withSchema(),
                strategy.unicode(),
                strategy.regex() ? routing(config) : null,
                config.getString(TopicProperties.TRANSACTION_TOPIC),
                heartbeat);
    }

    private static TopicNaming.Routing routing(AbstractConfig config) {
        String regex = config.getString(TopicProperties.TOPIC_REGEX);
        String replacement = config.getString(TopicProperties.TOPIC_REPLACEMENT);
        if (regex == null || replacement == null) {
            throw new ConfigException(TopicProperties.TOPIC_REGEX + " and " + TopicProperties.TOPIC_REPLACEMENT
                    + " must be set for " + config.getString(TopicProperties.TOPIC_NAMING));
        }
        String keyRegex = config.getString(TopicProperties.KEY_FIELD_REGEX);
        String keyReplacement = config.getString(TopicProperties.KEY_FIELD_REPLACEMENT);
        return new TopicNaming.Routing(
                Pattern.compile(regex),
                replacement,
                config.getBoolean(TopicProperties.KEY_UNIQUE) ? config.getString(TopicProperties.KEY_FIELD) : null,
                keyRegex == null || keyReplacement == null ? null : Pattern.compile(keyRegex),
                keyReplacement == null ? "" : keyReplacement);
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
