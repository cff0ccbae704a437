package dev.walbrook.connect.sink;

import dev.walbrook.connect.Version;
import dev.walbrook.connect.sink.delivery.OffsetsTable;
import dev.walbrook.connect.sink.delivery.StoredOffsets;
import dev.walbrook.connect.sink.record.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes change events and flattened rows from Kafka topics into PostgreSQL tables. */
public final class PostgresSinkConnector extends SinkConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return Version.CURRENT;
    }

    @Override
    public ConfigDef config() {
        return SinkProperties.DEFINITION;
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return new Config(SinkConfigCheck.check(connectorConfigs));
    }

    @Override
    public void start(Map<String, String> props) {
        properties = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PostgresSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<Map<String, String>> configs = new ArrayList<>(maxTasks);
        for (int task = 0; task < maxTasks; task++) {
            Map<String, String> config = new HashMap<>(properties);
            config.put(SinkProperties.TASK, Integer.toString(task));
            configs.add(config);
        }
        return configs;
    }

    /**
     * Moves the target's offsets as Connect moves the group's.
     *
     * @throws org.apache.kafka.connect.errors.ConnectException if the target cannot be reached; nothing was moved then
     */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
        SinkConfig config = SinkConfig.parse(connectorConfig);
        TableName table = config.offsets();
        if (table != null) {
            StoredOffsets.alter(config.session(), new OffsetsTable(table, config.consumerGroup()), offsets);
        }
        return true;
    }

    @Override
    public void stop() {
        // Nothing runs outside the tasks.
    }
}
