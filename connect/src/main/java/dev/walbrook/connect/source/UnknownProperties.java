package dev.walbrook.connect.source;

import dev.walbrook.connect.source.property.SourceProperties;
import dev.walbrook.connect.source.type.ColumnMasks;
import java.util.List;
import java.util.Map;

/** Tells which properties of a configuration nobody reads: a misspelt one would otherwise go unnoticed. */
final class UnknownProperties {

    /** What Connect itself reads from a source connector's configuration. */
    private static final List<String> FRAMEWORK = List.of(
            "name",
            "connector.class",
            "connector.plugin.version",
            "task.class",
            "tasks.max",
            "tasks.max.enforce",
            "key.converter",
            "value.converter",
            "header.converter",
            "transforms",
            "predicates",
            "config.action.reload",
            "errors.tolerance",
            "errors.log.enable",
            "errors.log.include.messages",
            "errors.retry.timeout",
            "errors.retry.delay.max.ms",
            "topic.creation.groups",
            "exactly.once.support",
            "transaction.boundary",
            "transaction.boundary.interval.ms",
            "offsets.storage.topic");

    private static final String INTERNAL = "internal.";

    private static final List<String> FRAMEWORK_PREFIXES = List.of(
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "transforms.",
            "predicates.",
            "topic.creation.",
            "producer.override.",
            "admin.override.",
            "consumer.override.",
            "snapshot.select.statement.overrides.",
            "snapshot.max.threads.multiplier.",
            "driver.",
            "database.",
            // Debezium's undocumented switches, which have no effect here; a warning of their own says so.
            INTERNAL);

    private UnknownProperties() {}

    /** The names, in order, of Debezium's undocumented switches, which are accepted without effect. */
    static List<String> internal(Map<String, String> properties) {
        return properties.keySet().stream()
                .filter(name -> name.startsWith(INTERNAL))
                .sorted()
                .toList();
    }

    /** The names, in order, that neither this connector nor Connect knows. */
    static List<String> in(Map<String, String> properties) {
        return properties.keySet().stream()
                .filter(name -> !SourceProperties.CONFIG_DEF.names().contains(name))
                .filter(name -> !ColumnMasks.contains(name))
                .filter(name -> !FRAMEWORK.contains(name))
                .filter(name -> FRAMEWORK_PREFIXES.stream().noneMatch(name::startsWith))
                .sorted()
                .toList();
    }
}
