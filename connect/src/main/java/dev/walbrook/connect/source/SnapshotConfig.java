package dev.walbrook.connect.source;

import dev.walbrook.capture.RangeSettings;
import dev.walbrook.capture.SnapshotMode;
import dev.walbrook.capture.SnapshotPolicy;
import dev.walbrook.capture.SnapshotSettings;
import dev.walbrook.capture.TableFilter;
import dev.walbrook.connect.source.property.SnapshotProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/** Reads the snapshot's properties. */
final class SnapshotConfig {

    /** Debezium's names of former releases, which its 3.7 refuses, and what to set instead. */
    private static final Map<String, String> FORMER_MODES = Map.of(
            "never", "no_data",
            "schema_only", "no_data",
            "exported", "initial",
            "initial_schema_only", "no_data",
            "schema_only_recovery", "no_data",
            "recovery", "no_data",
            "custom", "initial");

    private SnapshotConfig() {}

    static SnapshotSettings parse(AbstractConfig config, Map<String, String> properties) {
        boolean shared = is(config, SnapshotProperties.LOCKING, SnapshotProperties.SHARED);
        return new SnapshotSettings(
                policy(config),
                TableFilter.patterns(config.getString(SnapshotProperties.TABLES)),
                selects(config, properties),
                SnapshotSettings.Order.valueOf(
                        config.getString(SnapshotProperties.ORDER).toUpperCase(Locale.ROOT)),
                is(config, SnapshotProperties.ISOLATION, SnapshotProperties.SERIALIZABLE),
                shared ? Duration.ofMillis(config.getLong(SnapshotProperties.LOCK_TIMEOUT)) : null,
                Duration.ofMillis(config.getLong(SnapshotProperties.DELAY)),
                Duration.ofMillis(config.getLong(SnapshotProperties.STREAMING_DELAY)),
                config.getInt(SnapshotProperties.THREADS),
                ranges(config, properties));
    }

    /**
     * What is wrong, by property.
     *
     * @param properties values by name; null for those not set
     */
    static Map<String, String> errors(Map<String, @Nullable String> properties) {
        Map<String, String> errors = new HashMap<>();
        String mode = properties.get(SnapshotProperties.SNAPSHOT_MODE);
        String instead = mode == null ? null : FORMER_MODES.get(mode.strip().toLowerCase(Locale.ROOT));
        if (instead != null) {
            errors.put(
                    SnapshotProperties.SNAPSHOT_MODE, "There is no mode " + mode + " any more. Set " + instead + '.');
        }
        properties.forEach((name, value) -> {
            if (name.startsWith(SnapshotProperties.MULTIPLIER_PREFIX) && positive(value) == null) {
                errors.put(name, "must be a whole number above 0, and is " + value);
            }
        });
        return errors;
    }

    private static SnapshotPolicy policy(AbstractConfig config) {
        SnapshotMode mode = SnapshotMode.valueOf(
                config.getString(SnapshotProperties.SNAPSHOT_MODE).toUpperCase(Locale.ROOT));
        if (mode != SnapshotMode.CONFIGURATION_BASED) {
            return SnapshotPolicy.of(mode);
        }
        return new SnapshotPolicy(
                config.getBoolean(SnapshotProperties.BASED_ON_DATA)
                        ? SnapshotPolicy.Reads.EVERY_START
                        : SnapshotPolicy.Reads.NEVER,
                config.getBoolean(SnapshotProperties.BASED_ON_STREAM),
                config.getBoolean(SnapshotProperties.BASED_ON_DATA_ERROR),
                config.getBoolean(SnapshotProperties.BASED_ON_SCHEMA));
    }

    /** The statements of the tables that are listed; a statement of another table, or a table without one, counts for nothing. */
    private static Map<String, String> selects(AbstractConfig config, Map<String, String> properties) {
        Map<String, String> selects = new HashMap<>();
        for (String listed : config.getList(SnapshotProperties.OVERRIDES)) {
            String table = listed.strip();
            String select = properties.get(SnapshotProperties.OVERRIDE_PREFIX + table);
            if (select != null && !select.isBlank()) {
                selects.put(table, select);
            }
        }
        return selects;
    }

    private static @Nullable RangeSettings ranges(AbstractConfig config, Map<String, String> properties) {
        if (config.getInt(SnapshotProperties.THREADS) == 1 || config.getBoolean(SnapshotProperties.LEGACY_THREADS)) {
            return null;
        }
        Map<String, Integer> ofTables = new HashMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(SnapshotProperties.MULTIPLIER_PREFIX)) {
                String table = name.substring(SnapshotProperties.MULTIPLIER_PREFIX.length());
                Integer multiplier = positive(value);
                if (multiplier != null) {
                    ofTables.put(table, multiplier);
                }
            }
        });
        return new RangeSettings(
                config.getInt(SnapshotProperties.THREADS_MULTIPLIER), ofTables, RangeSettings.SMALLEST_BYTES);
    }

    private static @Nullable Integer positive(@Nullable String value) {
        try {
            int number = value == null ? 0 : Integer.parseInt(value.strip());
            return number > 0 ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean is(AbstractConfig config, String property, String value) {
        return config.getString(property).equalsIgnoreCase(value);
    }
}
