package dev.walbrook.admin.pipeline;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.connect.ConnectClient;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pipeline's names, as its connectors' configurations have them.
 *
 * @param sourceConnector the source connector
 * @param sinkConnector the sink connector
 * @param topicPrefix what its topics' names begin with
 * @param slot the replication slot
 * @param publication the publication
 * @param sinkTopics the topics the sink connector reads
 */
public record Pipeline(
        String sourceConnector,
        String sinkConnector,
        String topicPrefix,
        String slot,
        String publication,
        Pattern sinkTopics) {

    /** Reads the names from the worker. */
    public static Pipeline read(ConnectClient connect, String sourceConnector, String sinkConnector) {
        Map<String, String> source = config(connect, sourceConnector);
        Map<String, String> sink = config(connect, sinkConnector);
        String prefix = source.getOrDefault("topic.prefix", "");
        return new Pipeline(
                sourceConnector,
                sinkConnector,
                prefix,
                source.getOrDefault("slot.name", "debezium"),
                source.getOrDefault("publication.name", "dbz_publication"),
                sinkTopics(sink, prefix));
    }

    /** The consumer group of the sink connector, as Connect names it. */
    public String sinkGroup() {
        return "connect-" + sinkConnector;
    }

    /** The topics of the captured tables and whatever else begins with the prefix. */
    public Pattern topics() {
        return Pattern.compile(Pattern.quote(topicPrefix + ".") + ".*");
    }

    private static Map<String, String> config(ConnectClient connect, String name) {
        return connect.config(name)
                .orElseThrow(() -> new AdminException(
                        "the worker at " + connect.url() + " has no connector named " + name,
                        "Its connectors are " + connect.connectors()
                                + "; name yours with --source-connector and --sink-connector."));
    }

    private static Pattern sinkTopics(Map<String, String> sink, String prefix) {
        String regex = sink.get("topics.regex");
        String topics = sink.get("topics");
        try {
            if (regex != null) {
                return Pattern.compile(regex);
            }
        } catch (PatternSyntaxException e) {
            throw new AdminException("the sink connector's topics.regex is not a regular expression", "", e);
        }
        if (topics != null) {
            StringBuilder any = new StringBuilder();
            for (String topic : topics.split(",")) {
                any.append(any.isEmpty() ? "" : "|").append(Pattern.quote(topic.strip()));
            }
            return Pattern.compile(any.toString());
        }
        return Pattern.compile(Pattern.quote(prefix + ".") + ".*");
    }
}
