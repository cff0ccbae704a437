package dev.walbrook.connect.source;

import dev.walbrook.testkit.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How tests configure a source connector on a worker. */
public final class SourceConnector {

    private SourceConnector() {}

    /** What each needs: of that name, whose topics begin with it, on a database, with JSON that Kafka's converter writes. */
    public static Map<String, String> properties(String name, TestDatabase database) {
        Map<String, String> properties = new HashMap<>();
        properties.put("connector.class", "dev.walbrook.connect.source.PostgresSourceConnector");
        properties.put("tasks.max", "1");
        properties.put("database.hostname", database.host());
        properties.put("database.port", Integer.toString(database.port()));
        properties.put("database.user", database.user());
        properties.put("database.password", database.password());
        properties.put("database.dbname", database.name());
        properties.put("topic.prefix", name);
        properties.put("slot.name", name + "_" + database.name());
        for (String side : List.of("key", "value")) {
            properties.put(side + ".converter", "org.apache.kafka.connect.json.JsonConverter");
            properties.put(side + ".converter.schemas.enable", "false");
        }
        return properties;
    }
}
