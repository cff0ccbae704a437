package dev.walbrook.connect.sink;

import dev.walbrook.connect.sink.record.TableNaming;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds everything that is wrong with a sink's configuration, in one pass. */
final class SinkConfigCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SinkConfigCheck.class);

    private static final Set<String> KEY_MODES = Set.of("none", "record_key", "record_value");

    private static final Map<String, String> KEY_MODES_TO_COME = Map.of(
            "kafka", "is not supported yet: rows would be keyed by topic, partition and offset",
            "record_header", "is not supported yet: rows would be keyed by fields of the record's headers");

    /** Properties of Debezium's sink that would change what is written, and that this one does not have. */
    private static final Map<String, String> UNSUPPORTED = Map.of(
            "field.include.list", "choosing fields is not supported yet; use the transform ReplaceField",
            "field.exclude.list", "choosing fields is not supported yet; use the transform ReplaceField",
            "collection.naming.strategy",
                    "other naming strategies are not supported; use " + SinkConfig.COLLECTION_NAME_FORMAT,
            "table.naming.strategy",
                    "other naming strategies are not supported; use " + SinkConfig.COLLECTION_NAME_FORMAT,
            "column.naming.strategy", "other naming strategies are not supported; columns are named as at the source",
            "connection.provider",
                    "connection providers are not supported; the sink keeps one connection for each task");

    /** What says nothing about the rows: how Debezium's sink does its work. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "connection.pool.min_size",
            "connection.pool.max_size",
            "connection.pool.acquire_increment",
            "connection.pool.timeout",
            "connection.restart.on.errors",
            "use.reduction.buffer",
            "keyed.message.batch.mode",
            "dialect.name",
            "dialect.postgres.unnest.insert.enabled",
            "dialect.postgres.postgis.schema",
            "dialect.sqlserver.identity.insert",
            "internal.enable.sces");

    private final Map<String, String> properties;
    private final Map<String, ConfigValue> values = new TreeMap<>();

    private SinkConfigCheck(Map<String, String> properties) {
        this.properties = properties;
    }

    /** The values of all properties, each with what is wrong with it. */
    static List<ConfigValue> check(Map<String, String> properties) {
        return new SinkConfigCheck(properties).run();
    }

    private List<ConfigValue> run() {
        Map<String, String> canonical = SinkConfig.canonical(properties);
        SinkConfig.DEFINITION.validate(canonical).forEach(value -> values.put(value.name(), value));
        checkUrl();
        checkNaming();
        checkTimeZone();
        checkPlaceholder();
        checkKey();
        UNSUPPORTED.forEach((name, reason) -> {
            if (properties.containsKey(name)) {
                error(name, reason);
            }
        });
        properties.keySet().stream()
                .filter(name -> WITHOUT_EFFECT.contains(name) || name.startsWith("hibernate."))
                .sorted()
                .forEach(name -> LOG.warn("connector={} {} has no effect", properties.get("name"), name));
        return List.copyOf(values.values());
    }

    private void checkUrl() {
        String url = text(SinkConfig.URL);
        if (url != null) {
            ConfigValue secret = values.get(SinkConfig.PASSWORD);
            String password = secret != null && secret.value() instanceof Password given ? given.value() : null;
            try {
                TargetUrl.parse(url, text(SinkConfig.USERNAME), password);
            } catch (IllegalArgumentException e) {
                error(SinkConfig.URL, String.valueOf(e.getMessage()));
            }
        }
    }

    private void checkNaming() {
        String format = text(SinkConfig.COLLECTION_NAME_FORMAT);
        if (format != null) {
            try {
                TableNaming.parse(format);
            } catch (IllegalArgumentException e) {
                error(SinkConfig.COLLECTION_NAME_FORMAT, String.valueOf(e.getMessage()));
            }
        }
    }

    private void checkTimeZone() {
        String zone = text(SinkConfig.TIME_ZONE);
        if (zone != null) {
            try {
                ZoneId.of(zone);
            } catch (DateTimeException e) {
                error(SinkConfig.TIME_ZONE, "is not a time zone; name one like Europe/London");
            }
        }
    }

    private void checkPlaceholder() {
        String placeholder = text(SinkConfig.UNAVAILABLE_VALUE);
        if (placeholder != null && placeholder.startsWith("hex:") && !placeholder.matches("hex:([0-9a-fA-F]{2})+")) {
            error(SinkConfig.UNAVAILABLE_VALUE, "must have pairs of hexadecimal digits after hex:");
        }
    }

    private void checkKey() {
        String keyMode = text(SinkConfig.PRIMARY_KEY_MODE);
        if (keyMode == null) {
            return;
        }
        if (!KEY_MODES.contains(keyMode)) {
            error(
                    SinkConfig.PRIMARY_KEY_MODE,
                    KEY_MODES_TO_COME.containsKey(keyMode)
                            ? keyMode + " " + KEY_MODES_TO_COME.get(keyMode)
                            : "must be one of none, record_key, record_value");
            return;
        }
        String insertMode = text(SinkConfig.INSERT_MODE);
        if (keyMode.equals("none") && insertMode != null && !insertMode.equals("insert")) {
            error(
                    SinkConfig.PRIMARY_KEY_MODE,
                    "must be record_key or record_value for " + SinkConfig.INSERT_MODE + "=" + insertMode
                            + ", which has to know which row is meant");
        }
    }

    private @Nullable String text(String name) {
        ConfigValue value = values.get(name);
        return value != null && value.errorMessages().isEmpty() && value.value() instanceof String text ? text : null;
    }

    private void error(String name, String message) {
        values.computeIfAbsent(name, any -> new ConfigValue(name, properties.get(name), List.of(), new ArrayList<>()))
                .addErrorMessage(name + ": " + message);
    }
}
