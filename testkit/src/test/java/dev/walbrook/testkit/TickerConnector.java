package dev.walbrook.testkit;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Writes the numbers from 1 to {@code count} to {@code topic}, continuing after its offset; fails if told to. */
public final class TickerConnector extends SourceConnector {

    private Map<String, String> configuration = Map.of();

    @Override
    public void start(Map<String, String> properties) {
        configuration = properties;
    }

    @Override
    public void stop() {
        configuration = Map.of();
    }

    @Override
    public Class<? extends Task> taskClass() {
        return Ticker.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(configuration);
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define("topic", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "")
                .define("count", ConfigDef.Type.INT, 0, ConfigDef.Importance.HIGH, "")
                .define("fail", ConfigDef.Type.STRING, "", ConfigDef.Importance.HIGH, "");
    }

    @Override
    public String version() {
        return "1";
    }

    /** The only task. */
    public static final class Ticker extends SourceTask {

        private static final Map<String, String> PARTITION = Map.of("ticker", "only");

        private String topic = "";
        private int count;
        private long last;

        @Override
        public void start(Map<String, String> properties) {
            String fail = properties.getOrDefault("fail", "");
            if (!fail.isEmpty()) {
                throw new ConnectException(fail);
            }
            topic = properties.get("topic");
            count = Integer.parseInt(properties.get("count"));
            Map<String, Object> offset = context.offsetStorageReader().offset(PARTITION);
            last = offset == null ? 0 : (Long) offset.get("last");
        }

        @Override
        public @Nullable List<SourceRecord> poll() throws InterruptedException {
            if (last >= count) {
                // Returning at once would spin; Connect expects poll to block for a while.
                Thread.sleep(50);
                return null;
            }
            last++;
            return List.of(new SourceRecord(
                    PARTITION, Map.of("last", last), topic, Schema.STRING_SCHEMA, "n", Schema.INT64_SCHEMA, last));
        }

        @Override
        public void stop() {
            topic = "";
        }

        @Override
        public String version() {
            return "1";
        }
    }
}
