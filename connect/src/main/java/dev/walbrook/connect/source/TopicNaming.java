package dev.walbrook.connect.source;

import dev.walbrook.postgres.TableId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of topics.
 *
 * @param prefix {@code topic.prefix}
 * @param delimiter {@code topic.delimiter}
 * @param withSchema whether a table's topic names its schema; if not, equally named tables of two schemas share a topic
 * @param unicode whether replaced characters stay distinguishable ({@code _uXXXX}) instead of all becoming {@code _}
 * @param routing how tables are gathered in topics; null if each has its own
 * @param transactionName {@code topic.transaction}
 * @param heartbeatTopic the topic of heartbeats
 */
record TopicNaming(
        String prefix,
        String delimiter,
        boolean withSchema,
        boolean unicode,
        @Nullable Routing routing,
        String transactionName,
        String heartbeatTopic) {

    /** Kafka's limit for a topic's name, as Debezium cuts it. */
    private static final int LONGEST = 249;

    /**
     * Gathers tables in topics by an expression on the topic each would have had.
     *
     * @param regex matches the whole name of the topics to replace
     * @param replacement the new name, which may refer to groups
     * @param keyField the name of a field added to every key, which says what table the row is of; null for none
     * @param keyFieldRegex what that field's value is made of, matched against the original topic; null for that topic itself
     * @param keyFieldReplacement its value, which may refer to groups
     */
    record Routing(
            Pattern regex,
            String replacement,
            @Nullable String keyField,
            @Nullable Pattern keyFieldRegex,
            String keyFieldReplacement) {

        String topic(String original) {
            Matcher matcher = regex.matcher(original);
            String routed = matcher.matches() ? matcher.replaceFirst(replacement) : original;
            return routed.isEmpty() ? original : routed;
        }

        String keyFieldValue(String original) {
            Matcher matcher = keyFieldRegex == null ? null : keyFieldRegex.matcher(original);
            return matcher != null && matcher.matches() ? matcher.replaceFirst(keyFieldReplacement) : original;
        }
    }

    /** The topic of a table's changes. */
    String topic(TableId table) {
        String original = original(table);
        return sanitize(routing == null ? original : routing.topic(original));
    }

    String transactionTopic() {
        return prefix + delimiter + transactionName;
    }

    /** The topic of logical messages, in which Debezium does not use the delimiter. */
    String messageTopic() {
        return prefix + ".message";
    }

    /** The name of the field that tells tables apart in keys; null if there is none. */
    @Nullable
    String keyField() {
        return routing == null ? null : routing.keyField();
    }

    /** The value of that field. */
    String keyFieldValue(TableId table) {
        String original = original(table);
        return routing == null ? original : routing.keyFieldValue(original);
    }

    private String original(TableId table) {
        String schema = withSchema ? table.schema() + delimiter : "";
        return prefix + delimiter + schema + table.name();
    }

    private String sanitize(String name) {
        StringBuilder topic = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean allowed =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-';
            if (allowed || c == '_' && !unicode) {
                topic.append(c);
            } else if (unicode) {
                topic.append("_u").append(String.format("%04x", (int) c));
            } else {
                topic.append('_');
            }
        }
        return topic.length() > LONGEST ? topic.substring(0, LONGEST) : topic.toString();
    }
}
