package dev.walbrook.transforms;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.connector.ConnectRecord;

/** {@link ToLogicalTopicRouter} under the name and with the defaults it had before. */
public class ByLogicalTableRouter<R extends ConnectRecord<R>> extends ToLogicalTopicRouter<R> {

    public static final String OVERVIEW_DOC =
            "The earlier name of ToLogicalTopicRouter, with the earlier name of the key's"
                    + " field, so that keys stay what they were. Use ToLogicalTopicRouter for new pipelines.";

    private static final String CACHE_SIZE_BEFORE = "logical.table.cache.size";
    private static final String FIELD_BEFORE = "__dbz__physicalTableIdentifier";

    public static final ConfigDef CONFIG_DEF = define();

    private static ConfigDef define() {
        ConfigDef definition = new ConfigDef();
        ToLogicalTopicRouter.CONFIG_DEF.configKeys().values().forEach(key -> {
            if (key.name.equals(CACHE_SIZE)) {
                definition.define(
                        CACHE_SIZE_BEFORE,
                        Type.INT,
                        key.defaultValue,
                        Range.atLeast(1),
                        Importance.LOW,
                        "The earlier name of " + CACHE_SIZE);
            }
            Object defaultValue = key.name.equals(KEY_FIELD_NAME) ? FIELD_BEFORE : key.defaultValue;
            definition.define(key.name, key.type, defaultValue, key.validator, key.importance, key.documentation);
        });
        return definition;
    }

    @Override
    public void configure(Map<String, ?> properties) {
        Map<String, Object> current = new HashMap<>(properties);
        current.putIfAbsent(KEY_FIELD_NAME, FIELD_BEFORE);
        Object size = properties.get(CACHE_SIZE_BEFORE);
        if (size != null) {
            current.putIfAbsent(CACHE_SIZE, size);
        }
        super.configure(current);
    }

    @Override
    String name() {
        return "ByLogicalTableRouter";
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }
}
