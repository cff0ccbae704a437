package dev.walbrook.admin.pipeline;

import dev.walbrook.postgres.ConnectionSettings;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The configuration of a connector that publishes a service's outbox, in whichever transport the service uses. */
public final class OutboxConfig {

    /** The connector's name. */
    public static final String CONNECTOR = "shop-outbox";

    /** The replication slot, and the publication. */
    public static final String SLOT = "shop_outbox";

    private static final String STRING_CONVERTER = "org.apache.kafka.connect.storage.StringConverter";

    private OutboxConfig() {}

    /**
     * The connector's configuration.
     *
     * @param database the service's database
     * @param password the password, or a reference to it such as {@code ${file:…:password}}; null for none
     */
    public static Map<String, String> connector(ConnectionSettings database, @Nullable String password) {
        Map<String, String> config = new TreeMap<>();
        config.put("connector.class", ConnectorConfigs.SOURCE_CLASS);
        config.put("tasks.max", "1");
        // The payload is text already.
        config.put("key.converter", STRING_CONVERTER);
        config.put("value.converter", STRING_CONVERTER);
        config.put("header.converter", STRING_CONVERTER);
        config.put("database.hostname", database.host());
        config.put("database.port", Integer.toString(database.port()));
        config.put("database.user", database.user());
        config.put("database.dbname", database.database());
        if (password != null) {
            config.put("database.password", password);
        }
        config.put("plugin.name", "pgoutput");
        config.put("topic.prefix", SLOT);
        config.put("slot.name", SLOT);
        config.put("publication.name", SLOT);
        config.put("publication.autocreate.mode", "filtered");
        config.put("publish.via.partition.root", "true");
        config.put("table.include.list", "public\\.outbox");
        config.put("message.prefix.include.list", "outbox");
        config.put("skipped.operations", "u,d,t");
        config.put("tombstones.on.delete", "false");
        config.put("status.update.interval.ms", "1000");
        config.put("transforms", "decode,route");
        config.put(
                "transforms.decode.type",
                "dev.walbrook.connector.postgresql.transforms.DecodeLogicalDecodingMessageContent");
        config.put("transforms.decode.fields.null.include", "true");
        config.put("transforms.route.type", "dev.walbrook.transforms.outbox.EventRouter");
        config.put("transforms.route.table.fields.additional.placement", "type:header:eventType");
        return config;
    }
}
