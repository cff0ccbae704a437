package dev.walbrook.connect.source.property;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's properties that are known but not supported. A configuration that relies on one is refused instead of being
 * run with another meaning; the value that asks for nothing is accepted.
 */
public final class RefusedProperties {

    /**
     * A property that is refused.
     *
     * @param name its name
     * @param reason why it is refused and what to do instead
     * @param harmless values that ask for nothing unusual
     */
    public record Refusal(String name, String reason, Set<String> harmless) {

        private void validate(String property, @Nullable Object value) {
            if (value != null && !harmless.contains(value.toString().trim())) {
                throw new ConfigException(property, value, reason);
            }
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
            refusal("signal.kafka.topic", NO_SIGNALS),
            refusal("signal.kafka.bootstrap.servers", NO_SIGNALS),
            refusal("signal.kafka.groupId", NO_SIGNALS),
            refusal("signal.kafka.poll.timeout.ms", NO_SIGNALS),
            refusal("signal.file", NO_SIGNALS),
            refusal("notification.enabled.channels", NO_NOTIFICATIONS, ""),
            refusal("notification.sink.topic.name", NO_NOTIFICATIONS),
            refusal("notification.http.url", NO_NOTIFICATIONS),
            refusal("openlineage.integration.enabled", "OpenLineage is not supported. Remove the property.", "false"));

    private RefusedProperties() {}

    /** All of them, for the reference. */
    public static List<Refusal> all() {
        return ALL;
    }

    /**
     * Defines them, for no form to show: Connect gives an error to the property it is about only if the property is defined.
     */
    static void define(Definition definition) {
        definition.group("Not supported");
        for (Refusal refusal : ALL) {
            definition.hidden(refusal.name(), "Refused: " + refusal.reason(), new RefusedValue(refusal));
        }
    }

    /** Names itself by nothing, because there is no valid value to name. */
    private record RefusedValue(Refusal refusal) implements ConfigDef.Validator {

        @Override
        public void ensureValid(String name, @Nullable Object value) {
            refusal.validate(name, value);
        }

        @Override
        public String toString() {
            return "";
        }
    }

    private static Refusal refusal(String name, String reason, String... harmless) {
        return new Refusal(name, reason, Set.of(harmless));
    }
}
