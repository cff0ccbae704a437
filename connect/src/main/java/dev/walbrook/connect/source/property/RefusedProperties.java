package dev.walbrook.connect.source.property;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Debezium's properties that are known but not supported. A configuration that relies on one is refused instead of being
 * run with another meaning; the value that asks for nothing is accepted.
 */
public final class RefusedProperties {

    /**
     * A property or a family of them.
     *
     * @param name the whole name, or a prefix if it ends in a dot
     * @param reason why it is refused and what to do instead
     * @param harmless values that ask for nothing unusual
     */
    public record Refusal(String name, String reason, Set<String> harmless) {

        boolean covers(String property) {
            return name.endsWith(".") ? property.startsWith(name) : property.equals(name);
        }
    }

    private static final String NO_PLUGINS = "Classes written for Debezium's own interfaces cannot be loaded. ";
    private static final String NO_SIGNALS = "Signals are not supported yet. Remove the property.";
    private static final String NO_NOTIFICATIONS = "Notifications are not supported yet. Remove the property.";

    private static final List<Refusal> ALL = List.of(
            refusal("converters", NO_PLUGINS + "Use a single message transform instead."),
            refusal("post.processors", NO_PLUGINS + "Use a single message transform instead."),
            refusal(
                    "database.connection.factory.class",
                    NO_PLUGINS + "Use driver.* properties, which reach the JDBC driver as they are."),
            refusal("snapshot.mode.custom.name", NO_PLUGINS + "Use one of the built-in values of snapshot.mode."),
            refusal("snapshot.locking.mode.custom.name", NO_PLUGINS + "Set snapshot.locking.mode to none or shared."),
            refusal("snapshot.query.mode.custom.name", NO_PLUGINS + "Use snapshot.select.statement.overrides."),
            refusal("signal.data.collection", NO_SIGNALS),
            refusal("signal.enabled.channels", NO_SIGNALS, "source"),
            refusal("signal.kafka.", NO_SIGNALS),
            refusal("signal.consumer.", NO_SIGNALS),
            refusal("signal.file", NO_SIGNALS),
            refusal("notification.enabled.channels", NO_NOTIFICATIONS, ""),
            refusal("notification.sink.topic.name", NO_NOTIFICATIONS),
            refusal("openlineage.integration.enabled", "OpenLineage is not supported. Remove the property.", "false"));

    private RefusedProperties() {}

    /** All of them, for the reference. */
    public static List<Refusal> all() {
        return ALL;
    }

    /** Whether the property is one of these, whatever its value. */
    public static boolean contains(String property) {
        return ALL.stream().anyMatch(refusal -> refusal.covers(property));
    }

    /**
     * What a configuration asks for in vain.
     *
     * @return the reason by property name, in order of the names
     */
    public static Map<String, String> errors(Map<String, String> properties) {
        Map<String, String> errors = new TreeMap<>();
        properties.forEach((name, value) -> {
            for (Refusal refusal : ALL) {
                if (refusal.covers(name) && !refusal.harmless().contains(value.trim())) {
                    errors.put(name, refusal.reason());
                }
            }
        });
        return errors;
    }

    private static Refusal refusal(String name, String reason, String... harmless) {
        return new Refusal(name, reason, Set.of(harmless));
    }
}
