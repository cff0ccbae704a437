package dev.walbrook.connect.sink;

import dev.walbrook.connect.sink.record.PrimaryKeyMode;
import dev.walbrook.connect.sink.record.RecordReader;
import dev.walbrook.connect.sink.record.TableNaming;
import dev.walbrook.connect.sink.table.SchemaEvolution;
import dev.walbrook.connect.sink.write.InsertMode;
import dev.walbrook.connect.sink.write.SinkWriter;
import dev.walbrook.postgres.ConnectionSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The sink's configuration, with the property names of Debezium's JDBC sink.
 *
 * @param connector the connector's name
 * @param task which of its tasks, from 0
 * @param reader what reading records has to know
 * @param writer what writing them has to know
 * @param retryDelayMs the first pause after an outage, in milliseconds; the following ones grow
 */
record SinkConfig(
        String connector, int task, RecordReader.Settings reader, SinkWriter.Settings writer, long retryDelayMs) {

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
    static final String UNAVAILABLE_VALUE = "unavailable.value.placeholder";
    static final String FLUSH_MAX_RETRIES = "flush.max.retries";
    static final String FLUSH_RETRY_DELAY = "flush.retry.delay.ms";

    /** Which task this is: set by the connector, not by the user. */
    static final String TASK = "walbrook.task";

    /** Older and other names of the same properties. */
    static final Map<String, String> ALIASES = Map.of(
            "table.name.format", COLLECTION_NAME_FORMAT,
            "database.time_zone", TIME_ZONE,
            "connection.user", USERNAME);

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
                    Importance.HIGH,
                    "Where the columns are that say which row is meant: none, record_key or record_value. Records without a"
                            + " key are appended; updates and deletes of such rows need REPLICA IDENTITY FULL at the source")
            .define(
                    PRIMARY_KEY_FIELDS,
                    ConfigDef.Type.LIST,
                    List.of(),
                    Importance.MEDIUM,
                    "The fields of the key or the value that are the primary key; empty for all")
            .define(
                    SCHEMA_EVOLUTION,
                    ConfigDef.Type.STRING,
                    "none",
                    ValidString.in("none", "basic"),
                    Importance.HIGH,
                    "none: a missing table or column is an error; basic: missing schemas, tables, columns, enum types and"
                            + " enum labels are created. Added columns take nulls; rows that are there already get the source's constant default, new rows bring their values; nothing is"
                            + " ever dropped or altered")
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
                    "Accepted for compatibility. Names are always quoted: they mean exactly what the source calls things")
            .define(
                    TIME_ZONE,
                    ConfigDef.Type.STRING,
                    "UTC",
                    Importance.LOW,
                    "The time zone that timestamps without zone are taken to be in when their column has one")
            .define(
                    BATCH_SIZE,
                    ConfigDef.Type.INT,
                    500,
                    ConfigDef.Range.between(1, 10_000),
                    Importance.MEDIUM,
                    "How many rows go to the server together. One transaction holds all records of one poll, which the"
                            + " consumer's max.poll.records limits")
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

    /**
     * Reads properties that {@link SinkConfigCheck} has found nothing wrong with.
     *
     * @throws org.apache.kafka.common.config.ConfigException if there is something wrong all the same
     */
    static SinkConfig parse(Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(DEFINITION, canonical(properties), false);
        String connector = properties.getOrDefault("name", "walbrook-sink");
        ConnectionSettings connection = TargetUrl.parse(
                config.getString(URL), config.getString(USERNAME), password(config.getPassword(PASSWORD)));
        RecordReader.Settings reader = new RecordReader.Settings(
                TableNaming.parse(config.getString(COLLECTION_NAME_FORMAT)),
                PrimaryKeyMode.valueOf(upper(config.getString(PRIMARY_KEY_MODE))),
                config.getList(PRIMARY_KEY_FIELDS),
                config.getBoolean(DELETE_ENABLED),
                config.getBoolean(TRUNCATE_ENABLED),
                config.getString(UNAVAILABLE_VALUE));
        SinkWriter.Settings writer = new SinkWriter.Settings(
                connection,
                "walbrook sink " + connector,
                config.getString(TIME_ZONE),
                InsertMode.valueOf(upper(config.getString(INSERT_MODE))),
                SchemaEvolution.valueOf(upper(config.getString(SCHEMA_EVOLUTION))),
                config.getInt(BATCH_SIZE));
        int task = Integer.parseInt(properties.getOrDefault(TASK, "0"));
        return new SinkConfig(connector, task, reader, writer, config.getLong(FLUSH_RETRY_DELAY));
    }

    /** The properties under the names of {@link #DEFINITION}. */
    static Map<String, String> canonical(Map<String, String> properties) {
        Map<String, String> canonical = new HashMap<>(properties);
        ALIASES.forEach((alias, name) -> {
            String value = canonical.remove(alias);
            if (value != null) {
                canonical.putIfAbsent(name, value);
            }
        });
        return canonical;
    }

    private static @Nullable String password(@Nullable Password password) {
        return password == null ? null : password.value();
    }

    private static String upper(String value) {
        return value.toUpperCase(Locale.ROOT);
    }
}
