package dev.walbrook.benchmarks.contender;

import java.util.Locale;
import java.util.Map;

/** How records are written. */
public enum Format {
    JSON("JSON without schemas", false),
    JSON_SCHEMAS("JSON with schemas", true);

    private final String description;
    private final boolean schemas;

    Format(String description, boolean schemas) {
        this.description = description;
        this.schemas = schemas;
    }

    public String description() {
        return description;
    }

    Map<String, String> properties() {
        String enabled = Boolean.toString(schemas);
        return Map.of("key.converter.schemas.enable", enabled, "value.converter.schemas.enable", enabled);
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
