package dev.walbrook.connect.source.property;

import dev.walbrook.connect.source.type.Representation;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** How keys, values and headers look. */
public final class RepresentationProperties {

    public static final String DECIMALS = "decimal.handling.mode";
    public static final String TIMES = "time.precision.mode";
    public static final String INTERVALS = "interval.handling.mode";
    public static final String BINARY = "binary.handling.mode";
    public static final String MONEY_DIGITS = "money.fraction.digits";
    public static final String UNKNOWN_TYPES = "include.unknown.datatypes";
    public static final String UNAVAILABLE_VALUE = "unavailable.value.placeholder";
    public static final String PROPAGATE_COLUMNS = "column.propagate.source.type";
    public static final String PROPAGATE_TYPES = "datatype.propagate.source.type";
    public static final String TOMBSTONES = "tombstones.on.delete";
    public static final String EXTENDED_HEADERS = "extended.headers.enabled";

    private RepresentationProperties() {}

    static void define(Definition definition) {
        definition.group("Representation");
        definition.choice(
                DECIMALS,
                "precise",
                Definition.names(Representation.Decimals.values()),
                "How numeric and money look: Connect's Decimal, a double, or a string, which alone has NaN exactly.");
        definition.choice(
                TIMES,
                "adaptive",
                new String[] {"adaptive"},
                "How dates and times look: by the column's precision. Other modes are not supported yet.");
        definition.choice(
                INTERVALS,
                "numeric",
                Definition.names(Representation.Intervals.values()),
                "How intervals look: microseconds, which blurs months and days, or an exact ISO 8601 string.");
        definition.choice(
                BINARY, "bytes", new String[] {"bytes"}, "How bytea looks. Other modes are not supported yet.");
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
                null,
                "What stands for a large value that an update did not change and that is therefore not in the WAL.");
        definition.regexList(
                PROPAGATE_COLUMNS,
                "Columns whose type, length and scale are added to the schema, as regular expressions on"
                        + " schema.table.column.");
        definition.regexList(
                PROPAGATE_TYPES,
                "Types whose columns have type, length and scale added to the schema, as regular expressions on"
                        + " database.type.");
        definition.optional(TOMBSTONES, Type.BOOLEAN, true, null, "Follow a delete by a record without value.");
        definition.optional(
                EXTENDED_HEADERS,
                Type.BOOLEAN,
                true,
                null,
                "Add headers that name the connector and the task, as Debezium does since 3.3.");
    }
}
