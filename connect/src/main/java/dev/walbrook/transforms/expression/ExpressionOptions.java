package dev.walbrook.transforms.expression;

import dev.walbrook.transforms.event.Options;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.jspecify.annotations.Nullable;

/**
 * The options that transforms with an expression share.
 *
 * @param expression the expression
 * @param topics the topics it is evaluated for; null for all
 * @param nulls what becomes of records without value
 */
public record ExpressionOptions(Expression expression, @Nullable Pattern topics, Handling nulls) {

    private static final String LANGUAGE = "language";
    private static final String TOPIC_REGEX = "topic.regex";
    private static final String NULL_HANDLING = "null.handling.mode";
    private static final String OURS = "walbrook";

    /** What becomes of a record. */
    public enum Handling {
        KEEP,
        DROP,
        EVALUATE
    }

    /** The definition of the options, with the name and meaning of the expression. */
    @SuppressWarnings("NullAway") // ConfigDef takes null for no default.
    public static ConfigDef define(String expressionOption, String documentation) {
        return new ConfigDef()
                .define(
                        expressionOption,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> parse(name, String.valueOf(value)), () -> "an expression"),
                        Importance.HIGH,
                        documentation
                                + ". It sees topic, key, value, keySchema, valueSchema and header, as in value.op == 'u' &&"
                                + " value.after.amount > 100, and has ==, !=, <, <=, >, >=, in, matches, &&, ||, !, + and"
                                + " ?:")
                .define(
                        TOPIC_REGEX,
                        Type.STRING,
                        null,
                        Options.regex(),
                        Importance.LOW,
                        "What a record's topic must match whole for the expression to be evaluated; other records pass"
                                + " unchanged. All topics if not set")
                .define(
                        NULL_HANDLING,
                        Type.STRING,
                        Options.name(Handling.KEEP),
                        Options.oneOf(Handling.class),
                        Importance.LOW,
                        "What becomes of records without value. keep: they pass unchanged; drop: they are dropped;"
                                + " evaluate: the expression decides")
                .define(
                        LANGUAGE,
                        Type.STRING,
                        OURS,
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> requireLanguage(String.valueOf(value)),
                                () -> "walbrook, jsr223.groovy, jsr223.graal.js"),
                        Importance.LOW,
                        "The expression's language. There is one, walbrook; the names jsr223.groovy and jsr223.graal.js"
                                + " are accepted, because the common expressions are the same in all three. No scripting"
                                + " engine runs");
    }

    /**
     * Reads the options.
     *
     * @throws ConfigException if one is missing or not valid
     */
    public static ExpressionOptions parse(ConfigDef definition, String expressionOption, Map<String, ?> properties) {
        Options options = new Options(definition, properties);
        return new ExpressionOptions(
                parse(expressionOption, options.requiredText(expressionOption)),
                options.expression(TOPIC_REGEX),
                options.choice(NULL_HANDLING, Handling.class));
    }

    private static Expression parse(String option, String expression) {
        try {
            return ExpressionParser.parse(expression);
        } catch (ExpressionException e) {
            throw new ConfigException(option + " is no expression: " + e.getMessage());
        }
    }

    private static void requireLanguage(String language) {
        if (!List.of(OURS, "jsr223.groovy", "jsr223.graal.js").contains(language)) {
            throw new ConfigException(
                    LANGUAGE, language, "must be walbrook; no scripting engine is run, write the expression anew");
        }
    }

    /** What becomes of a record: its expression is evaluated only if that is the answer. */
    public Handling of(ConnectRecord<?> record) {
        if (topics != null && !topics.matcher(record.topic()).matches()) {
            return Handling.KEEP;
        }
        return record.value() == null ? nulls : Handling.EVALUATE;
    }
}
