package dev.walbrook.connect.sink.transaction;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which topics the connector reads: what a transaction has in other tables never comes, and must not be waited for.
 *
 * @param topics their names
 * @param regex what their names match; null if they are listed
 */
public record Subscription(Set<String> topics, @Nullable Pattern regex) {

    /** The source's default for {@code topic.transaction}. */
    private static final String TRANSACTION = "transaction";

    /** @param properties the connector's; Connect has seen to it that one of the two is there */
    public static Subscription of(Map<String, String> properties) {
        String regex = properties.get("topics.regex");
        Set<String> topics = new HashSet<>();
        for (String topic : properties.getOrDefault("topics", "").split(",")) {
            if (!topic.isBlank()) {
                topics.add(topic.strip());
            }
        }
        return new Subscription(topics, regex == null || regex.isBlank() ? null : Pattern.compile(regex));
    }

    /** Whether a topic that tells where transactions end may be among them, as far as the configuration says. */
    public boolean mayHaveTransactions() {
        return regex != null || topics.stream().anyMatch(topic -> topic.endsWith(TRANSACTION));
    }

    /**
     * Whether the events of a collection come.
     *
     * @param transactionTopic the topic of the same source that tells where transactions end
     */
    boolean reads(String collection, String transactionTopic) {
        return names(collection, transactionTopic).stream().anyMatch(this::contains);
    }

    /** Whether a topic may be a collection's, as sources name them. */
    static boolean isTopicOf(String topic, String collection, String transactionTopic) {
        return names(collection, transactionTopic).contains(topic);
    }

    private boolean contains(String topic) {
        return regex == null ? topics.contains(topic) : regex.matcher(topic).matches();
    }

    /** How each of a source's naming strategies calls the topic of a collection. */
    private static List<String> names(String collection, String transactionTopic) {
        String beginning = transactionTopic.endsWith(TRANSACTION)
                ? transactionTopic.substring(0, transactionTopic.length() - TRANSACTION.length())
                : transactionTopic.substring(0, transactionTopic.lastIndexOf('.') + 1);
        if (collection.equals(Marks.MESSAGES)) {
            // Messages' topic has a dot, whatever the delimiter.
            String prefix = beginning.isEmpty() ? "" : beginning.substring(0, beginning.length() - 1);
            return List.of(prefix + "." + Marks.MESSAGES);
        }
        int dot = collection.indexOf('.');
        String delimiter = beginning.isEmpty() ? "." : beginning.substring(beginning.length() - 1);
        String table = collection.substring(dot + 1);
        String qualified = dot < 0 ? table : collection.substring(0, dot) + delimiter + table;
        return List.of(
                plain(beginning + qualified),
                plain(beginning + table),
                unicode(beginning + qualified),
                unicode(beginning + table));
    }

    private static String plain(String name) {
        return cut(name.replaceAll("[^a-zA-Z0-9._-]", "_"));
    }

    private static String unicode(String name) {
        return cut(Objects.requireNonNull(Pattern.compile("[^a-zA-Z0-9.-]")
                .matcher(name)
                .replaceAll(found ->
                        "_u" + String.format("%04x", (int) found.group().charAt(0)))));
    }

    /** Kafka's limit, at which sources cut. */
    private static String cut(String name) {
        return name.length() > 249 ? name.substring(0, 249) : name;
    }
}
