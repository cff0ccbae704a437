package dev.walbrook.transforms.zone;

import dev.walbrook.transforms.event.Envelope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Says which fields of which tables and topics are converted.
 *
 * <p>Of rules for a record's topic, its table and names without prefix the first kind that has one counts. A rule without
 * field stands for all fields of the rows, never for those of {@code source}.
 */
public final class ConversionRules {

    /** Everything is converted. */
    public static final ConversionRules ALL = new ConversionRules(false);

    private static final Pattern NAME = Pattern.compile("[\".\\w\\s_-]+");
    private static final String TOPIC = "topic";

    private final boolean includes;
    private final Map<String, Set<String>> topics = new HashMap<>();
    private final Map<String, Set<String>> tables = new HashMap<>();
    private final Map<String, Set<String>> names = new HashMap<>();

    private ConversionRules(boolean includes) {
        this.includes = includes;
    }

    /**
     * Only what the rules name is converted.
     *
     * @throws ConfigException if a rule is not understood
     */
    public static ConversionRules including(String option, List<String> rules) {
        return new ConversionRules(true).with(option, rules);
    }

    /**
     * What the rules name is not converted.
     *
     * @throws ConfigException if a rule is not understood
     */
    public static ConversionRules excluding(String option, List<String> rules) {
        return new ConversionRules(false).with(option, rules);
    }

    private ConversionRules with(String option, List<String> rules) {
        // A rule without prefix has that of the rule before: source:orders,customers means two tables.
        Map<String, Set<String>> kind = names;
        for (String rule : rules) {
            String[] parts = rule.split(":");
            int first = 0;
            if (parts[0].equalsIgnoreCase(Envelope.SOURCE)
                    || parts[0].toLowerCase(Locale.ROOT).equals(TOPIC)) {
                kind = parts[0].equalsIgnoreCase(TOPIC) ? topics : tables;
                first = 1;
            }
            if (parts.length <= first || parts.length > first + 2 || !areNames(parts)) {
                throw new ConfigException(
                        option,
                        rule,
                        "must be source:TABLE, source:TABLE:FIELD, topic:TOPIC, topic:TOPIC:FIELD or NAME:FIELD");
            }
            Set<String> fields = kind.computeIfAbsent(parts[first], name -> new HashSet<>());
            if (parts.length == first + 2) {
                fields.add(parts[first + 1]);
            }
        }
        return this;
    }

    private static boolean areNames(String[] parts) {
        return List.of(parts).stream().allMatch(part -> NAME.matcher(part).matches());
    }

    /**
     * Whether a field is converted, if it is a time.
     *
     * @param struct the struct of the event it is in
     */
    public boolean converts(String topic, @Nullable String table, String struct, String field) {
        boolean source = struct.equals(Envelope.SOURCE);
        Set<String> fields = fields(topic, table);
        if (fields == null) {
            return !includes && !source;
        }
        if (fields.isEmpty()) {
            return includes && !source;
        }
        if (source && fields.stream().noneMatch(name -> name.startsWith("source."))) {
            return false;
        }
        boolean named = fields.contains(struct + "." + field) || !source && fields.contains(field);
        return includes == named;
    }

    private @Nullable Set<String> fields(String topic, @Nullable String table) {
        if (topics.containsKey(topic)) {
            return topics.get(topic);
        }
        if (tables.containsKey(table)) {
            return tables.get(table);
        }
        return names.containsKey(topic) ? names.get(topic) : names.get(table);
    }
}
