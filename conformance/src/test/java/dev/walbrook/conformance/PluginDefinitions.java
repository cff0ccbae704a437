package dev.walbrook.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.walbrook.testkit.TestConnect;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;

/** What the two plugins say of their properties when the worker validates a configuration. */
public final class PluginDefinitions {

    /** Why a default of ours is not Debezium's. */
    private static final Map<String, String> OTHER_DEFAULTS = Map.of(
            "plugin.name", "pgoutput is always used",
            "lsn.flush.mode", "Debezium's behaviour by its name",
            "snapshot.fetch.size", "Debezium's number, which it does not show",
            "heartbeat.topics.prefix", "topic.heartbeat.prefix has it",
            "max.queue.size", "the bound in bytes is the only one",
            "max.queue.size.in.bytes", "memory stays bounded whatever the size of the rows");

    private final Set<String> ofConnect;
    private final Set<String> refused = new HashSet<>();
    private final TestConnect worker;
    private final Function<Subject, String> classes;
    private final Map<String, String> required;
    private final Map<String, String> otherDefaults;
    private final Map<String, String> debezium;
    private final Map<String, String> walbrook;

    PluginDefinitions(TestConnect worker) {
        this(worker, Subject::connectorClass, Map.of(), OTHER_DEFAULTS, SourceConnectorConfig.configDef());
    }

    private PluginDefinitions(
            TestConnect worker,
            Function<Subject, String> classes,
            Map<String, String> required,
            Map<String, String> otherDefaults,
            ConfigDef ofConnect) {
        this.worker = worker;
        this.classes = classes;
        this.required = required;
        this.otherDefaults = otherDefaults;
        this.ofConnect = Set.copyOf(ofConnect.names());
        this.debezium = defaults(Subject.DEBEZIUM);
        this.walbrook = defaults(Subject.WALBROOK);
    }

    /**
     * Of the sinks.
     *
     * @param otherDefaults why a default of ours is not Debezium's
     */
    public static PluginDefinitions ofSinks(TestConnect worker, Map<String, String> otherDefaults) {
        // Connect wants to know of a sink's topics whatever is asked.
        return new PluginDefinitions(
                worker, Subject::sinkClass, Map.of("topics", "any"), otherDefaults, SinkConnectorConfig.configDef());
    }

    private Map<String, String> defaults(Subject subject) {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (JsonNode config : validate(subject, Map.of()).path("configs")) {
            JsonNode definition = config.path("definition");
            if (!ofConnect.contains(definition.path("name").asText())) {
                String name = definition.path("name").asText();
                defaults.put(name, definition.path("default_value").asText(""));
                if (definition.path("group").asText().equals("Not supported")) {
                    refused.add(name);
                }
            }
        }
        return defaults;
    }

    private JsonNode validate(Subject subject, Map<String, String> extra) {
        Map<String, String> configuration = new LinkedHashMap<>(required);
        configuration.putAll(extra);
        configuration.put("connector.class", classes.apply(subject));
        configuration.put("name", "definitions");
        return worker.validate(classes.apply(subject), configuration);
    }

    public String debeziumVersion() {
        for (JsonNode plugin : worker.get("/connector-plugins")) {
            if (plugin.path("class").asText().equals(classes.apply(Subject.DEBEZIUM))) {
                return plugin.path("version").asText();
            }
        }
        throw new AssertionError("The worker does not have Debezium's connector");
    }

    public Set<String> debeziumNames() {
        return debezium.keySet();
    }

    /** Why ours refuses the property; empty if it does not. */
    public String refusal(String property) {
        if (walbrook.containsKey(property) && !refused.contains(property)) {
            return "";
        }
        for (JsonNode config :
                validate(Subject.WALBROOK, Map.of(property, "something")).path("configs")) {
            JsonNode value = config.path("value");
            if (value.path("name").asText().equals(property)
                    && !value.path("errors").isEmpty()) {
                return value.path("errors")
                        .path(0)
                        .asText()
                        .replaceFirst("^Invalid value .* for configuration [^:]*: ", "");
            }
        }
        return "";
    }

    /** What to add if the default is another one; empty if it is Debezium's. */
    public String otherDefault(String property) {
        String theirs = debezium.get(property);
        String ours = walbrook.get(property);
        if (theirs == null || ours == null || refused.contains(property) || same(theirs, ours)) {
            return "";
        }
        return "; the default is `%s` instead of `%s`: %s"
                .formatted(ours, theirs, otherDefaults.getOrDefault(property, "**no reason given**"));
    }

    private static boolean same(String theirs, String ours) {
        return theirs.equalsIgnoreCase(ours);
    }
}
