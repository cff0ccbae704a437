package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.AvroEncoding;
import dev.walbrook.benchmarks.measure.Encoding;
import dev.walbrook.benchmarks.server.Servers;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How records are written. */
public enum Format {
    JSON("JSON without schemas"),
    JSON_SCHEMAS("JSON with schemas"),
    AVRO("Avro, by Apicurio's converter with its registry, whatever the connector");

    private static final String AVRO_CONVERTER = "io.apicurio.registry.utils.converter.AvroConverter";

    private final String description;

    Format(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }

    /** The properties of the converters, which win over a connector's own. */
    Map<String, String> properties(Servers servers) {
        Map<String, String> properties = new HashMap<>();
        for (String part : new String[] {"key.converter", "value.converter"}) {
            if (this == AVRO) {
                properties.put(part, AVRO_CONVERTER);
                properties.put(
                        part + ".apicurio.registry.url",
                        servers.schemaRegistry().url());
                properties.put(part + ".apicurio.registry.auto-register", "true");
            } else {
                properties.put(part + ".schemas.enable", Boolean.toString(this == JSON_SCHEMAS));
            }
        }
        return properties;
    }

    /** How to read what was written. */
    Encoding encoding(Servers servers) {
        return this == AVRO ? new AvroEncoding(servers.schemaRegistry()::schema) : Encoding.JSON;
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
