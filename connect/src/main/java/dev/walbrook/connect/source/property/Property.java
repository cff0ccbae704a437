package dev.walbrook.connect.source.property;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Recommender;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.jspecify.annotations.Nullable;

/**
 * One property on its way into the {@link ConfigDef}.
 *
 * @param name its name
 * @param type its type
 * @param defaultValue its default; {@link ConfigDef#NO_DEFAULT_VALUE} if it is required, null for none
 * @param validator says what is wrong with a value; null if nothing can be
 * @param importance how likely it is that somebody sets it
 * @param documentation what it means
 * @param group where a form shows it
 * @param order its place among all properties
 * @param shown whether a form shows it at all
 */
record Property(
        String name,
        Type type,
        @Nullable Object defaultValue,
        @Nullable Validator validator,
        Importance importance,
        String documentation,
        String group,
        int order,
        boolean shown) {

    private static final Pattern LIST = Pattern.compile("\\[(.*)]");

    Property(
            String name,
            Type type,
            @Nullable Object defaultValue,
            @Nullable Validator validator,
            Importance importance,
            String documentation) {
        this(name, type, defaultValue, validator, importance, documentation, "", 0, true);
    }

    Property at(String inGroup, int place) {
        return new Property(name, type, defaultValue, validator, importance, documentation, inGroup, place, shown);
    }

    Property asHidden() {
        return new Property(name, type, defaultValue, validator, importance, documentation, group, order, false);
    }

    @SuppressWarnings("NullAway") // ConfigDef takes null for no default and for no validator.
    void defineIn(ConfigDef configDef, List<String> allNames) {
        configDef.define(
                name,
                type,
                defaultValue,
                validator,
                importance,
                documentation,
                group,
                order,
                Presentation.width(type),
                Presentation.displayName(name),
                Presentation.dependents(name, allNames),
                new Offer());
    }

    /** The values it takes, if they can be listed; Kafka's validators tell their lists only by describing themselves. */
    private List<Object> choices() {
        boolean listed =
                validator instanceof ConfigDef.ValidString || validator instanceof ConfigDef.CaseInsensitiveValidString;
        Matcher list = LIST.matcher(listed ? String.valueOf(validator) : "");
        if (!list.find()) {
            return List.of();
        }
        // Kafka describes values without regard to case in upper case; all of ours are written in lower case.
        boolean folded = validator instanceof ConfigDef.CaseInsensitiveValidString;
        String values = folded ? list.group(1).toLowerCase(Locale.ROOT) : list.group(1);
        return List.of((Object[]) values.split(",\\s*"));
    }

    /** What a form offers and whether it shows the property. Called at every look at the form, so it asks nobody. */
    private final class Offer implements Recommender {

        @Override
        public List<Object> validValues(String property, Map<String, Object> parsedConfig) {
            return choices();
        }

        @Override
        public boolean visible(String property, Map<String, Object> parsedConfig) {
            return shown && Presentation.applies(name, parsedConfig, defaultValue);
        }
    }
}
