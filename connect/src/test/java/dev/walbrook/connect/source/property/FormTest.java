package dev.walbrook.connect.source.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.connect.metrics.MetricTags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

/** A form can be drawn from the definition: names for people, choices, and only what applies. */
class FormTest {

    private final Map<String, String> properties = new HashMap<>(Map.of(
            "database.hostname", "db",
            "database.user", "walbrook",
            "database.dbname", "shop",
            "topic.prefix", "shop"));

    @Test
    void everyPropertyHasANameForPeopleOfItsOwnAndAnExplanation() {
        Set<String> names = new HashSet<>();

        for (ConfigKey key : SourceProperties.CONFIG_DEF.configKeys().values()) {
            assertThat(key.displayName).as(key.name).isNotEqualTo(key.name).matches("[A-Zx].*");
            assertThat(names.add(key.displayName))
                    .as("%s is unique", key.displayName)
                    .isTrue();
            assertThat(key.documentation).as(key.name).hasSizeGreaterThan(10);
            assertThat(key.group).as(key.name).isNotEmpty();
        }
    }

    @Test
    void everyListOfValidValuesIsOffered() {
        for (ConfigValue value : SourceProperties.CONFIG_DEF.validate(properties)) {
            ConfigKey key = SourceProperties.CONFIG_DEF.configKeys().get(value.name());
            boolean listed = key.validator instanceof ConfigDef.ValidString
                    || key.validator instanceof ConfigDef.CaseInsensitiveValidString;
            if (listed) {
                assertThat(value.recommendedValues()).as(key.name).isNotEmpty();
                assertThat(value.recommendedValues())
                        .as(key.name)
                        .allSatisfy(choice -> key.validator.ensureValid(key.name, choice));
            }
        }
        assertThat(value("publication.autocreate.mode").recommendedValues())
                .containsExactlyInAnyOrder("disabled", "all_tables", "filtered", "no_tables");
    }

    @Test
    void whatDoesNotApplyIsHidden() {
        assertThat(value("slot.failover").visible()).isTrue();
        assertThat(value("table.exclude.list").visible()).isTrue();
        assertThat(value("database.sslkey").visible()).isTrue();

        properties.put("snapshot.mode", "initial_only");
        properties.put("table.include.list", "public\\.a");
        properties.put("database.sslmode", "disable");

        assertThat(value("slot.failover").visible()).isFalse();
        assertThat(value("table.exclude.list").visible()).isFalse();
        assertThat(value("database.sslkey").visible()).isFalse();
    }

    @Test
    void whatHasAValueStaysInSight() {
        properties.put("snapshot.mode", "initial_only");
        properties.put("slot.failover", "true");

        assertThat(value("slot.failover").visible()).isTrue();
    }

    @Test
    void whatIsRefusedIsHiddenAndSaysWhy() {
        properties.put("converters", "mine");
        properties.put("openlineage.integration.enabled", "false");

        assertThat(value("converters").visible()).isFalse();
        assertThat(value("converters").errorMessages())
                .singleElement()
                .asString()
                .contains("single message transform");
        assertThat(value("openlineage.integration.enabled").errorMessages()).isEmpty();
    }

    @Test
    void tagsAreKeysWithValues() {
        assertThat(MetricTags.parse("team=a, env=b")).isEqualTo(Map.of("team", "a", "env", "b"));
        for (String wrong : List.of("team", "=a", "team=", "server=x", "a=1,a=2", "a*=1")) {
            properties.put("custom.metric.tags", wrong);
            assertThat(value("custom.metric.tags").errorMessages()).as(wrong).hasSize(1);
        }
    }

    private ConfigValue value(String property) {
        return SourceProperties.CONFIG_DEF.validate(properties).stream()
                .filter(value -> value.name().equals(property))
                .findFirst()
                .orElseThrow();
    }
}
