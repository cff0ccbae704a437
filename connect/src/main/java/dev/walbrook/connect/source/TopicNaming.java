package dev.walbrook.connect.source;

import dev.walbrook.postgres.TableId;

/**
 * The topic of a table: {@code prefix.schema.table}, with what Kafka does not allow in a topic's name replaced.
 *
 * @param prefix {@code topic.prefix}
 * @param delimiter {@code topic.delimiter}
 * @param unicode whether replaced characters stay distinguishable ({@code _uXXXX}) instead of all becoming {@code _}
 */
record TopicNaming(String prefix, String delimiter, boolean unicode) {

    String topic(TableId table) {
        return sanitize(prefix + delimiter + table.schema() + delimiter + table.name());
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
        return topic.toString();
    }
}
