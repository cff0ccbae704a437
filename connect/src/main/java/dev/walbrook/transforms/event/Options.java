package dev.walbrook.transforms.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** A transform's options, parsed, and the validators for them. */
public final class Options {

    private final Map<String, Object> values;

    /**
     * Reads the options.
     *
     * @throws ConfigException if one is missing or not valid
     */
    public Options(ConfigDef definition, Map<String, ?> properties) {
        values = definition.parse(properties);
    }

    /** The text, null if it is not set. */
    public @Nullable String text(String name) {
        return (String) values.get(name);
    }

    /** The text of an option that has a default or is required. */
    public String requiredText(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new ConfigException(name, null, "must be set");
        }
        return (String) value;
    }

    /** The text, null if it is not set or blank. */
    public @Nullable String textUnlessBlank(String name) {
        String text = text(name);
        return text == null || text.isBlank() ? null : text;
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    public int number(String name) {
        Object value = values.get(name);
        return value instanceof Integer number ? number : 0;
    }

    /** The elements, none if it is not set. */
    public List<String> list(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The expression, null if it is not set or blank. */
    public @Nullable Pattern expression(String name) {
        String text = textUnlessBlank(name);
        return text == null ? null : Pattern.compile(text);
    }

    /** The constant that an option validated by {@link #oneOf} names. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        E choice = constant(type, values.get(name));
        if (choice == null) {
            throw new ConfigException(name, values.get(name), "must be one of " + names(type));
        }
        return choice;
    }

    /** Accepts the names of an enum's constants, in any case, with - or _ between words. */
    public static <E extends Enum<E>> ConfigDef.Validator oneOf(Class<E> type) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (value != null && constant(type, value) == null) {
                        throw new ConfigException(name, value, "must be one of " + names(type));
                    }
                },
                () -> names(type).toString());
    }

    /** Accepts regular expressions. */
    public static ConfigDef.Validator regex() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    try {
                        if (value != null) {
                            Pattern.compile((String) value);
                        }
                    } catch (PatternSyntaxException e) {
                        throw new ConfigException(name, value, "is no regular expression: " + e.getDescription());
                    }
                },
                () -> "a regular expression");
    }

    /** Accepts lists with at least one element, none of them blank. */
    public static ConfigDef.Validator nonEmptyList() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (!(value instanceof List<?> list)
                            || list.isEmpty()
                            || list.stream()
                                    .anyMatch(element -> String.valueOf(element).isBlank())) {
                        throw new ConfigException(name, value, "must be a list of names separated by commas");
                    }
                },
                () -> "a list that is not empty");
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable Object value) {
        String name = String.valueOf(value).trim().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** A constant as users write it: in lower case, with the separator that its {@code toString} has. */
    public static String name(Enum<?> constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> List<String> names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Options::name).toList();
    }
}
