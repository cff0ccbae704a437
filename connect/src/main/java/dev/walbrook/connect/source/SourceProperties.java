package dev.walbrook.connect.source;

import dev.walbrook.capture.PublicationMode;
import dev.walbrook.capture.SnapshotMode;
import dev.walbrook.capture.TableFilter;
import dev.walbrook.connect.source.type.Representation;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The source connector's properties: Debezium's names, with Debezium's defaults except where this says otherwise. */
final class SourceProperties {

    static final String HOST = "database.hostname";
    static final String PORT = "database.port";
    static final String USER = "database.user";
    static final String PASSWORD = "database.password";
    static final String DATABASE = "database.dbname";
    static final String TOPIC_PREFIX = "topic.prefix";
    static final String TOPIC_NAMING = "topic.naming.strategy";
    static final String TOPIC_DELIMITER = "topic.delimiter";
    static final String PLUGIN = "plugin.name";
    static final String SLOT = "slot.name";
    static final String SLOT_DROP_ON_STOP = "slot.drop.on.stop";
    static final String SLOT_FAILOVER = "slot.failover";
    static final String SLOT_RETRIES = "slot.max.retries";
    static final String SLOT_RETRY_DELAY = "slot.retry.delay.ms";
    static final String PUBLICATION = "publication.name";
    static final String PUBLICATION_MODE = "publication.autocreate.mode";
    static final String VIA_PARTITION_ROOT = "publish.via.partition.root";
    static final String STATUS_INTERVAL = "status.update.interval.ms";
    static final String TABLE_INCLUDE = "table.include.list";
    static final String TABLE_EXCLUDE = "table.exclude.list";
    static final String SCHEMA_INCLUDE = "schema.include.list";
    static final String SCHEMA_EXCLUDE = "schema.exclude.list";
    static final String COLUMN_INCLUDE = "column.include.list";
    static final String COLUMN_EXCLUDE = "column.exclude.list";
    static final String SKIPPED_OPERATIONS = "skipped.operations";
    static final String SNAPSHOT_MODE = "snapshot.mode";
    static final String DECIMALS = "decimal.handling.mode";
    static final String TIMES = "time.precision.mode";
    static final String INTERVALS = "interval.handling.mode";
    static final String BINARY = "binary.handling.mode";
    static final String MONEY_DIGITS = "money.fraction.digits";
    static final String UNKNOWN_TYPES = "include.unknown.datatypes";
    static final String UNAVAILABLE_VALUE = "unavailable.value.placeholder";
    static final String PROPAGATE_COLUMNS = "column.propagate.source.type";
    static final String PROPAGATE_TYPES = "datatype.propagate.source.type";
    static final String TOMBSTONES = "tombstones.on.delete";
    static final String EXTENDED_HEADERS = "extended.headers.enabled";
    static final String MAX_BATCH = "max.batch.size";
    static final String MAX_QUEUE_BYTES = "max.queue.size.in.bytes";
    static final String POLL_INTERVAL = "poll.interval.ms";
    static final String MAX_RETRIES = "errors.max.retries";
    static final String RETRY_DELAY = "retriable.restart.connector.wait.ms";

    private static final String CONNECTION_GROUP = "Connection";
    private static final String REPLICATION_GROUP = "Replication";
    private static final String CAPTURE_GROUP = "What is captured";
    private static final String REPRESENTATION_GROUP = "Representation";
    private static final String RUNTIME_GROUP = "Runtime";

    /** PostgreSQL's own rule for the names of slots. */
    private static final Pattern SLOT_NAME = Pattern.compile("[a-z0-9_]{1,63}");

    private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]+");
    private static final Set<String> OPERATIONS = Set.of("c", "u", "d", "t", "none");

    static final ConfigDef CONFIG_DEF = define();

    private SourceProperties() {}

    private static ConfigDef define() {
        Definition definition = new Definition();
        definition.group(CONNECTION_GROUP);
        definition.required(HOST, Type.STRING, "Host name or address of the PostgreSQL server.");
        definition.optional(PORT, Type.INT, 5432, Range.between(1, 65535), "Port of the server.");
        definition.required(USER, Type.STRING, "Role to connect as; it needs REPLICATION and SELECT on the tables.");
        definition.optional(PASSWORD, Type.PASSWORD, null, null, "The role's password.");
        definition.required(DATABASE, Type.STRING, "Database to capture.");

        definition.group(REPLICATION_GROUP);
        definition.required(
                TOPIC_PREFIX,
                Type.STRING,
                matching(TOPIC_NAME, "a topic name: letters, digits, '.', '_' and '-'"),
                "Logical name of the server: the first part of every topic, and the identity under which offsets are"
                        + " stored. Never change it for a running connector.");
        definition.optional(
                PLUGIN,
                Type.STRING,
                "pgoutput",
                null,
                "Accepted for compatibility with Debezium; pgoutput is always used.");
        definition.optional(
                SLOT,
                Type.STRING,
                "debezium",
                matching(SLOT_NAME, "a slot name: up to 63 lower-case letters, digits and '_'"),
                "Replication slot; created if it does not exist.");
        definition.optional(SLOT_DROP_ON_STOP, Type.BOOLEAN, false, null, "Drop the slot when the connector stops.");
        definition.optional(
                SLOT_FAILOVER,
                Type.BOOLEAN,
                false,
                null,
                "Create the slot as a failover slot, which standbys keep in step (PostgreSQL 17).");
        definition.optional(
                SLOT_RETRIES,
                Type.INT,
                6,
                Range.atLeast(0),
                "How many times slot.retry.delay.ms to go on trying while another process uses the slot.");
        definition.optional(
                SLOT_RETRY_DELAY,
                Type.LONG,
                10_000L,
                Range.atLeast(0),
                "The longest pause in milliseconds between those attempts; the first ones follow quickly.");
        definition.optional(PUBLICATION, Type.STRING, "dbz_publication", null, "Publication to read.");
        definition.optional(
                PUBLICATION_MODE,
                Type.STRING,
                "filtered",
                CaseInsensitiveValidString.in(SourceConfig.names(PublicationMode.values())),
                "What to do if the publication does not exist: disabled (fail), filtered (create it for the captured"
                        + " tables and keep it so), all_tables (needs a superuser), no_tables. Debezium's default is"
                        + " all_tables; filtered needs no superuser and leaves other tables alone.");
        definition.optional(
                VIA_PARTITION_ROOT,
                Type.BOOLEAN,
                false,
                null,
                "Capture a partitioned table as one table instead of each partition as a table.");
        definition.optional(
                STATUS_INTERVAL,
                Type.INT,
                10_000,
                Range.atLeast(100),
                "Milliseconds between status updates to the server.");

        definition.group(CAPTURE_GROUP);
        definition.regexList(TABLE_INCLUDE, "Tables to capture, as regular expressions on schema.table.");
        definition.regexList(TABLE_EXCLUDE, "Tables not to capture, as regular expressions on schema.table.");
        definition.regexList(SCHEMA_INCLUDE, "Schemas to capture, as regular expressions.");
        definition.regexList(SCHEMA_EXCLUDE, "Schemas not to capture, as regular expressions.");
        definition.regexList(
                COLUMN_INCLUDE, "Columns to keep in values, as regular expressions on schema.table.column.");
        definition.regexList(COLUMN_EXCLUDE, "Columns to leave out, as regular expressions on schema.table.column.");
        definition.optional(
                SKIPPED_OPERATIONS,
                Type.LIST,
                "t",
                SourceProperties::requireOperations,
                "Operations not to emit: c, u, d, t, or none.");
        definition.optional(
                SNAPSHOT_MODE,
                Type.STRING,
                "initial",
                CaseInsensitiveValidString.in(SourceConfig.names(SnapshotMode.values())),
                "When to read the tables' contents.");
        definition.optional(TOMBSTONES, Type.BOOLEAN, true, null, "Follow a delete by a record without value.");

        definition.group(REPRESENTATION_GROUP);
        definition.optional(
                DECIMALS,
                Type.STRING,
                "precise",
                CaseInsensitiveValidString.in(SourceConfig.names(Representation.Decimals.values())),
                "How numeric and money look: Connect's Decimal, a double, or a string, which alone has NaN exactly.");
        definition.optional(
                TIMES,
                Type.STRING,
                "adaptive",
                ValidString.in("adaptive"),
                "How dates and times look: by the column's precision. Other modes are not supported yet.");
        definition.optional(
                INTERVALS,
                Type.STRING,
                "numeric",
                CaseInsensitiveValidString.in(SourceConfig.names(Representation.Intervals.values())),
                "How intervals look: microseconds, which blurs months and days, or an exact ISO 8601 string.");
        definition.optional(
                BINARY,
                Type.STRING,
                "bytes",
                ValidString.in("bytes"),
                "How bytea looks. Other modes are not supported yet.");
        definition.optional(MONEY_DIGITS, Type.INT, 2, Range.between(0, 18), "Digits after the point of money.");
        definition.optional(
                UNKNOWN_TYPES,
                Type.BOOLEAN,
                false,
                null,
                "Emit columns of types without a representation as the bytes of their text instead of leaving them out.");
        definition.optional(
                UNAVAILABLE_VALUE,
                Type.STRING,
                "__debezium_unavailable_value",
                null,
                "What stands for a large value that an update did not change and that is therefore not in the WAL.");
        definition.regexList(
                PROPAGATE_COLUMNS,
                "Columns whose type, length and scale are added to the schema, as regular expressions on"
                        + " schema.table.column.");
        definition.regexList(
                PROPAGATE_TYPES,
                "Types whose columns have type, length and scale added to the schema, as regular expressions on"
                        + " database.type.");
        definition.optional(
                TOPIC_NAMING,
                Type.STRING,
                TopicNaming.DEFAULT_STRATEGY,
                ValidString.in(TopicNaming.DEFAULT_STRATEGY, TopicNaming.UNICODE_STRATEGY),
                "How topics are named; a class of your own cannot be given.");
        definition.optional(TOPIC_DELIMITER, Type.STRING, ".", null, "What separates the parts of a topic's name.");
        definition.optional(
                EXTENDED_HEADERS,
                Type.BOOLEAN,
                true,
                null,
                "Add headers that name the connector and the task, as Debezium does since 3.3.");

        definition.group(RUNTIME_GROUP);
        definition.optional(MAX_BATCH, Type.INT, 2048, Range.atLeast(1), "Events handed to Connect at once, about.");
        definition.optional(
                MAX_QUEUE_BYTES,
                Type.LONG,
                32L << 20,
                Range.atLeast(1),
                "Bytes of events that may wait between PostgreSQL and Kafka. Debezium's default is no bound.");
        definition.optional(
                POLL_INTERVAL,
                Type.LONG,
                500L,
                Range.atLeast(1),
                "The longest time in milliseconds a poll waits for an event; an event ends the wait at once.");
        definition.optional(
                MAX_RETRIES, Type.INT, -1, Range.atLeast(-1), "Outages in a row to bear; -1 for any number.");
        definition.optional(
                RETRY_DELAY,
                Type.LONG,
                10_000L,
                Range.atLeast(1),
                "The longest pause in milliseconds between attempts.");
        return definition.configDef;
    }

    /** Keeps the order within groups while defining. */
    private static final class Definition {

        private final ConfigDef configDef = new ConfigDef();
        private String group = "";
        private int order;

        void group(String name) {
            group = name;
            order = 0;
        }

        void required(String name, Type type, String documentation) {
            required(name, type, new ConfigDef.NonEmptyString(), documentation);
        }

        void required(String name, Type type, Validator validator, String documentation) {
            define(name, type, ConfigDef.NO_DEFAULT_VALUE, validator, Importance.HIGH, documentation);
        }

        void optional(
                String name,
                Type type,
                @Nullable Object defaultValue,
                @Nullable Validator validator,
                String documentation) {
            define(name, type, defaultValue, validator, Importance.MEDIUM, documentation);
        }

        void regexList(String name, String documentation) {
            optional(
                    name,
                    Type.STRING,
                    null,
                    SourceProperties::requireExpressions,
                    documentation + " Separated by commas, matched against the whole name without regard to case.");
        }

        @SuppressWarnings("NullAway") // ConfigDef takes null for no default and for no validator.
        private void define(
                String name,
                Type type,
                @Nullable Object defaultValue,
                @Nullable Validator validator,
                Importance importance,
                String documentation) {
            order++;
            configDef.define(
                    name,
                    type,
                    defaultValue,
                    validator,
                    importance,
                    documentation,
                    group,
                    order,
                    ConfigDef.Width.MEDIUM,
                    name);
        }
    }

    private static Validator matching(Pattern pattern, String description) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (value != null && !pattern.matcher((String) value).matches()) {
                        throw new ConfigException(name, value, "must be " + description);
                    }
                },
                () -> description);
    }

    private static void requireExpressions(String name, @Nullable Object value) {
        try {
            TableFilter.patterns((String) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    private static void requireOperations(String name, Object value) {
        for (Object operation : (List<?>) value) {
            if (!OPERATIONS.contains(operation.toString().trim())) {
                throw new ConfigException(name, value, "takes c, u, d, t or none");
            }
        }
    }
}
