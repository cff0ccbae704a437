package dev.walbrook.connect.source;

import dev.walbrook.capture.TableFilter;
import dev.walbrook.capture.preflight.Finding;
import dev.walbrook.capture.preflight.NamedFilter;
import dev.walbrook.capture.preflight.Preflight;
import dev.walbrook.connect.source.property.ConnectionProperties;
import dev.walbrook.connect.source.property.FilterProperties;
import dev.walbrook.connect.source.property.ReplicationProperties;
import dev.walbrook.connect.source.property.SourceProperties;
import dev.walbrook.connect.source.property.TopicProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is wrong with a configuration, each problem on the property it belongs to: first what the values
 * themselves tell, then what the database says.
 *
 * <p>The database is asked with as much of the configuration as is right, so that one mistake does not hide another; only
 * without a right address there is nobody to ask.
 */
final class SourceValidation {

    private static final Logger log = LoggerFactory.getLogger(SourceValidation.class);

    /** Without these right, there is no connecting. */
    private static final Set<String> NEEDED_TO_CONNECT = Set.of(
            ConnectionProperties.HOST,
            ConnectionProperties.PORT,
            ConnectionProperties.USER,
            ConnectionProperties.PASSWORD,
            ConnectionProperties.DATABASE,
            ConnectionProperties.SSL_MODE);

    private static final Map<String, NamedFilter.Kind> FILTERS = filters();

    private final Map<String, String> properties;
    private final Map<String, ConfigValue> values = new LinkedHashMap<>();

    private SourceValidation(Map<String, String> properties) {
        this.properties = properties;
    }

    private static Map<String, NamedFilter.Kind> filters() {
        Map<String, NamedFilter.Kind> filters = new LinkedHashMap<>();
        filters.put(FilterProperties.SCHEMA_INCLUDE, NamedFilter.Kind.SCHEMAS);
        filters.put(FilterProperties.SCHEMA_EXCLUDE, NamedFilter.Kind.SCHEMAS);
        filters.put(FilterProperties.TABLE_INCLUDE, NamedFilter.Kind.TABLES);
        filters.put(FilterProperties.TABLE_EXCLUDE, NamedFilter.Kind.TABLES);
        filters.put(FilterProperties.COLUMN_INCLUDE, NamedFilter.Kind.COLUMNS);
        filters.put(FilterProperties.COLUMN_EXCLUDE, NamedFilter.Kind.COLUMNS);
        return filters;
    }

    /**
     * Validates, which may take as long as {@code connection.validation.timeout.ms} says.
     *
     * @return a value for each property that is defined, and for others that something is wrong with
     */
    static List<ConfigValue> validate(Map<String, String> properties) {
        SourceValidation validation = new SourceValidation(properties);
        validation.checkValues();
        validation.checkDatabase();
        return new ArrayList<>(validation.values.values());
    }

    private void checkValues() {
        for (ConfigValue value : SourceProperties.CONFIG_DEF.validate(properties)) {
            values.put(value.name(), value);
        }
        Map<String, @Nullable String> given = new HashMap<>(properties);
        SourceConfig.crossFieldErrors(given).forEach(this::error);
    }

    private void checkDatabase() {
        Set<String> wrong = new HashSet<>();
        values.forEach((name, value) -> {
            if (!value.errorMessages().isEmpty()) {
                wrong.add(name);
            }
        });
        if (wrong.stream().anyMatch(NEEDED_TO_CONNECT::contains)) {
            return;
        }
        Map<String, String> right = new HashMap<>(properties);
        right.keySet().removeAll(wrong);
        // It says nothing to the database, and without it nothing can be parsed.
        right.putIfAbsent(TopicProperties.TOPIC_PREFIX, "unnamed");
        SourceConfig config;
        try {
            config = SourceConfig.parse(properties.getOrDefault("name", ""), "0", right);
        } catch (ConfigException e) {
            // Said already of the property; what is left of the configuration is not enough to ask with.
            log.debug("configuration cannot be checked with the database", e);
            return;
        }
        Duration timeout = Duration.ofMillis(validationTimeout(right));
        for (Finding finding : Preflight.run(config.capture(), namedFilters(right), timeout)) {
            report(finding, wrong);
        }
    }

    private void report(Finding finding, Set<String> wrong) {
        String property = property(finding);
        if (!finding.isError()) {
            log.warn("connector={} {}: {}", properties.get("name"), property, finding.message());
        } else if (!wrong.contains(property)
                && !(aboutTables(finding) && wrong.stream().anyMatch(SourceValidation::choosesTables))) {
            // What was asked with a default in the place of a wrong value tells nothing about the value.
            error(property, finding.message());
        }
    }

    private static boolean aboutTables(Finding finding) {
        return switch (finding.subject()) {
            case TABLES, FILTER, PUBLICATION, PUBLICATION_MODE -> true;
            default -> false;
        };
    }

    private static boolean choosesTables(String property) {
        NamedFilter.Kind kind = FILTERS.get(property);
        return kind != null && kind != NamedFilter.Kind.COLUMNS;
    }

    private void error(String property, String message) {
        values.computeIfAbsent(
                        property, name -> new ConfigValue(name, properties.get(name), List.of(), new ArrayList<>()))
                .addErrorMessage(message);
    }

    private String property(Finding finding) {
        String filter = finding.filter();
        if (filter != null) {
            return filter;
        }
        return switch (finding.subject()) {
            case ADDRESS, SERVER -> ConnectionProperties.HOST;
            case TLS -> ConnectionProperties.SSL_MODE;
            case USER -> ConnectionProperties.USER;
            case PASSWORD -> ConnectionProperties.PASSWORD;
            case DATABASE -> ConnectionProperties.DATABASE;
            case SLOT -> ReplicationProperties.SLOT;
            case FAILOVER_SLOT -> ReplicationProperties.SLOT_FAILOVER;
            case PUBLICATION -> ReplicationProperties.PUBLICATION;
            case PUBLICATION_MODE -> ReplicationProperties.PUBLICATION_MODE;
            case TABLES, FILTER -> tableFilter();
        };
    }

    /** The filter that chose the tables, as far as one did. */
    private String tableFilter() {
        for (String filter : List.of(
                FilterProperties.TABLE_INCLUDE,
                FilterProperties.SCHEMA_INCLUDE,
                FilterProperties.TABLE_EXCLUDE,
                FilterProperties.SCHEMA_EXCLUDE)) {
            String value = properties.get(filter);
            if (value != null && !value.isBlank()) {
                return filter;
            }
        }
        return FilterProperties.TABLE_INCLUDE;
    }

    private static List<NamedFilter> namedFilters(Map<String, String> right) {
        List<NamedFilter> filters = new ArrayList<>();
        FILTERS.forEach(
                (name, kind) -> filters.add(new NamedFilter(name, kind, TableFilter.patterns(right.get(name)))));
        return filters;
    }

    private static long validationTimeout(Map<String, String> right) {
        return new AbstractConfig(SourceProperties.CONFIG_DEF, right, false)
                .getLong(ConnectionProperties.VALIDATION_TIMEOUT);
    }
}
