package dev.walbrook.conformance;

import dev.walbrook.testkit.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;

/** One of the two makers whose connectors are compared. */
public enum Subject {
    DEBEZIUM(
            "io.debezium.connector.postgresql.PostgresConnector",
            "io.debezium.connector.jdbc.JdbcSinkConnector",
            "zdbz"),
    WALBROOK(
            "dev.walbrook.connect.source.PostgresSourceConnector",
            "dev.walbrook.connect.sink.PostgresSinkConnector",
            "zwal");

    /** What stands for either connector's own name wherever it appears in a record. */
    static final String COMMON_NAME = "server";

    private final String connectorClass;
    private final String sinkClass;
    private final String tag;

    Subject(String connectorClass, String sinkClass, String tag) {
        this.connectorClass = connectorClass;
        this.sinkClass = sinkClass;
        this.tag = tag;
    }

    public String connectorClass() {
        return connectorClass;
    }

    /** The class of its sink. */
    public String sinkClass() {
        return sinkClass;
    }

    /** A name for topics, slot and publication that appears nowhere else; as long as the other connector's. */
    public String uniqueName(int pair) {
        return "%s%04dz".formatted(tag, pair);
    }

    /**
     * What every source connector of this maker needs to run; the caller adds to it.
     *
     * @param name of the topics' prefix, the slot and the publication
     */
    public Map<String, String> sourceProperties(String name, TestDatabase database) {
        Map<String, String> properties = new LinkedHashMap<>(connection(database));
        properties.put("connector.class", connectorClass);
        properties.put("tasks.max", "1");
        properties.put("topic.prefix", name);
        properties.put("plugin.name", "pgoutput");
        properties.put("slot.name", name);
        properties.put("publication.name", name);
        return properties;
    }

    /** How either maker's source connector reaches a database. */
    static Map<String, String> connection(TestDatabase database) {
        return Map.of(
                "database.hostname", database.host(),
                "database.port", Integer.toString(database.port()),
                "database.user", database.user(),
                "database.password", database.password(),
                "database.dbname", database.name());
    }
}
