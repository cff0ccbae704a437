package dev.walbrook.connect.sink;

import dev.walbrook.connect.sink.record.TableNaming;
import dev.walbrook.connect.sink.session.TargetSession;
import dev.walbrook.connect.sink.transaction.Subscription;
import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.SQLException;
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

    /**
     * A property that is refused.
     *
     * @param reason why, and what to do instead
     * @param harmless the end of the value that asks for nothing unusual
     */
    private record Refusal(String reason, String harmless) {

        boolean accepts(String value) {
            return value.isBlank() || (!harmless.isEmpty() && value.strip().endsWith(harmless));
        }
    }

    private static final String NO_CLASSES = "Classes written for Debezium's own interfaces cannot be loaded. ";

    private static final String NAME_TABLES = "Name the tables with " + SinkProperties.COLLECTION_NAME_FORMAT + ".";

    /** Properties of other sinks that would change what is written, and that this one does not have. */
    private static final Map<String, Refusal> REFUSED = Map.ofEntries(
            Map.entry(
                    "collection.naming.strategy",
                    new Refusal(NO_CLASSES + NAME_TABLES, "DefaultCollectionNamingStrategy")),
            Map.entry("table.naming.strategy", new Refusal(NO_CLASSES + NAME_TABLES, "DefaultTableNamingStrategy")),
            Map.entry(
                    "column.naming.strategy",
                    new Refusal(
                            NO_CLASSES + "Columns are named as at the source; the transform"
                                    + " ReplaceField renames them.",
                            "DefaultColumnNamingStrategy")),
            Map.entry("collection.table.format", new Refusal(NAME_TABLES, "${table}")),
            Map.entry(
                    "connection.provider",
                    new Refusal("The sink keeps one connection for each task. Remove the property.", "")),
            Map.entry(
                    "dialect.sqlserver.identity.insert",
                    new Refusal("The target is PostgreSQL. Remove the property.", "false")),
            Map.entry(
                    "table.name.normalize", new Refusal("Names are kept exactly as they are. " + NAME_TABLES, "false")),
            Map.entry(
                    "topics.to.tables.mapping",
                    new Refusal("The transform RegexRouter gives topics other names. Use it" + " instead.", "")),
            Map.entry(
                    "table.types",
                    new Refusal(
                            "Tables, partitioned tables, views and foreign tables are all written."
                                    + " Remove the property.",
                            "TABLE")));

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
            "dialect.starrocks.catalog.name",
            "cloud.events.schema.name.pattern",
            "internal.enable.sces",
            "connection.attempts",
            "connection.backoff.ms",
            "quote.sql.identifiers",
            "trim.sensitive.log",
            "batch.with.records.in.one.transaction");

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
        Map<String, String> canonical = SinkProperties.canonical(properties);
        SinkProperties.DEFINITION.validate(canonical).forEach(value -> values.put(value.name(), value));
        checkUrl();
        checkNaming();
        checkTimeZone();
        checkPlaceholder();
        checkKey();
        REFUSED.forEach((name, refusal) -> {
            String value = properties.get(name);
            if (value != null && !refusal.accepts(value)) {
                error(name, refusal.reason());
            }
        });
        checkAutoCreate();
        checkDrop();
        checkApplyMode();
        checkReplicationRole();
        properties.keySet().stream()
                .filter(name -> WITHOUT_EFFECT.contains(name) || name.startsWith("hibernate."))
                .sorted()
                .forEach(name -> LOG.warn("connector={} {} has no effect", properties.get("name"), name));
        return List.copyOf(values.values());
    }

    private void checkUrl() {
        String url = text(SinkProperties.URL);
        if (url != null) {
            ConfigValue secret = values.get(SinkProperties.PASSWORD);
            String password = secret != null && secret.value() instanceof Password given ? given.value() : null;
            try {
                TargetUrl.parse(url, text(SinkProperties.USERNAME), password);
            } catch (IllegalArgumentException e) {
                error(SinkProperties.URL, String.valueOf(e.getMessage()));
            }
        }
    }

    private void checkNaming() {
        String format = text(SinkProperties.COLLECTION_NAME_FORMAT);
        if (format != null) {
            try {
                TableNaming.parse(format);
            } catch (IllegalArgumentException e) {
                error(SinkProperties.COLLECTION_NAME_FORMAT, String.valueOf(e.getMessage()));
            }
        }
    }

    private void checkTimeZone() {
        String zone = text(SinkProperties.TIME_ZONE);
        if (zone != null) {
            try {
                ZoneId.of(zone);
            } catch (DateTimeException e) {
                error(SinkProperties.TIME_ZONE, "is not a time zone; name one like Europe/London");
            }
        }
    }

    private void checkPlaceholder() {
        String placeholder = text(SinkProperties.UNAVAILABLE_VALUE);
        if (placeholder != null && placeholder.startsWith("hex:") && !placeholder.matches("hex:([0-9a-fA-F]{2})+")) {
            error(SinkProperties.UNAVAILABLE_VALUE, "must have pairs of hexadecimal digits after hex:");
        }
    }

    private void checkAutoCreate() {
        if (SinkProperties.onlyEvolves(properties) && !properties.containsKey(SinkProperties.SCHEMA_EVOLUTION)) {
            error(
                    SinkProperties.SCHEMA_EVOLUTION,
                    "auto.evolve without auto.create has no counterpart; set schema.evolution=basic to create both tables and"
                            + " columns, or none for neither");
        }
    }

    private void checkApplyMode() {
        if (!"transaction".equals(text(SinkProperties.APPLY_MODE))) {
            return;
        }
        if (!"1".equals(properties.getOrDefault("tasks.max", "1").strip())) {
            error(SinkProperties.APPLY_MODE, "transaction needs tasks.max=1: tasks do not know of each other");
        }
        if ("at_least_once".equals(text(SinkProperties.DELIVERY_GUARANTEE))) {
            error(
                    SinkProperties.APPLY_MODE,
                    "transaction needs delivery.guarantee=exactly_once: a transaction that is written again would undo"
                            + " those after it");
        }
        if (!Subscription.of(properties).mayHaveTransactions()) {
            error(
                    SinkProperties.APPLY_MODE,
                    "transaction needs the source's topic of transactions, such as prefix.transaction, among the topics; the"
                            + " source writes it with provide.transaction.metadata=true");
        }
    }

    /** The target is asked only for what would fail each session; where it cannot be reached, the task will say so. */
    private void checkReplicationRole() {
        String role = text(SinkProperties.REPLICATION_ROLE);
        boolean right =
                values.values().stream().allMatch(value -> value.errorMessages().isEmpty());
        if (role == null || role.equals("origin") || !right) {
            return;
        }
        try (TargetSession session =
                new TargetSession(SinkConfig.parse(properties).session())) {
            session.connection();
        } catch (WalbrookException e) {
            if (e.kind().directive() != Directive.RETRY) {
                error(SinkProperties.REPLICATION_ROLE, String.valueOf(e.getMessage()));
            }
        } catch (SQLException e) {
            LOG.debug("connector={} the target could not be asked", properties.get("name"), e);
        }
    }

    private void checkDrop() {
        boolean filtered = properties.containsKey(SinkProperties.FIELD_INCLUDE_LIST)
                || properties.containsKey(SinkProperties.FIELD_EXCLUDE_LIST);
        if (filtered && "apply".equals(text(SinkProperties.EVOLUTION_DROP))) {
            error(
                    SinkProperties.EVOLUTION_DROP,
                    "cannot be apply where fields are left out, which look like columns that the source has dropped");
        }
    }

    private void checkKey() {
        String keyMode = text(SinkProperties.PRIMARY_KEY_MODE);
        if (keyMode == null) {
            return;
        }
        if (keyMode.equals("kafka")) {
            ConfigValue fields = values.get(SinkProperties.PRIMARY_KEY_FIELDS);
            if (fields != null && fields.value() instanceof List<?> names && !names.isEmpty() && names.size() != 3) {
                error(
                        SinkProperties.PRIMARY_KEY_FIELDS,
                        "must name three columns for primary.key.mode=kafka, for topic, partition and offset, or none");
            }
            ConfigValue deletes = values.get(SinkProperties.DELETE_ENABLED);
            if (deletes != null && Boolean.TRUE.equals(deletes.value())) {
                error(
                        SinkProperties.DELETE_ENABLED,
                        "a record's place in Kafka does not tell which row a delete means");
            }
        }
        String insertMode = text(SinkProperties.INSERT_MODE);
        if (keyMode.equals("none") && insertMode != null && !insertMode.equals("insert")) {
            error(
                    SinkProperties.PRIMARY_KEY_MODE,
                    "must say where the key is for " + SinkProperties.INSERT_MODE + "=" + insertMode
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
