package dev.walbrook.connect.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The tags that {@code custom.metric.tags} adds to the names of metrics. */
public final class MetricTags {

    public static final ConfigDef.Validator VALIDATOR =
            ConfigDef.LambdaValidator.with(MetricTags::requireTags, () -> "key=value,key=value");

    /** The keys that the names have already. */
    private static final Set<String> TAKEN = Set.of("type", "context", "server");

    private MetricTags() {}

    /**
     * Reads {@code key=value,key=value}.
     *
     * @return the tags in their order
     * @throws IllegalArgumentException if it is not written so
     */
    public static Map<String, String> parse(@Nullable String list) {
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
            parse((String) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }
}
