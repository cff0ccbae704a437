package dev.walbrook.connect.source.property;

import dev.walbrook.capture.TableFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Builds the {@link ConfigDef}, keeping the order within groups. */
final class Definition {

    private final List<Property> properties = new ArrayList<>();
    private String group = "";

    void group(String name) {
        group = name;
    }

    void required(String name, Type type, String documentation) {
        required(name, type, new ConfigDef.NonEmptyString(), documentation);
    }

    void required(String name, Type type, Validator validator, String documentation) {
        define(name, type, ConfigDef.NO_DEFAULT_VALUE, validator, Importance.HIGH, documentation);
    }

    void optional(
            String name,
            Type type,
            @Nullable Object defaultValue,
            @Nullable Validator validator,
            String documentation) {
        define(name, type, defaultValue, validator, Importance.MEDIUM, documentation);
    }

    void regexList(String name, String documentation) {
        optional(
                name,
                Type.STRING,
                null,
                Definition::requireExpressions,
                documentation + " Separated by commas, matched against the whole name without regard to case.");
    }

    /** A property that takes one of some values, without regard to case. */
    void choice(String name, String defaultValue, String[] values, String documentation) {
        optional(name, Type.STRING, defaultValue, CaseInsensitiveValidString.in(values), documentation);
    }

    /** A property that is known and refused: no form shows it, and any value but a harmless one is an error. */
    void hidden(String name, String documentation, Validator validator) {
        Property property = new Property(name, Type.STRING, null, validator, Importance.LOW, documentation).asHidden();
        define(property);
    }

    private void define(
            String name,
            Type type,
            @Nullable Object defaultValue,
            @Nullable Validator validator,
            Importance importance,
            String documentation) {
        define(new Property(name, type, defaultValue, validator, importance, documentation));
    }

    private void define(Property property) {
        properties.add(property.at(group, properties.size()));
    }

    /** All of it. Dependents must be defined, which only the whole tells. */
    ConfigDef build() {
        ConfigDef configDef = new ConfigDef();
        List<String> names = properties.stream().map(Property::name).toList();
        properties.forEach(property -> property.defineIn(configDef, names));
        return configDef;
    }

    static Validator matching(Pattern pattern, String description) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (value != null && !pattern.matcher((String) value).matches()) {
                        throw new ConfigException(name, value, "must be " + description);
                    }
                },
                () -> description);
    }

    private static void requireExpressions(String name, @Nullable Object value) {
        try {
            TableFilter.patterns((String) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    /** The names of the constants as users write them: in lower case; Debezium has hyphens in one of them. */
    static String[] names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .map(name -> name.equals("base64_url_safe") ? "base64-url-safe" : name)
                .toArray(String[]::new);
    }
}
