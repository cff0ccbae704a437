package dev.walbrook.connect.sink;

import dev.walbrook.connect.metrics.MetricTags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The sink's properties, with the names of Debezium's JDBC sink. */
final class SinkProperties {

    private SinkProperties() {}

    static final String URL = "connection.url";
    static final String USERNAME = "connection.username";
    static final String PASSWORD = "connection.password";
    static final String INSERT_MODE = "insert.mode";
    static final String DELETE_ENABLED = "delete.enabled";
    static final String TRUNCATE_ENABLED = "truncate.enabled";
    static final String PRIMARY_KEY_MODE = "primary.key.mode";
    static final String PRIMARY_KEY_FIELDS = "primary.key.fields";
    static final String SCHEMA_EVOLUTION = "schema.evolution";
    static final String COLLECTION_NAME_FORMAT = "collection.name.format";
    static final String QUOTE_IDENTIFIERS = "quote.identifiers";
    static final String TIME_ZONE = "use.time.zone";
    static final String BATCH_SIZE = "batch.size";
    static final String LINGER = "batch.linger.ms";
    static final String APPLY_MODE = "apply.mode";
    static final String TRANSACTION_BUFFER = "transaction.buffer.bytes";
    static final String DELIVERY_GUARANTEE = "delivery.guarantee";
    static final String OFFSETS_TABLE = "offsets.table.name";
    static final String REPLICATION_ROLE = "session.replication.role";
    static final String METRIC_TAGS = "custom.metric.tags";
    static final String TABLE_METRICS = "metrics.by.table";
    static final String UNAVAILABLE_VALUE = "unavailable.value.placeholder";
    static final String FLUSH_MAX_RETRIES = "flush.max.retries";
    static final String FLUSH_RETRY_DELAY = "flush.retry.delay.ms";

    /** Which task this is: set by the connector, not by the user. */
    static final String TASK = "walbrook.task";

    static final String EVOLUTION_ADD = "schema.evolution.add";
    static final String EVOLUTION_WIDEN = "schema.evolution.widen";
    static final String EVOLUTION_NULLABILITY = "schema.evolution.nullability";
    static final String EVOLUTION_DROP = "schema.evolution.drop";
    static final String FIELD_INCLUDE_LIST = "field.include.list";
    static final String FIELD_EXCLUDE_LIST = "field.exclude.list";

    /** Older names of the same properties, and what the JDBC sinks of Confluent and Aiven call them. */
    static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("table.name.format", COLLECTION_NAME_FORMAT),
            Map.entry("database.time_zone", TIME_ZONE),
            Map.entry("db.timezone", TIME_ZONE),
            Map.entry("connection.user", USERNAME),
            Map.entry("pk.mode", PRIMARY_KEY_MODE),
            Map.entry("pk.fields", PRIMARY_KEY_FIELDS),
            Map.entry("fields.whitelist", FIELD_INCLUDE_LIST),
            Map.entry("max.retries", FLUSH_MAX_RETRIES),
            Map.entry("retry.backoff.ms", FLUSH_RETRY_DELAY));

    private static final ValidString ACTIONS = ValidString.in("apply", "ignore", "fail");

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    URL,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Importance.HIGH,
                    "The target: jdbc:postgresql://host:port/database, with further settings of the driver after a question"
                            + " mark, such as ?sslmode=verify-full")
            .define(USERNAME, ConfigDef.Type.STRING, null, Importance.HIGH, "The role; may also be in the URL")
            .define(PASSWORD, ConfigDef.Type.PASSWORD, null, Importance.HIGH, "Its password; may also be in the URL")
            .define(
                    INSERT_MODE,
                    ConfigDef.Type.STRING,
                    "insert",
                    ValidString.in("insert", "upsert", "update"),
                    Importance.HIGH,
                    "insert: each event is an INSERT, a key that is already there is an error; upsert: INSERT or UPDATE;"
                            + " update: UPDATE only")
            .define(
                    DELETE_ENABLED,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.HIGH,
                    "Whether delete events and tombstones delete rows. Tombstones need primary.key.mode=record_key")
            .define(
                    TRUNCATE_ENABLED,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether truncate events truncate the table")
            .define(
                    PRIMARY_KEY_MODE,
                    ConfigDef.Type.STRING,
                    "none",
                    ValidString.in("none", "kafka", "record_key", "record_value", "record_header"),
                    Importance.HIGH,
                    "Where the columns are that say which row is meant: record_key, record_value, record_header, or kafka for the"
                            + " record's topic, partition and offset in columns of their own. With none, and for records"
                            + " without a key, rows are appended; updates and deletes of such rows need REPLICA IDENTITY"
                            + " FULL at the source")
            .define(
                    PRIMARY_KEY_FIELDS,
                    ConfigDef.Type.LIST,
                    List.of(),
                    Importance.MEDIUM,
                    "The fields of the key or the value, or the headers, that are the primary key; empty for all. With"
                            + " primary.key.mode=kafka the names of the three columns; empty for __connect_topic,"
                            + " __connect_partition and __connect_offset")
            .define(
                    FIELD_INCLUDE_LIST,
                    ConfigDef.Type.LIST,
                    List.of(),
                    Importance.MEDIUM,
                    "The fields that are written, each as field or topic:field; empty for all. The key's are always written")
            .define(
                    FIELD_EXCLUDE_LIST,
                    ConfigDef.Type.LIST,
                    List.of(),
                    Importance.MEDIUM,
                    "The fields that are not written, each as field or topic:field. The key's are always written")
            .define(
                    SCHEMA_EVOLUTION,
                    ConfigDef.Type.STRING,
                    "none",
                    ValidString.in("none", "validate-only", "basic", "full"),
                    Importance.HIGH,
                    "none and validate-only: a missing table or column is an error; basic: missing schemas, tables, columns, enum types and"
                            + " enum labels are created. Columns have the source's constant default, which rows get that are there already;"
                            + " added ones without such a default take nulls; nothing is ever dropped or altered."
                            + " full: tables are created, and the properties that begin with schema.evolution. say what"
                            + " happens to their columns")
            .define(
                    EVOLUTION_ADD,
                    ConfigDef.Type.STRING,
                    "apply",
                    ACTIONS,
                    Importance.LOW,
                    "With schema.evolution=full, for columns that the target lacks: apply adds them, ignore does not write"
                            + " them, fail ends the task")
            .define(
                    EVOLUTION_WIDEN,
                    ConfigDef.Type.STRING,
                    "apply",
                    ACTIONS,
                    Importance.LOW,
                    "With schema.evolution=full, for columns whose type holds less than the source's, such as integer where the"
                            + " source has bigint: apply gives them the wider type, for which PostgreSQL may have to write"
                            + " the whole table anew; ignore leaves them, so that values that do not fit are refused; fail"
                            + " ends the task. Types that are merely different are left as they are")
            .define(
                    EVOLUTION_NULLABILITY,
                    ConfigDef.Type.STRING,
                    "apply",
                    ACTIONS,
                    Importance.LOW,
                    "With schema.evolution=full, for columns that refuse nulls although the source's take them: apply drops"
                            + " NOT NULL, ignore leaves it, fail ends the task. NOT NULL is never added")
            .define(
                    EVOLUTION_DROP,
                    ConfigDef.Type.STRING,
                    "ignore",
                    ACTIONS,
                    Importance.LOW,
                    "With schema.evolution=full, for columns that the source does not have any more: apply drops them with"
                            + " what they hold, ignore leaves them, fail ends the task. Only for tables that one topic"
                            + " alone writes")
            .define(
                    COLLECTION_NAME_FORMAT,
                    ConfigDef.Type.STRING,
                    "${topic}",
                    Importance.HIGH,
                    "The table's name: ${topic} is the topic with dots turned into underscores, ${source.FIELD} a field of"
                            + " the event's source, and a dot separates schema and table: ${source.schema}.${source.table}")
            .define(
                    QUOTE_IDENTIFIERS,
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Accepted for compatibility. Names are always quoted: they mean exactly what the source calls things. Where the"
                            + " target has a column only in lower case, as a sink makes it that does not quote, that one is"
                            + " written")
            .define(
                    TIME_ZONE,
                    ConfigDef.Type.STRING,
                    "UTC",
                    Importance.LOW,
                    "The time zone that timestamps without zone are taken to be in when their column has one")
            .define(
                    BATCH_SIZE,
                    ConfigDef.Type.INT,
                    1_000,
                    ConfigDef.Range.between(1, 1_000_000),
                    Importance.MEDIUM,
                    "With how many records a transaction is written at the latest. Records of several polls are put together;"
                            + " large documents make smaller batches. More are worth their memory only where each"
                            + " transaction waits long for the target")
            .define(
                    LINGER,
                    ConfigDef.Type.LONG,
                    50L,
                    ConfigDef.Range.between(0, 60_000),
                    Importance.LOW,
                    "How long a record may wait for others to be written with it, in milliseconds. 0 writes what each poll"
                            + " brings")
            .define(
                    APPLY_MODE,
                    ConfigDef.Type.STRING,
                    "table",
                    ValidString.in("table", "transaction"),
                    Importance.MEDIUM,
                    "table: the changes of a row keep their order; those of different tables, and the source's transactions,"
                            + " do not: readers of the target see parts of transactions, and foreign keys, unique columns"
                            + " and triggers may meet states that the source never had. transaction: the source's"
                            + " transactions are applied whole and in the order of their commits, several in one"
                            + " transaction of the target where they are small. It needs"
                            + " provide.transaction.metadata=true at a PostgreSQL source, the topic of transactions"
                            + " (prefix.transaction) among the topics, tasks.max=1 and delivery.guarantee=exactly_once")
            .define(
                    TRANSACTION_BUFFER,
                    ConfigDef.Type.LONG,
                    0L,
                    ConfigDef.Range.atLeast(0),
                    Importance.LOW,
                    "With apply.mode=transaction, how much of incomplete transactions is held in memory, roughly, in bytes."
                            + " A larger transaction ends the task. 0 for a quarter of the worker's heap")
            .define(
                    DELIVERY_GUARANTEE,
                    ConfigDef.Type.STRING,
                    "exactly_once",
                    ValidString.in("exactly_once", "at_least_once"),
                    Importance.HIGH,
                    "exactly_once: the consumed offsets are stored in the target, in the transaction of the rows, and the"
                            + " target decides where the connector goes on; move them with Connect's own commands"
                            + " (PATCH and DELETE /connectors/NAME/offsets). at_least_once: the target needs no table for"
                            + " offsets; after a crash some records are written again")
            .define(
                    OFFSETS_TABLE,
                    ConfigDef.Type.STRING,
                    "walbrook_sink_offsets",
                    Importance.LOW,
                    "The table for the offsets, with its schema if that is not the first of the search_path. It is created"
                            + " if it is missing; connectors of one Kafka cluster may share it. A Kafka cluster that was set"
                            + " up anew needs another one")
            .define(
                    REPLICATION_ROLE,
                    ConfigDef.Type.STRING,
                    "origin",
                    ValidString.in("origin", "replica", "local"),
                    Importance.MEDIUM,
                    "PostgreSQL's session_replication_role for the sink's sessions. origin: triggers fire and foreign keys"
                            + " are checked as for any other session. replica: neither, but for triggers that are enabled"
                            + " for it, as in PostgreSQL's own logical replication: for targets whose triggers would do"
                            + " once more what the source's have done, and for initial loads of tables with foreign keys,"
                            + " which are then not checked. local: as origin, for triggers that ask. All but origin need a"
                            + " superuser or, since PostgreSQL 15, GRANT SET ON PARAMETER session_replication_role TO the"
                            + " role")
            .define(
                    METRIC_TAGS,
                    ConfigDef.Type.STRING,
                    null,
                    MetricTags.VALIDATOR,
                    Importance.LOW,
                    "Tags added to the names of metrics, as key=value, separated by commas")
            .define(
                    TABLE_METRICS,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Whether the metrics count changes by table, too")
            .define(
                    UNAVAILABLE_VALUE,
                    ConfigDef.Type.STRING,
                    "__debezium_unavailable_value",
                    Importance.LOW,
                    "The source's placeholder for large values that an update left alone; such columns are not written."
                            + " After hex: in hexadecimal")
            .define(
                    FLUSH_MAX_RETRIES,
                    ConfigDef.Type.INT,
                    5,
                    Importance.LOW,
                    "Accepted for compatibility. Outages are retried until they are over, other errors not at all")
            .define(
                    FLUSH_RETRY_DELAY,
                    ConfigDef.Type.LONG,
                    1_000L,
                    ConfigDef.Range.atLeast(1),
                    Importance.LOW,
                    "The first pause after an outage, in milliseconds; each further one is twice as long, up to 30 seconds");

    /** What {@code auto.create} and {@code auto.evolve} of other sinks mean together. */
    private static final String AUTO_CREATE = "auto.create";

    private static final String AUTO_EVOLVE = "auto.evolve";

    /** The properties under the names of {@link #DEFINITION}. */
    static Map<String, String> canonical(Map<String, String> properties) {
        Map<String, String> canonical = new HashMap<>(properties);
        ALIASES.forEach((alias, name) -> {
            String value = canonical.remove(alias);
            if (value != null) {
                canonical.putIfAbsent(name, value);
            }
        });
        if (isTrue(properties, AUTO_CREATE) && !properties.containsKey(SCHEMA_EVOLUTION)) {
            canonical.put(SCHEMA_EVOLUTION, "basic");
            if (!isTrue(properties, AUTO_EVOLVE)) {
                canonical.put(SCHEMA_EVOLUTION, "full");
                canonical.put(EVOLUTION_ADD, "fail");
                canonical.put(EVOLUTION_WIDEN, "ignore");
                canonical.put(EVOLUTION_NULLABILITY, "ignore");
            }
        }
        return canonical;
    }

    private static boolean isTrue(Map<String, String> properties, String name) {
        return Boolean.parseBoolean(properties.get(name));
    }

    /** Whether columns are to be added but no tables created, which has no counterpart. */
    static boolean onlyEvolves(Map<String, String> properties) {
        return isTrue(properties, AUTO_EVOLVE) && !isTrue(properties, AUTO_CREATE);
    }
}
