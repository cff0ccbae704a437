package dev.walbrook.connect.sink.table;

import dev.walbrook.connect.BinaryText;
import dev.walbrook.connect.sink.record.SourceType;
import dev.walbrook.connect.sink.value.SchemalessText;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the type of a new column: the source's own type where the schema carries it and the target knows it, otherwise
 * the one that fits the schema.
 */
final class ColumnTypes {

    /** Finds a type of the target by its name. */
    interface Lookup {
        @Nullable
        KnownType find(String name) throws SQLException;
    }

    /** What sequences make of integer types in the driver's metadata. */
    private static final Map<String, String> SERIALS =
            Map.of("serial", "int4", "bigserial", "int8", "smallserial", "int2");

    /** The length with which drivers say that there is no limit. */
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int MAX_NUMERIC_PRECISION = 1_000;
    private static final int MAX_TIME_DIGITS = 6;

    private final Lookup lookup;

    ColumnTypes(Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * The type as SQL writes it.
     *
     * @throws IllegalArgumentException if no type of PostgreSQL holds values of that schema
     */
    String of(Schema schema) throws SQLException {
        if (SchemalessText.NAME.equals(schema.name())) {
            throw new IllegalArgumentException(
                    "records without schema do not say of what type it is; create the table or the column");
        }
        SourceType source = SourceType.of(schema);
        if (source != null) {
            String propagated = propagated(source, schema);
            if (propagated != null) {
                return propagated;
            }
        }
        return semantic(schema);
    }

    private @Nullable String propagated(SourceType source, Schema schema) throws SQLException {
        String name = source.name().toLowerCase(Locale.ROOT);
        name = SERIALS.getOrDefault(name, name);
        boolean array = schema.type() == Schema.Type.ARRAY && name.startsWith("_");
        String element = array ? name.substring(1) : name;
        Schema elementSchema = array ? schema.valueSchema() : schema;
        if (element.equals("bytea") && elementSchema.type() == Schema.Type.STRING && BinaryText.of(schema) == null) {
            // Sent as hexadecimal or base64: which of the two, nobody says.
            return null;
        }
        KnownType type = lookup.find(element);
        if (type != null) {
            return type.toSql() + (type.builtIn() ? modifier(element, source) : "") + (array ? "[]" : "");
        }
        if (source.base() != null) {
            return propagated(new SourceType(source.base(), source.length(), source.scale(), null), schema);
        }
        // The bytes of a type that neither the source's connector nor the target knows are those of its text.
        boolean text = elementSchema.type() == Schema.Type.STRING
                || (elementSchema.type() == Schema.Type.BYTES && elementSchema.name() == null);
        boolean meaningful =
                elementSchema.name() != null && !elementSchema.name().equals("io.debezium.data.Enum");
        return text && !meaningful ? "text" + (array ? "[]" : "") : null;
    }

    private static String modifier(String type, SourceType source) {
        Integer length = source.length();
        return switch (type) {
            case "numeric" ->
                length == null || length <= 0 || length > MAX_NUMERIC_PRECISION
                        ? ""
                        : "(" + length + "," + (source.scale() == null ? 0 : source.scale()) + ")";
            case "varchar", "bpchar", "varbit" -> isLimit(length) ? "(" + length + ")" : "";
            case "bit" -> "(" + (isLimit(length) ? length : Integer.valueOf(1)) + ")";
            case "timestamp", "timestamptz", "time", "timetz", "interval" -> digits(length, source.scale());
            default -> "";
        };
    }

    private static boolean isLimit(@Nullable Integer length) {
        return length != null && length > 0 && length < UNLIMITED;
    }

    /** The digits of a second's fraction; a greater length is a column's width on a screen. */
    private static String digits(@Nullable Integer length, @Nullable Integer scale) {
        Integer digits = length != null && length >= 0 && length <= MAX_TIME_DIGITS ? length : scale;
        return digits == null || digits < 0 || digits >= MAX_TIME_DIGITS ? "" : "(" + digits + ")";
    }

    private String semantic(Schema schema) throws SQLException {
        String named = schema.name() == null ? null : semanticName(schema, schema.name());
        return named != null
                ? named
                : switch (schema.type()) {
                    case BOOLEAN -> "boolean";
                    case INT8, INT16 -> "smallint";
                    case INT32 -> "integer";
                    case INT64 -> "bigint";
                    case FLOAT32 -> "real";
                    case FLOAT64 -> "double precision";
                    case STRING -> "text";
                    case BYTES -> "bytea";
                    case ARRAY -> of(schema.valueSchema()) + "[]";
                    case MAP -> extension("hstore");
                    case STRUCT ->
                        throw new IllegalArgumentException("a structure "
                                + (schema.name() == null ? "without name" : schema.name())
                                + " has no counterpart in PostgreSQL");
                };
    }

    private @Nullable String semanticName(Schema schema, String name) throws SQLException {
        return switch (name) {
            case "io.debezium.time.Date",
                    "io.debezium.time.IsoDate",
                    "io.debezium.time.StructuredDate",
                    "org.apache.kafka.connect.data.Date" -> "date";
            case "io.debezium.time.Time",
                    "io.debezium.time.MicroTime",
                    "io.debezium.time.NanoTime",
                    "io.debezium.time.IsoTime",
                    "io.debezium.time.StructuredTime",
                    "org.apache.kafka.connect.data.Time" -> "time";
            case "io.debezium.time.Timestamp",
                    "io.debezium.time.MicroTimestamp",
                    "io.debezium.time.NanoTimestamp",
                    "io.debezium.time.IsoTimestamp",
                    "io.debezium.time.StructuredTimestamp",
                    "org.apache.kafka.connect.data.Timestamp" -> "timestamp";
            case "io.debezium.time.ZonedTimestamp", "io.debezium.time.StructuredZonedTimestamp" -> "timestamptz";
            case "io.debezium.time.ZonedTime", "io.debezium.time.StructuredZonedTime" -> "timetz";
            case "io.debezium.time.MicroDuration",
                    "io.debezium.time.NanoDuration",
                    "io.debezium.time.StructuredDuration",
                    "io.debezium.time.Interval" -> "interval";
            case "org.apache.kafka.connect.data.Decimal" -> decimal(schema);
            case "io.debezium.data.VariableScaleDecimal" -> "numeric";
            case "io.debezium.data.Bits" -> bits(schema);
            case "io.debezium.data.Json" -> "json";
            case "io.debezium.data.Xml" -> "xml";
            case "io.debezium.data.Uuid" -> "uuid";
            case "io.debezium.data.Tsvector" -> "tsvector";
            case "io.debezium.data.Ltree" -> extension("ltree");
            case "io.debezium.data.geometry.Point" -> "point";
            case "io.debezium.data.geometry.Circle" -> "circle";
            case "io.debezium.data.geometry.Line" -> "line";
            case "io.debezium.data.geometry.Geometry" -> extension("geometry");
            case "io.debezium.data.geometry.Geography" -> extension("geography");
            case "io.debezium.data.SparseDoubleVector" -> extension("sparsevec");
            default -> null;
        };
    }

    private static String decimal(Schema schema) {
        Map<String, String> parameters = schema.parameters();
        String precision = parameters == null ? null : parameters.get("connect.decimal.precision");
        return precision == null ? "numeric" : "numeric(" + precision + "," + parameters.get("scale") + ")";
    }

    private static String bits(Schema schema) {
        String length = schema.parameters() == null ? null : schema.parameters().get("length");
        return length == null || length.equals(Integer.toString(UNLIMITED)) ? "varbit" : "bit(" + length + ")";
    }

    /** A type of an extension, or text where the target does not have the extension. */
    private String extension(String name) throws SQLException {
        KnownType type = lookup.find(name);
        return type == null ? "text" : type.toSql();
    }
}
