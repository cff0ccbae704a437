package dev.walbrook.admin.pipeline;

import dev.walbrook.admin.database.DatabaseConnection;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.TableId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The configurations of the two connectors that {@code walbrook up} registers. */
public final class ConnectorConfigs {

    public static final String SOURCE_CLASS = "dev.walbrook.connect.source.PostgresSourceConnector";
    public static final String SINK_CLASS = "dev.walbrook.connect.sink.PostgresSinkConnector";
    public static final String SOURCE_NAME = "walbrook-source";
    public static final String SINK_NAME = "walbrook-sink";
    /** The sink's table with what its connectors have consumed. */
    public static final String SINK_OFFSETS = "walbrook_sink_offsets";
    /** Topic prefix, slot and publication. */
    public static final String NAME = "walbrook";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");

    private ConnectorConfigs() {}

    private static final String JSON_CONVERTER = "dev.walbrook.connect.json.JsonConverter";

    /**
     * The source connector's configuration.
     *
     * @param database the source
     * @param password the password, or a reference to it such as {@code ${file:…:password}}; null for none
     * @param includeList {@code table.include.list}; null for every table
     * @param captured the tables that will be captured, for whether their names need a naming strategy of their own
     */
    public static Map<String, String> source(
            ConnectionSettings database,
            @Nullable String password,
            @Nullable String includeList,
            Collection<TableId> captured) {
        Map<String, String> config = new TreeMap<>();
        config.put("connector.class", SOURCE_CLASS);
        config.put("tasks.max", "1");
        converters(config);
        config.put("database.hostname", database.host());
        config.put("database.port", Integer.toString(database.port()));
        config.put("database.user", database.user());
        config.put("database.dbname", database.database());
        if (password != null) {
            config.put("database.password", password);
        }
        database.properties().forEach((name, value) -> config.put("database." + name, value));
        config.put("plugin.name", "pgoutput");
        config.put("topic.prefix", NAME);
        config.put("slot.name", NAME);
        config.put("publication.name", NAME);
        config.put("publication.autocreate.mode", "filtered");
        config.put("publish.via.partition.root", "true");
        if (includeList != null) {
            config.put("table.include.list", includeList);
        }
        config.put("snapshot.mode", "initial");
        // Text keeps every digit, NaN and the infinities; the sink reads it back exactly.
        config.put("decimal.handling.mode", "string");
        config.put("interval.handling.mode", "string");
        config.put("include.unknown.datatypes", "true");
        config.put("column.propagate.source.type", ".*");
        // The sink truncates too; the default leaves truncations out.
        config.put("skipped.operations", "none");
        // The slot moves soon after the last change, so that lag is shown as it is and compare need not wait long.
        config.put("status.update.interval.ms", "1000");
        if (captured.stream().anyMatch(table -> !isPlain(table))) {
            // Otherwise names that differ in such characters alone would share a topic.
            config.put("topic.naming.strategy", "io.debezium.schema.SchemaUnicodeTopicNamingStrategy");
        }
        return config;
    }

    /**
     * The sink connector's configuration.
     *
     * @param database the sink
     * @param password as for the source
     */
    public static Map<String, String> sink(ConnectionSettings database, @Nullable String password) {
        Map<String, String> config = new TreeMap<>();
        config.put("connector.class", SINK_CLASS);
        config.put("tasks.max", "1");
        converters(config);
        config.put("topics.regex", NAME + "\\..*");
        config.put("connection.url", url(database));
        config.put("connection.username", database.user());
        if (password != null) {
            config.put("connection.password", password);
        }
        config.put("offsets.table.name", SINK_OFFSETS);
        config.put("insert.mode", "upsert");
        config.put("delete.enabled", "true");
        config.put("truncate.enabled", "true");
        config.put("primary.key.mode", "record_key");
        config.put("schema.evolution", "basic");
        config.put("collection.name.format", "${source.schema}.${source.table}");
        // A table's topic appears with its first event; the default is to look for new topics every five minutes.
        config.put("consumer.override.metadata.max.age.ms", "2000");
        // After a kill the next sink waits until the broker gives the dead one up: 45 seconds by default.
        config.put("consumer.override.session.timeout.ms", "6000");
        config.put("consumer.override.heartbeat.interval.ms", "2000");
        return config;
    }

    private static void converters(Map<String, String> config) {
        for (String part : List.of("key", "value")) {
            config.put(part + ".converter", JSON_CONVERTER);
            config.put(part + ".converter.schemas.enable", "true");
            // Otherwise a null in a column that has a default would arrive as that default.
            config.put(part + ".converter.replace.null.with.default", "false");
        }
        // Headers keep their types: a changed key travels in one, and the sink must read it as it was.
        config.put("header.converter", JSON_CONVERTER);
    }

    private static String url(ConnectionSettings database) {
        StringBuilder url = new StringBuilder(DatabaseConnection.jdbcUrl(database));
        char separator = '?';
        for (Map.Entry<String, String> property : new TreeMap<>(database.properties()).entrySet()) {
            url.append(separator)
                    .append(property.getKey())
                    .append('=')
                    .append(java.net.URLEncoder.encode(property.getValue(), java.nio.charset.StandardCharsets.UTF_8));
            separator = '&';
        }
        return url.toString();
    }

    private static boolean isPlain(TableId table) {
        return PLAIN.matcher(table.schema()).matches()
                && PLAIN.matcher(table.name()).matches();
    }
}
