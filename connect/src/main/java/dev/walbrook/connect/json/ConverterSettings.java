package dev.walbrook.connect.json;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.storage.ConverterConfig;
import org.jspecify.annotations.Nullable;

/**
 * The converter's configuration, with the names, defaults and limits of Kafka's.
 *
 * @param schemas whether a record is an envelope of its schema and its payload, or the payload alone
 * @param cacheSize how many schemas are kept, in each direction
 * @param decimals how decimals are written; both ways are read
 * @param defaults whether a null is replaced with its schema's default, if there is one
 * @param schemaContent a schema in JSON, UTF-8, that every record read has; null if each brings its own
 */
record ConverterSettings(
        boolean schemas, int cacheSize, DecimalFormat decimals, boolean defaults, byte @Nullable [] schemaContent) {

    static final String SCHEMAS_ENABLE = "schemas.enable";
    static final String SCHEMAS_CACHE_SIZE = "schemas.cache.size";
    static final String SCHEMA_CONTENT = "schema.content";
    static final String DECIMAL_FORMAT = "decimal.format";
    static final String REPLACE_NULL_WITH_DEFAULT = "replace.null.with.default";

    static final ConfigDef CONFIG_DEF = define();

    private static ConfigDef define() {
        String schemas = "Schemas";
        String serialization = "Serialization";
        return ConverterConfig.newConfigDef()
                .define(
                        SCHEMAS_ENABLE,
                        Type.BOOLEAN,
                        true,
                        Importance.HIGH,
                        "Whether a record carries its schema: an object of \"schema\" and \"payload\" instead of the payload "
                                + "alone. On reading, a record without its schema is refused if this is true.",
                        schemas,
                        0,
                        Width.MEDIUM,
                        "Enable Schemas")
                .define(
                        SCHEMAS_CACHE_SIZE,
                        Type.INT,
                        1000,
                        Importance.HIGH,
                        "How many schemas the converter keeps, in each direction.",
                        schemas,
                        1,
                        Width.MEDIUM,
                        "Schema Cache Size")
                .define(
                        SCHEMA_CONTENT,
                        Type.STRING,
                        null,
                        Importance.HIGH,
                        "A schema, in JSON, for every record that is read: the records are payloads without a schema of their "
                                + "own. It counts only if '" + SCHEMAS_ENABLE + "' is true, and in sinks alone.",
                        schemas,
                        2,
                        Width.MEDIUM,
                        "Schema Content")
                .define(
                        DECIMAL_FORMAT,
                        Type.STRING,
                        DecimalFormat.BASE64.name(),
                        ConfigDef.CaseInsensitiveValidString.in(
                                DecimalFormat.BASE64.name(), DecimalFormat.NUMERIC.name()),
                        Importance.LOW,
                        "How decimals are written: 'BASE64', the unscaled value's bytes as a string, or 'NUMERIC', a number. "
                                + "Both are read. Case does not count.",
                        serialization,
                        0,
                        Width.MEDIUM,
                        "Decimal Format")
                .define(
                        REPLACE_NULL_WITH_DEFAULT,
                        Type.BOOLEAN,
                        true,
                        Importance.LOW,
                        "Whether a field that is null is written and read as its schema's default, if there is one, or as null.",
                        serialization,
                        1,
                        Width.MEDIUM,
                        "Replace null with default");
    }

    /**
     * The settings that these properties say.
     *
     * @throws ConfigException if one of them is wrong
     */
    static ConverterSettings of(Map<String, ?> properties) {
        Parsed parsed = new Parsed(properties);
        @Nullable String content = parsed.getString(SCHEMA_CONTENT);
        return new ConverterSettings(
                parsed.getBoolean(SCHEMAS_ENABLE),
                parsed.getInt(SCHEMAS_CACHE_SIZE),
                DecimalFormat.valueOf(parsed.getString(DECIMAL_FORMAT).toUpperCase(Locale.ROOT)),
                parsed.getBoolean(REPLACE_NULL_WITH_DEFAULT),
                content == null || content.isEmpty() ? null : content.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Parsed extends ConverterConfig {
        Parsed(Map<String, ?> properties) {
            super(CONFIG_DEF, properties);
        }
    }
}
