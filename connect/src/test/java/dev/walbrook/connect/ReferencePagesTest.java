package dev.walbrook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.connect.sink.PostgresSinkConnector;
import dev.walbrook.connect.source.PostgresSourceConnector;
import dev.walbrook.connect.source.property.RepresentationProperties;
import dev.walbrook.connect.source.property.SourceProperties;
import dev.walbrook.transforms.ShippedTransforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reference pages of the properties are what the connectors say of themselves. {@code -Dwalbrook.docs.update=true} writes
 * them anew.
 */
class ReferencePagesTest {

    private static final Path PAGES = Path.of("..", "docs", "reference");

    @ParameterizedTest
    @ValueSource(strings = {"source", "sink"})
    void thePageIsWhatTheConnectorSays(String connector) throws IOException {
        Path page = PAGES.resolve(connector + ".md");
        String expected = connector.equals("source")
                ? page(
                                "Source connector",
                                PostgresSourceConnector.class.getName(),
                                "Captures a PostgreSQL database. The names are those of Debezium's PostgreSQL connector.",
                                new PostgresSourceConnector().config())
                        + families()
                : page(
                        "Sink connector",
                        PostgresSinkConnector.class.getName(),
                        "Replicates change events into PostgreSQL. The names are those of Debezium's JDBC sink.",
                        new PostgresSinkConnector().config());

        if (Boolean.getBoolean("walbrook.docs.update")) {
            Files.createDirectories(PAGES);
            Files.writeString(page, expected);
        }

        assertThat(page)
                .as("run ./mvnw test -pl connect -am -Dwalbrook.docs.update=true")
                .hasContent(expected);
    }

    @Test
    void thePageIsWhatTheTransformsSay() throws IOException, ReflectiveOperationException {
        StringBuilder expected = new StringBuilder("# Transforms\n\n")
                .append("<!-- Written by ReferencePagesTest from the transforms' own definitions; do not edit. -->\n\n")
                .append("The names are those of Debezium's transforms: `io.debezium` becomes `dev.walbrook`. ")
                .append("[What differs](transform-differences.md) is little; ")
                .append("[why they are as they are](../../designs/transforms.md).\n");
        for (Class<?> transform : ShippedTransforms.types()) {
            ConfigDef definition = (ConfigDef) transform.getField("CONFIG_DEF").get(null);
            expected.append("\n## ")
                    .append(transform.getSimpleName())
                    .append("\n\n`type` = `")
                    .append(transform.getName())
                    .append("`\n\n")
                    .append(transform.getField("OVERVIEW_DOC").get(null))
                    .append("\n\n")
                    .append(table(List.copyOf(definition.configKeys().values())));
        }
        Path page = PAGES.resolve("transforms.md");

        if (Boolean.getBoolean("walbrook.docs.update")) {
            Files.writeString(page, expected);
        }

        assertThat(page)
                .as("run ./mvnw test -pl connect -am -Dwalbrook.docs.update=true")
                .hasContent(expected.toString());
    }

    private static String page(String title, String className, String introduction, ConfigDef definition) {
        StringBuilder page = new StringBuilder("# " + title + "\n\n")
                .append("<!-- Written by ReferencePagesTest from the connector's own definition; do not edit. -->\n\n")
                .append("`connector.class` = `")
                .append(className)
                .append("`\n\n")
                .append(introduction)
                .append("\n");
        Map<String, List<ConfigDef.ConfigKey>> groups = new LinkedHashMap<>();
        definition.configKeys().values().stream()
                .sorted(Comparator.comparingInt((ConfigDef.ConfigKey key) -> groupOrder(definition, key.group))
                        .thenComparingInt(key -> key.orderInGroup))
                .forEach(key -> groups.computeIfAbsent(
                                key.group == null ? "Properties" : key.group, name -> new ArrayList<>())
                        .add(key));
        groups.forEach((group, keys) -> {
            page.append("\n## ").append(group).append("\n\n").append(table(keys));
        });
        return page.toString();
    }

    /** The properties as rows of a table. */
    private static String table(List<ConfigDef.ConfigKey> keys) {
        StringBuilder page = new StringBuilder("| property | default | meaning |\n|---|---|---|\n");
        for (ConfigDef.ConfigKey key : keys) {
            page.append("| `")
                    .append(key.name)
                    .append("` | ")
                    .append(defaultOf(key))
                    .append(" | ");
            page.append(key.documentation.replace("|", "\\|").replace("\n", " "));
            String valid = key.validator == null ? "" : String.valueOf(key.validator);
            if (!valid.isBlank() && !valid.contains("$$Lambda") && !valid.equals("non-empty string")) {
                page.append(" *Valid:* ").append(valid.replace("|", "\\|"));
            }
            page.append(" |\n");
        }
        return page.toString();
    }

    private static String families() {
        StringBuilder section = new StringBuilder("\n## Families of properties\n\n")
                .append("Part of their names is what they are about.\n\n| property | meaning |\n|---|---|\n");
        for (RepresentationProperties.Family family : SourceProperties.FAMILIES) {
            section.append("| `")
                    .append(family.name())
                    .append("` | ")
                    .append(family.documentation())
                    .append(" |\n");
        }
        return section.toString();
    }

    private static int groupOrder(ConfigDef definition, String group) {
        return group == null ? Integer.MAX_VALUE : definition.groups().indexOf(group);
    }

    private static String defaultOf(ConfigDef.ConfigKey key) {
        if (!key.hasDefault()) {
            return "**required**";
        }
        Object value = key.defaultValue;
        if (value == null || value.toString().isEmpty()) {
            return "";
        }
        return '`'
                + (value instanceof List<?> list
                        ? String.join(",", list.stream().map(String::valueOf).toList())
                        : value.toString())
                + '`';
    }
}
