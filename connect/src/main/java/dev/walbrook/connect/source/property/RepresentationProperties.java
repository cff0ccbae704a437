package dev.walbrook.connect.source.property;

import dev.walbrook.connect.source.type.ColumnMasks;
import dev.walbrook.connect.source.type.CompatibilityLevel;
import dev.walbrook.connect.source.type.FailureHandling;
import dev.walbrook.connect.source.type.MessageKeys;
import dev.walbrook.connect.source.type.NameAdjustment;
import dev.walbrook.connect.source.type.Placeholder;
import dev.walbrook.connect.source.type.Representation;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** How keys, values and headers look. */
public final class RepresentationProperties {

    public static final String LEVEL = "compatibility.level";
    public static final String DECIMALS = "decimal.handling.mode";
    public static final String TIMES = "time.precision.mode";
    public static final String INTERVALS = "interval.handling.mode";
    public static final String BINARY = "binary.handling.mode";
    public static final String HSTORE = "hstore.handling.mode";
    public static final String MONEY_DIGITS = "money.fraction.digits";
    public static final String UNKNOWN_TYPES = "include.unknown.datatypes";
    public static final String UNAVAILABLE_VALUE = "unavailable.value.placeholder";
    public static final String PROPAGATE_COLUMNS = "column.propagate.source.type";
    public static final String PROPAGATE_TYPES = "datatype.propagate.source.type";
    public static final String COMMENTS = "include.schema.comments";
    public static final String SCHEMA_NAMES = "schema.name.adjustment.mode";
    public static final String FIELD_NAMES = "field.name.adjustment.mode";
    public static final String MESSAGE_KEYS = "message.key.columns";
    public static final String TOMBSTONES = "tombstones.on.delete";
    public static final String EXTENDED_HEADERS = "extended.headers.enabled";
    public static final String CONVERSION_FAILURES = "event.converting.failure.handling.mode";
    public static final String PROCESSING_FAILURES = "event.processing.failure.handling.mode";
    public static final String DEAD_LETTER_TOPIC = "dead.letter.topic.name";
    public static final String SOURCE_INFO_MAKER = "sourceinfo.struct.maker";
    public static final String SCHEMA_REFRESH = "schema.refresh.mode";

    private static final String DEFAULT_SOURCE_INFO_MAKER =
            "io.debezium.connector.postgresql.PostgresSourceInfoStructMaker";

    /**
     * Properties whose names hold a number, or an algorithm and a salt, so that there is no end to them.
     *
     * @param name the name, with what varies in angle brackets
     * @param documentation what they do
     */
    public record Family(String name, String documentation) {}

    private static final String COLUMNS =
            " The value lists columns, as regular expressions on schema.table.column, separated by commas.";

    /** Those families, which are recognised by {@link ColumnMasks}. */
    public static final List<Family> FAMILIES = List.of(
            new Family(
                    "column.truncate.to.<n>.chars",
                    "Text in these columns is cut to n characters. Comes before masks and hashes of the same column."
                            + COLUMNS),
            new Family(
                    "column.mask.with.<n>.chars",
                    "Text in these columns, and null, is replaced by n asterisks. Columns of other types than character"
                            + " types and enums stay readable, and so do keys; leave such columns out with"
                            + " column.exclude.list." + COLUMNS),
            new Family(
                    "column.mask.hash.v2.<algorithm>.with.salt.<salt>",
                    "Text in these columns is replaced by its salted hash in hexadecimal, cut to the column's length."
                            + " Keys stay readable." + COLUMNS),
            new Family(
                    "column.mask.hash.<algorithm>.with.salt.<salt>",
                    "The same with the first version of the hash, which is of the text as Java serializes it."
                            + COLUMNS));

    private RepresentationProperties() {}

    static void define(Definition definition) {
        definition.group("Representation");
        definition.choice(
                LEVEL,
                CompatibilityLevel.newest().version(),
                Arrays.stream(CompatibilityLevel.values())
                        .map(CompatibilityLevel::version)
                        .toArray(String[]::new),
                "The release of Debezium that records look like, where its releases differ: the order of an enum's"
                        + " labels (3.6), geometric types (3.7), tsvector (3.3), infinite timestamps (3.7), the source block's"
                        + " origin (3.5), the context headers (3.2) and the run's among them (3.4).");
        defineTypes(definition);
        defineSchemas(definition);
        defineFailures(definition);
    }

    private static void defineTypes(Definition definition) {
        definition.choice(
                DECIMALS,
                "precise",
                Definition.names(Representation.Decimals.values()),
                "How numeric and money look: Connect's Decimal, a double, or a string, which alone has NaN exactly.");
        definition.choice(
                TIMES,
                "adaptive",
                Definition.names(Representation.Times.values()),
                "How dates and times look: by the column's precision in milliseconds or microseconds (adaptive; times"
                        + " always in microseconds with adaptive_time_microseconds), always in microseconds or nanoseconds,"
                        + " as Connect's own types in milliseconds (connect), as ISO 8601 text (isostring), or as"
                        + " structures of their parts (structured, which intervals follow).");
        definition.choice(
                INTERVALS,
                "numeric",
                Definition.names(Representation.Intervals.values()),
                "How intervals look: microseconds, which blurs months and days, or an exact ISO 8601 string.");
        definition.choice(
                BINARY,
                "bytes",
                Definition.names(Representation.Binaries.values()),
                "How bytea, and the bytes of unknown types, look: bytes, or text in base64 or hexadecimal.");
        definition.choice(
                HSTORE,
                "json",
                Definition.names(Representation.Hstores.values()),
                "How hstore looks: a JSON object in text, or a map.");
        definition.optional(MONEY_DIGITS, Type.INT, 2, Range.between(0, 18), "Digits after the point of money.");
        definition.optional(
                UNKNOWN_TYPES,
                Type.BOOLEAN,
                false,
                null,
                "Emit columns of types without a representation as the bytes of their text instead of leaving them out.");
        definition.optional(
                UNAVAILABLE_VALUE,
                Type.STRING,
                "__debezium_unavailable_value",
                RepresentationProperties::requirePlaceholder,
                "What stands for a large value that an update did not change and that is therefore not in the WAL: text,"
                        + " or hex: and bytes in hexadecimal.");
    }

    private static void defineSchemas(Definition definition) {
        definition.regexList(
                PROPAGATE_COLUMNS,
                "Columns whose type, length, scale and name are added to the schema, as regular expressions on"
                        + " schema.table.column. A Walbrook sink then makes columns of the same types, and gets exact"
                        + " values.");
        definition.regexList(
                PROPAGATE_TYPES,
                "Types whose columns have type, length, scale and name added to the schema, as regular expressions on"
                        + " database.type.");
        definition.optional(
                COMMENTS, Type.BOOLEAN, false, null, "Add the columns' comments to the schema, as documentation.");
        definition.choice(
                SCHEMA_NAMES,
                "none",
                Definition.names(NameAdjustment.values()),
                "How the names of schemas are made fit for Avro: characters it does not allow become _ (avro) or _uXXXX"
                        + " (avro_unicode).");
        definition.choice(
                FIELD_NAMES,
                "none",
                Definition.names(NameAdjustment.values()),
                "The same for the names of fields, that is, of columns.");
        definition.optional(
                MESSAGE_KEYS,
                Type.STRING,
                null,
                RepresentationProperties::requireKeys,
                "Columns that are the key of a table's records instead of its primary key:"
                        + " schema.table:column,column;schema.table:column, the tables as regular expressions.");
        definition.optional(TOMBSTONES, Type.BOOLEAN, true, null, "Follow a delete by a record without value.");
        definition.optional(
                EXTENDED_HEADERS,
                Type.BOOLEAN,
                true,
                null,
                "Add headers that name the connector, the task and its run, as Debezium does since 3.2.");
        definition.choice(
                SOURCE_INFO_MAKER,
                DEFAULT_SOURCE_INFO_MAKER,
                new String[] {DEFAULT_SOURCE_INFO_MAKER},
                "Accepted for compatibility; classes written for Debezium's own interfaces cannot be loaded.");
        definition.choice(
                SCHEMA_REFRESH,
                "columns_diff",
                new String[] {"columns_diff", "columns_diff_exclude_unchanged_toast"},
                "Accepted for compatibility: a table's columns always are those of the change log at that place.");
    }

    private static void defineFailures(Definition definition) {
        definition.choice(
                CONVERSION_FAILURES,
                "warn",
                new String[] {"fail", "warn", "skip"},
                "What to do with a value that its representation cannot hold, such as NaN in a decimal: fail, or go on"
                        + " with null, with or without a warning.");
        definition.choice(
                PROCESSING_FAILURES,
                "fail",
                Definition.names(FailureHandling.values()),
                "What to do with a change of which no record can be made: fail, or leave it out, with (warn) or without"
                        + " (skip, ignore) a warning.");
        definition.optional(
                DEAD_LETTER_TOPIC,
                Type.STRING,
                null,
                Definition.matching(TopicProperties.TOPIC_NAME, "a topic name: letters, digits, '.', '_' and '-'"),
                "The topic for changes of which no record can be made, when event.processing.failure.handling.mode is not"
                        + " fail. Each becomes a record there, in order, with its position, the cause, and the row as"
                        + " PostgreSQL's text, without columns that are left out, masked or cut. A value that only becomes"
                        + " null is no such failure: set event.converting.failure.handling.mode to fail for it to be one."
                        + " Transforms and converters come later: what fails in them Connect skips with"
                        + " errors.tolerance=all, and it has no such topic for a source.");
    }

    private static void requirePlaceholder(String name, Object value) {
        try {
            new Placeholder((String) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, "takes hexadecimal digits in pairs after hex:");
        }
    }

    private static void requireKeys(String name, @Nullable Object value) {
        if (value != null) {
            try {
                MessageKeys.parse((String) value);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(name, value, e.getMessage());
            }
        }
    }
}
