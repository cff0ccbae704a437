package dev.walbrook.connect.source.property;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Names of topics, and the records beside the changes. */
public final class TopicProperties {

    public static final String TOPIC_PREFIX = "topic.prefix";
    public static final String TOPIC_NAMING = "topic.naming.strategy";
    public static final String TOPIC_DELIMITER = "topic.delimiter";
    public static final String TOPIC_REGEX = "topic.regex";
    public static final String TOPIC_REPLACEMENT = "topic.replacement";
    public static final String KEY_UNIQUE = "topic.key.enforce.uniqueness";
    public static final String KEY_FIELD = "topic.key.field.name";
    public static final String KEY_FIELD_REGEX = "topic.key.field.regex";
    public static final String KEY_FIELD_REPLACEMENT = "topic.key.field.replacement";
    public static final String TRANSACTIONS = "provide.transaction.metadata";
    public static final String TRANSACTION_TOPIC = "topic.transaction";
    public static final String TRANSACTION_FACTORY = "transaction.metadata.factory";
    public static final String HEARTBEAT_INTERVAL = "heartbeat.interval.ms";
    public static final String HEARTBEAT_QUERY = "heartbeat.action.query";
    public static final String HEARTBEAT_PREFIX = "topic.heartbeat.prefix";
    public static final String HEARTBEAT_NAME = "topic.heartbeat.name";
    /** Debezium's name of {@link #HEARTBEAT_PREFIX} before version 2. */
    public static final String OLD_HEARTBEAT_PREFIX = "heartbeat.topics.prefix";

    /** Debezium's built-in strategies, all of which work with PostgreSQL, by its names. */
    public enum Strategy {
        SCHEMA("SchemaTopicNamingStrategy", true, false, false),
        DEFAULT("DefaultTopicNamingStrategy", false, false, false),
        SCHEMA_UNICODE("SchemaUnicodeTopicNamingStrategy", true, true, false),
        DEFAULT_UNICODE("DefaultUnicodeTopicNamingStrategy", false, true, false),
        SCHEMA_REGEX("SchemaRegexTopicNamingStrategy", true, false, true),
        DEFAULT_REGEX("DefaultRegexTopicNamingStrategy", false, false, true);

        private final String className;
        private final boolean withSchema;
        private final boolean unicode;
        private final boolean regex;

        Strategy(String name, boolean withSchema, boolean unicode, boolean regex) {
            this.className = "io.debezium.schema." + name;
            this.withSchema = withSchema;
            this.unicode = unicode;
            this.regex = regex;
        }

        /** The strategy of that class. The property's validator has seen to it that there is one. */
        public static Strategy of(String className) {
            return Arrays.stream(values())
                    .filter(strategy -> strategy.className.equals(className))
                    .findFirst()
                    .orElse(SCHEMA);
        }

        /** Whether a table's topic names its schema. */
        public boolean withSchema() {
            return withSchema;
        }

        /** Whether characters that a topic's name cannot hold stay distinguishable. */
        public boolean unicode() {
            return unicode;
        }

        /** Whether tables are gathered in topics by {@link #TOPIC_REGEX}. */
        public boolean regex() {
            return regex;
        }

        private static List<String> names() {
            return Arrays.stream(values()).map(strategy -> strategy.className).toList();
        }
    }

    static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]+");
    private static final String DEFAULT_FACTORY = "io.debezium.pipeline.txmetadata.DefaultTransactionMetadataFactory";

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
                Strategy.SCHEMA.className,
                oneOf(
                        Strategy.names(),
                        "is not one of Debezium's built-in strategies, and a class of your own cannot be loaded: use"
                                + " topic.regex with a Regex strategy, or the transform RegexRouter"),
                "How topics are named: by prefix, schema and table (Schema...), or without the schema (Default...); with"
                        + " characters that a topic's name cannot hold as '_', or kept distinguishable (Unicode...); or"
                        + " gathered by topic.regex (Regex...).");
        definition.optional(TOPIC_DELIMITER, Type.STRING, ".", null, "What separates the parts of a topic's name.");
        definition.optional(
                "topic.cache.size",
                Type.INT,
                10_000,
                Range.atLeast(1),
                "Accepted for compatibility with Debezium; a table's topic is decided once.");
        definition.optional(
                TOPIC_REGEX,
                Type.STRING,
                null,
                TopicProperties::requireExpression,
                "Matches the whole name of topics that a Regex strategy replaces.");
        definition.optional(
                TOPIC_REPLACEMENT,
                Type.STRING,
                null,
                null,
                "The topic instead of those; $1 is the expression's group.");
        definition.optional(
                KEY_UNIQUE,
                Type.BOOLEAN,
                true,
                null,
                "Whether a Regex strategy adds a field to every key that tells tables apart which share a topic.");
        definition.optional(KEY_FIELD, Type.STRING, "__dbz__physicalTableIdentifier", null, "The name of that field.");
        definition.optional(
                KEY_FIELD_REGEX,
                Type.STRING,
                null,
                TopicProperties::requireExpression,
                "Matches the topic a table would have had, to make that field's value of it.");
        definition.optional(
                KEY_FIELD_REPLACEMENT,
                Type.STRING,
                null,
                null,
                "That field's value; $1 is the expression's group. Without it the value is the whole name.");
        definition.optional(
                TRANSACTIONS,
                Type.BOOLEAN,
                false,
                null,
                "Number the changes of each transaction, and write a record at its begin and at its end.");
        definition.optional(
                TRANSACTION_TOPIC,
                Type.STRING,
                "transaction",
                null,
                "The end of the name of the topic of these records.");
        definition.optional(
                TRANSACTION_FACTORY,
                Type.STRING,
                DEFAULT_FACTORY,
                oneOf(
                        List.of(DEFAULT_FACTORY),
                        "is a class written for Debezium's own interfaces, which cannot be loaded: remove the property"),
                "Accepted for compatibility with Debezium; transactions look as its default class makes them.");
        definition.optional(
                HEARTBEAT_INTERVAL,
                Type.INT,
                0,
                Range.atLeast(0),
                "Milliseconds between heartbeats, records that say how far the connector is; 0 for none. An idle slot"
                        + " advances without them.");
        definition.optional(
                HEARTBEAT_QUERY,
                Type.STRING,
                null,
                null,
                "A statement to run in the database with each heartbeat, on a connection of its own. Its failure is"
                        + " logged and stops nothing.");
        definition.optional(
                HEARTBEAT_PREFIX,
                Type.STRING,
                "__debezium-heartbeat",
                null,
                "The first part of the topic of heartbeats; topic.prefix follows.");
        definition.optional(OLD_HEARTBEAT_PREFIX, Type.STRING, null, null, "The old name of topic.heartbeat.prefix.");
        definition.optional(
                HEARTBEAT_NAME,
                Type.STRING,
                null,
                Definition.matching(TOPIC_NAME, "a topic name: letters, digits, '.', '_' and '-'"),
                "The whole name of the topic of heartbeats, instead of one made of prefixes.");
    }

    private static ConfigDef.Validator oneOf(List<String> values, String otherwise) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (value != null && !values.contains((String) value)) {
                        throw new ConfigException(name, value, otherwise);
                    }
                },
                () -> values.toString());
    }

    private static void requireExpression(String name, @Nullable Object value) {
        if (value != null) {
            try {
                Pattern.compile((String) value);
            } catch (PatternSyntaxException e) {
                throw new ConfigException(name, value, "is not a regular expression: " + e.getDescription());
            }
        }
    }
}
