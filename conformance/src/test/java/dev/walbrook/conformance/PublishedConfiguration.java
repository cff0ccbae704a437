package dev.walbrook.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A configuration of Debezium's connector as somebody published it, with tables and changes for it: the files of this name
 * in the folder {@code published}, whose README says where they are from.
 *
 * @param name the files' name
 * @param settings the properties as published
 * @param furtherTopics topics without the connector's name that the configuration's transforms write to
 * @param before SQL that makes the tables and the rows of the snapshot
 * @param changes the transactions that are captured; the last one ends with an insert that is captured
 */
record PublishedConfiguration(
        String name, Map<String, String> settings, Set<String> furtherTopics, String before, List<String> changes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static PublishedConfiguration load(String name) {
        try {
            JsonNode file = JSON.readTree(text(name + ".json"));
            Map<String, String> settings = new LinkedHashMap<>();
            file.path("settings")
                    .properties()
                    .forEach(setting ->
                            settings.put(setting.getKey(), setting.getValue().asText()));
            Set<String> furtherTopics = new LinkedHashSet<>();
            file.path("alsoWritesTo").forEach(topic -> furtherTopics.add(topic.asText()));
            return new PublishedConfiguration(
                    name,
                    settings,
                    furtherTopics,
                    text(name + "-before.sql"),
                    List.of(text(name + "-changes.sql").trim().split("\n\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(PublishedConfiguration.class.getResourceAsStream("published/" + file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    boolean recordsTransactions() {
        return Boolean.parseBoolean(settings.get("provide.transaction.metadata"));
    }

    boolean writesAvro() {
        return settings.getOrDefault("value.converter", "").contains("Avro");
    }

    /**
     * The configuration under one connector: with its class, and with what belongs to the place where it runs.
     *
     * @param unique ends the topic prefix and is the slot's name, since both connectors run on one server
     * @param registryUrl the registry's REST interface
     */
    Map<String, String> under(Subject subject, String unique, TestDatabase database, String registryUrl) {
        String prefix = Objects.requireNonNull(settings.get("topic.prefix"));
        Map<String, String> properties = new LinkedHashMap<>();
        settings.forEach((property, value) -> {
            if (property.endsWith(".apicurio.registry.url")) {
                properties.put(property, registryUrl);
            } else if (property.startsWith("transforms.")) {
                properties.put(property, value.replace(prefix, prefix + "_" + unique));
            } else {
                properties.put(property, value);
            }
        });
        properties.put("connector.class", subject.connectorClass());
        properties.put("topic.prefix", prefix + "_" + unique);
        properties.put("slot.name", unique);
        properties.putAll(Subject.connection(database));
        if (subject == Subject.DEBEZIUM) {
            // Its default is a plug-in that a stock server does not have; Walbrook needs no such help.
            properties.put("plugin.name", "pgoutput");
        }
        return properties;
    }
}
