package dev.walbrook.connect.source.property;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What is told to monitoring. */
public final class MetricsProperties {

    public static final String TAGS = "custom.metric.tags";
    public static final String STATISTICS = "statistics.metrics.enabled";
    public static final String ADVANCED = "internal.advanced.metrics.enable";

    /** The keys that the names have already. */
    private static final Set<String> TAKEN = Set.of("type", "context", "server");

    private MetricsProperties() {}

    static void define(Definition definition) {
        definition.group("Metrics");
        definition.optional(
                TAGS,
                Type.STRING,
                "",
                ConfigDef.LambdaValidator.with(MetricsProperties::requireTags, () -> "key=value,key=value"),
                "Further keys of the MBeans' object names, as key=value separated by commas.");
        definition.optional(
                STATISTICS,
                Type.BOOLEAN,
                true,
                null,
                "Show minimum, maximum, average and quantiles of MilliSecondsBehindSource.");
        definition.optional(
                ADVANCED,
                Type.BOOLEAN,
                false,
                null,
                "Accepted for compatibility with Debezium; events are always counted by table, which costs next to"
                        + " nothing.");
    }

    /**
     * Reads {@code key=value,key=value}.
     *
     * @return the tags in their order
     * @throws IllegalArgumentException if it is not written so
     */
    public static Map<String, String> tags(@Nullable String list) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (list == null || list.isBlank()) {
            return tags;
        }
        for (String part : list.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (key.isEmpty() || value.isEmpty() || key.chars().anyMatch(c -> "*?,=:\"\n".indexOf(c) >= 0)) {
                throw new IllegalArgumentException("'" + part.strip() + "' is not key=value");
            }
            if (TAKEN.contains(key) || tags.put(key, value) != null) {
                throw new IllegalArgumentException("the key " + key + " is there already");
            }
        }
        return tags;
    }

    private static void requireTags(String name, @Nullable Object value) {
        try {
            tags((String) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }
}
