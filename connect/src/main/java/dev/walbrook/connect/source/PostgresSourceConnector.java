package dev.walbrook.connect.source;

import dev.walbrook.connect.Version;
import dev.walbrook.connect.source.property.ReplicationProperties;
import dev.walbrook.connect.source.property.SourceProperties;
import dev.walbrook.connect.source.property.TopicProperties;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures the changes of one PostgreSQL database into Kafka: first the tables' contents, then every committed insert, update
 * and delete, in commit order, from a logical replication slot.
 *
 * <p>Properties, topics, envelopes and offsets are Debezium's ({@code io.debezium.connector.postgresql.PostgresConnector}).
 */
public final class PostgresSourceConnector extends SourceConnector {

    private static final Logger log = LoggerFactory.getLogger(PostgresSourceConnector.class);

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return Version.CURRENT;
    }

    @Override
    public void start(Map<String, String> props) {
        properties = Map.copyOf(props);
        UnknownProperties.in(properties)
                .forEach(name -> log.warn(
                        "connector={} does not know the property {} and ignores it", properties.get("name"), name));
        List<String> internal = UnknownProperties.internal(properties);
        if (!internal.isEmpty()) {
            log.warn(
                    "connector={} accepts {} for compatibility only: Debezium's internal switches have no effect",
                    properties.get("name"),
                    internal);
        }
        String plugin = properties.get(ReplicationProperties.PLUGIN);
        if (plugin != null && !plugin.equals("pgoutput")) {
            log.warn(
                    "connector={} reads through pgoutput, not {}: {} is accepted for compatibility only",
                    properties.get("name"),
                    plugin,
                    ReplicationProperties.PLUGIN);
        }
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PostgresSourceTask.class;
    }

    /** One task: a slot has one reader, and order is what a change stream is about. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(properties);
    }

    @Override
    public void stop() {
        // The connector itself holds nothing; its task does.
    }

    /** Exactly once means the snapshot, too, which must then be one Kafka transaction. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return SourceConfig.exactlyOnceError(connectorConfig) == null
                ? ExactlyOnceSupport.SUPPORTED
                : ExactlyOnceSupport.UNSUPPORTED;
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> connectorConfig) {
        return ConnectorTransactionBoundaries.SUPPORTED;
    }

    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        AlteredOffsets.require(connectorConfig.get(TopicProperties.TOPIC_PREFIX), offsets);
        return true;
    }

    @Override
    public ConfigDef config() {
        return SourceProperties.CONFIG_DEF;
    }

    /** Also asks the database, without changing anything there: a running connector is validated whenever it is updated. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return new Config(SourceValidation.validate(connectorConfigs));
    }
}
