package dev.walbrook.connect.source.property;

import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** Names of topics, and the records beside the changes. */
public final class TopicProperties {

    public static final String TOPIC_PREFIX = "topic.prefix";
    public static final String TOPIC_NAMING = "topic.naming.strategy";
    public static final String TOPIC_DELIMITER = "topic.delimiter";

    /** Debezium's name of the strategy that names a topic by prefix, schema and table. */
    public static final String DEFAULT_STRATEGY = "io.debezium.schema.SchemaTopicNamingStrategy";
    /** The same, with characters that a topic's name cannot hold kept distinguishable. */
    public static final String UNICODE_STRATEGY = "io.debezium.schema.SchemaUnicodeTopicNamingStrategy";

    private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]+");

    private TopicProperties() {}

    static void define(Definition definition) {
        definition.group("Topics");
        definition.required(
                TOPIC_PREFIX,
                Type.STRING,
                Definition.matching(TOPIC_NAME, "a topic name: letters, digits, '.', '_' and '-'"),
                "Logical name of the server: the first part of every topic, and the identity under which offsets are"
                        + " stored. Never change it for a running connector.");
        definition.optional(
                TOPIC_NAMING,
                Type.STRING,
                DEFAULT_STRATEGY,
                ValidString.in(DEFAULT_STRATEGY, UNICODE_STRATEGY),
                "How topics are named; a class of your own cannot be given.");
        definition.optional(TOPIC_DELIMITER, Type.STRING, ".", null, "What separates the parts of a topic's name.");
    }
}
