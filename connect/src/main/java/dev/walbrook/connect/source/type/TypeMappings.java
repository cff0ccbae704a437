package dev.walbrook.connect.source.type;

import dev.walbrook.connect.EnumLabels;
import dev.walbrook.postgres.catalog.PgType;
import dev.walbrook.postgres.codec.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** Decides how values of a type look. */
final class TypeMappings {

    private static final Set<String> TEXT_TYPES = Set.of(
            "char",
            "varchar",
            "text",
            "bpchar",
            "citext",
            "name",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "isbn",
            "int4range",
            "int8range",
            "numrange",
            "tsrange",
            "tstzrange",
            "daterange");

    /** Element types whose arrays Debezium leaves out although it has their values; such an array counts as unknown. */
    private static final Set<String> NOT_IN_ARRAYS =
            Set.of("bit", "varbit", "interval", "money", "name", "point", "xml");

    /** Element types in whose arrays the schema has no null, like enums and unknown types. */
    private static final Set<String> REQUIRED_IN_ARRAYS = Set.of("isbn", "tsvector");

    /** The digits of the seconds' fraction that 3.0 gave all times in arrays. */
    private static final int MICRO_DIGITS = 6;

    /** Types that were unknown before a release. */
    private static final Map<String, CompatibilityLevel> SINCE = Map.of(
            "tsvector", CompatibilityLevel.V3_3,
            "box", CompatibilityLevel.V3_7,
            "circle", CompatibilityLevel.V3_7,
            "line", CompatibilityLevel.V3_7,
            "lseg", CompatibilityLevel.V3_7,
            "path", CompatibilityLevel.V3_7,
            "polygon", CompatibilityLevel.V3_7);

    private final Representation representation;

    TypeMappings(Representation representation) {
        this.representation = representation;
    }

    /**
     * How values of a type look.
     *
     * @param type the type, behind any domain
     * @param described what its schema tells of it
     * @return null if nothing is known of it
     */
    @Nullable
    TypeMapping scalar(PgType type, SourceType described) {
        if (type.kind() == PgType.Kind.ENUM) {
            return text(() -> labels(type));
        }
        if (type.kind() != PgType.Kind.BASE && type.kind() != PgType.Kind.RANGE) {
            return null;
        }
        CompatibilityLevel since = SINCE.get(type.name());
        if (since != null && !representation.level().isAtLeast(since)) {
            return null;
        }
        if (TEXT_TYPES.contains(type.name())) {
            return text(SchemaBuilder::string);
        }
        return switch (type.name()) {
            case "bool" ->
                TypeMapping.of(SchemaBuilder::bool, (buffer, offset, length) -> buffer[offset] == 't')
                        .withForm(TextForm.BOOLEAN);
            case "bit", "varbit" -> Binaries.bits(described);
            case "int2" ->
                TypeMapping.of(SchemaBuilder::int16, NumberText::parseShort).withForm(TextForm.INTEGER);
            case "int4" ->
                TypeMapping.of(SchemaBuilder::int32, NumberText::parseInt).withForm(TextForm.INTEGER);
            case "int8", "oid" ->
                TypeMapping.of(SchemaBuilder::int64, NumberText::parseLong).withForm(TextForm.INTEGER);
            case "float4" -> TypeMapping.of(SchemaBuilder::float32, NumberText::parseFloat);
            case "float8" -> TypeMapping.of(SchemaBuilder::float64, NumberText::parseDouble);
            case "numeric" -> Decimals.numeric(representation, described);
            case "money" -> Decimals.money(representation);
            case "date" -> Dates.mapping(representation.times());
            case "time" -> TimesOfDay.mapping(representation.times(), described);
            case "timetz" -> TimesOfDay.zonedMapping(representation, described);
            case "timestamp" -> Timestamps.mapping(representation, described);
            case "timestamptz" -> Timestamps.zonedMapping(representation.times(), described);
            case "interval" -> Intervals.mapping(representation.times(), representation.intervals(), described);
            case "bytea" -> Binaries.bytea(representation);
            case "hstore" -> Hstores.mapping(representation);
            case "json", "jsonb" -> semantic("io.debezium.data.Json");
            case "xml" -> semantic("io.debezium.data.Xml");
            case "uuid" -> semantic("io.debezium.data.Uuid");
            case "ltree" -> semantic("io.debezium.data.Ltree");
            case "tsvector" -> semantic("io.debezium.data.Tsvector");
            case "point" -> TypeMapping.struct(Geometries::pointSchema, Geometries::pointDecoder);
            case "circle" -> TypeMapping.struct(Geometries::circleSchema, Geometries::circleDecoder);
            case "line" -> TypeMapping.struct(Geometries::lineSchema, Geometries::lineDecoder);
            case "box", "lseg", "path", "polygon" ->
                TypeMapping.struct(Geometries::shapeSchema, schema -> Geometries.shapeDecoder(schema, type.name()));
            default -> null;
        };
    }

    /**
     * How arrays of a type look.
     *
     * @param element the elements' type
     * @param described what the array's schema tells of it
     * @param nullsSeen whether a null was met in an array whose schema allows none
     * @return null if nothing is known of it
     */
    @Nullable
    TypeMapping array(PgType element, SourceType described, boolean nullsSeen) {
        if (NOT_IN_ARRAYS.contains(element.name())) {
            return null;
        }
        boolean digitsLost =
                element.name().equals("time") && !representation.level().isAtLeast(CompatibilityLevel.V3_1);
        SourceType elementType =
                new SourceType(element.name(), described.length(), digitsLost ? MICRO_DIGITS : described.scale());
        TypeMapping mapping = scalar(element, elementType);
        if (mapping == null) {
            return null;
        }
        boolean required = element.kind() == PgType.Kind.ENUM || REQUIRED_IN_ARRAYS.contains(element.name());
        return ArrayMapping.of(element.name(), mapping, !required || nullsSeen, representation.strictElements())
                .withUnavailable(unavailableList(element.name()));
    }

    /** Whether the schema allows null even in a column that does not: so Debezium has the types that came with 3.7. */
    static boolean isAlwaysOptional(PgType type) {
        return SINCE.get(type.name()) == CompatibilityLevel.V3_7;
    }

    /** How values of a type look of which nothing is known. */
    TypeMapping unknown(@Nullable PgType element, boolean nullsSeen) {
        TypeMapping mapping = Binaries.unknown(representation);
        return element == null
                ? mapping
                : ArrayMapping.of(element.name(), mapping, nullsSeen, representation.strictElements());
    }

    private SchemaBuilder labels(PgType type) {
        SchemaBuilder schema =
                SchemaBuilder.string().name("io.debezium.data.Enum").version(1);
        boolean sorted = representation.level().isAtLeast(CompatibilityLevel.V3_6);
        EnumLabels.describe(schema, sorted ? type.labels() : type.labelsByAge());
        return schema;
    }

    private TypeMapping semantic(String name) {
        return text(() -> SchemaBuilder.string().name(name).version(1));
    }

    private TypeMapping text(Supplier<SchemaBuilder> schema) {
        return TypeMapping.of(
                        schema, (buffer, offset, length) -> new String(buffer, offset, length, StandardCharsets.UTF_8))
                .withForm(TextForm.TEXT)
                .withUnavailable(representation.unavailable().text());
    }

    /** Debezium's placeholders in arrays; types without one have none here either. */
    private @Nullable Object unavailableList(String elementType) {
        return switch (elementType) {
            case "text", "varchar", "bpchar", "char", "citext", "json", "jsonb" ->
                List.of(representation.unavailable().text());
            case "bytea" -> List.of(Binaries.placeholder(representation));
            case "int4" -> numbers(value -> value);
            case "int8" -> numbers(value -> (long) value);
            case "date" ->
                switch (representation.times()) {
                    case ADAPTIVE, ADAPTIVE_TIME_MICROSECONDS, MICROSECONDS, NANOSECONDS -> numbers(value -> value);
                    case CONNECT, ISOSTRING, STRUCTURED -> null;
                };
            case "uuid" ->
                List.of(UUID.nameUUIDFromBytes(representation.unavailable().bytes())
                        .toString());
            default -> null;
        };
    }

    private List<Object> numbers(IntFunction<Object> number) {
        List<Object> numbers = new ArrayList<>();
        for (byte b : representation.unavailable().bytes()) {
            numbers.add(number.apply(b));
        }
        return numbers;
    }
}
