package dev.walbrook.connect.source.type;

import dev.walbrook.capture.CapturedColumn;
import dev.walbrook.connect.EnumLabels;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.PgType;
import dev.walbrook.postgres.codec.ArrayText;
import dev.walbrook.postgres.codec.BitText;
import dev.walbrook.postgres.codec.ByteaText;
import dev.walbrook.postgres.codec.NumberText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** Decides, once per column of a table, how its values look in Connect. */
public final class ColumnMappings {

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
    /** Element types whose arrays Debezium maps; arrays of other types count as unknown. */
    private static final Set<String> ARRAY_ELEMENTS = Set.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "oid",
            "float4",
            "float8",
            "numeric",
            "char",
            "varchar",
            "text",
            "bpchar",
            "citext",
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
            "daterange",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "uuid",
            "json",
            "jsonb",
            "bytea");

    private static final byte DELIMITER = ',';

    private final Representation representation;
    private final String database;

    /**
     * @param representation the user's choices
     * @param database the database's name, which qualifies type names in {@code datatype.propagate.source.type}
     */
    public ColumnMappings(Representation representation, String database) {
        this.representation = representation;
        this.database = database;
    }

    /**
     * The mapping of one column.
     *
     * @param table the column's table
     * @param column the column
     * @param optional whether its field may be null
     * @return null if the type has none and the user does not want unknown types
     */
    public @Nullable ColumnMapping map(TableId table, CapturedColumn column, boolean optional) {
        SourceType type = SourceType.of(column);
        Plain plain = column.elementType() == null ? scalar(column.type(), type) : array(column.elementType(), type);
        LossCheck loss = null;
        if (plain != null) {
            loss = Losses.of(column, type, representation);
        } else {
            if (!representation.unknownTypes()) {
                return null;
            }
            plain = new Plain(SchemaBuilder::bytes, schema -> ColumnMappings::utf8Bytes, utf8(representation));
        }
        SchemaBuilder builder = plain.schema().get();
        if (optional) {
            builder.optional();
        }
        boolean propagated = representation.propagates(table + "." + column.name(), database + "." + type.name());
        if (propagated) {
            type.describe(builder);
            if (column.comment() != null) {
                builder.parameter("__debezium.source.column.comment", column.comment());
            }
        }
        Object defaultValue = defaultValue(column, type, plain);
        if (defaultValue != null) {
            builder.defaultValue(defaultValue);
        }
        Schema schema = builder.build();
        return new ColumnMapping(schema, plain.decoder().apply(schema), plain.unavailable(), propagated ? loss : null);
    }

    private @Nullable Object defaultValue(CapturedColumn column, SourceType type, Plain plain) {
        boolean isStruct = representation.decimals() == Representation.Decimals.PRECISE && type.hasVariableScale();
        if (column.elementType() != null || isStruct) {
            return null;
        }
        ValueDecoder decoder = plain.decoder().apply(plain.schema().get().build());
        return ColumnDefault.of(column.type(), column.defaultExpression(), decoder);
    }

    /** A mapping before optionality and parameters are known. */
    private record Plain(
            Supplier<SchemaBuilder> schema, Function<Schema, ValueDecoder> decoder, @Nullable Object unavailable) {}

    private static Plain plain(Supplier<SchemaBuilder> schema, ValueDecoder decoder) {
        return new Plain(schema, built -> decoder, null);
    }

    private Plain string(@Nullable String semanticName) {
        return new Plain(
                () -> semanticName == null
                        ? SchemaBuilder.string()
                        : SchemaBuilder.string().name(semanticName).version(1),
                built -> ColumnMappings::text,
                representation.unavailableValue());
    }

    private @Nullable Plain scalar(PgType type, SourceType described) {
        if (type.kind() == PgType.Kind.ENUM) {
            return new Plain(
                    () -> {
                        SchemaBuilder schema = SchemaBuilder.string()
                                .name("io.debezium.data.Enum")
                                .version(1);
                        EnumLabels.describe(schema, type.labels());
                        return schema;
                    },
                    built -> ColumnMappings::text,
                    representation.unavailableValue());
        }
        if (type.kind() != PgType.Kind.BASE && type.kind() != PgType.Kind.RANGE) {
            return null;
        }
        if (TEXT_TYPES.contains(type.name())) {
            return string(null);
        }
        return switch (type.name()) {
            case "bool" -> plain(SchemaBuilder::bool, (buffer, offset, length) -> buffer[offset] == 't');
            case "bit", "varbit" -> bits(described);
            case "int2" -> plain(SchemaBuilder::int16, NumberText::parseShort);
            case "int4" -> plain(SchemaBuilder::int32, NumberText::parseInt);
            case "int8", "oid" -> plain(SchemaBuilder::int64, NumberText::parseLong);
            case "float4" -> plain(SchemaBuilder::float32, NumberText::parseFloat);
            case "float8" -> plain(SchemaBuilder::float64, NumberText::parseDouble);
            case "numeric" ->
                new Plain(
                        () -> Decimals.schema(representation.decimals(), described),
                        schema -> Decimals.decoder(representation.decimals(), described, schema),
                        null);
            case "money" -> plain(() -> Decimals.moneySchema(representation), Decimals.moneyDecoder(representation));
            case "date" -> plain(Temporals::dateSchema, Temporals::date);
            case "time" -> plain(() -> Temporals.timeSchema(described), Temporals.timeDecoder(described));
            case "timetz" -> plain(Temporals::timeTzSchema, Temporals::timeTz);
            case "timestamp" ->
                plain(() -> Temporals.timestampSchema(described), Temporals.timestampDecoder(described));
            case "timestamptz" -> plain(Temporals::timestampTzSchema, Temporals.timestampTzDecoder(described));
            case "interval" ->
                plain(
                        () -> Temporals.intervalSchema(representation.intervals()),
                        Temporals.intervalDecoder(representation.intervals()));
            case "bytea" ->
                new Plain(
                        SchemaBuilder::bytes,
                        built -> (buffer, offset, length) -> ByteBuffer.wrap(ByteaText.parse(buffer, offset, length)),
                        ByteBuffer.wrap(representation.unavailableBytes()));
            case "json", "jsonb" -> string("io.debezium.data.Json");
            case "xml" -> string("io.debezium.data.Xml");
            case "uuid" -> string("io.debezium.data.Uuid");
            case "ltree" -> string("io.debezium.data.Ltree");
            case "tsvector" -> string("io.debezium.data.Tsvector");
            case "point" -> new Plain(Geometries::pointSchema, Geometries::pointDecoder, null);
            case "circle" -> new Plain(Geometries::circleSchema, Geometries::circleDecoder, null);
            case "line" -> new Plain(Geometries::lineSchema, Geometries::lineDecoder, null);
            case "box", "lseg", "path", "polygon" ->
                new Plain(Geometries::shapeSchema, schema -> Geometries.shapeDecoder(schema, type.name()), null);
            default -> null;
        };
    }

    private @Nullable Plain array(PgType element, SourceType described) {
        if (element.kind() != PgType.Kind.ENUM && !ARRAY_ELEMENTS.contains(element.name())) {
            return null;
        }
        SourceType elementType = new SourceType(element.name(), described.length(), described.scale());
        Plain plain = scalar(element, elementType);
        if (plain == null) {
            return null;
        }
        Schema elementSchema = plain.schema().get().optional().build();
        ValueDecoder elementDecoder = plain.decoder().apply(elementSchema);
        return new Plain(
                () -> SchemaBuilder.array(elementSchema),
                built -> (buffer, offset, length) -> list(buffer, offset, length, elementDecoder),
                unavailableList(element.name()));
    }

    /** Debezium's placeholders in arrays; types without one have none here either. */
    private @Nullable Object unavailableList(String elementType) {
        return switch (elementType) {
            case "text", "varchar", "bpchar", "char", "citext", "json", "jsonb" ->
                List.of(representation.unavailableValue());
            case "bytea" -> List.of(ByteBuffer.wrap(representation.unavailableBytes()));
            case "int4" -> {
                List<Integer> numbers = new ArrayList<>();
                for (byte b : representation.unavailableBytes()) {
                    numbers.add((int) b);
                }
                yield numbers;
            }
            case "int8" -> {
                List<Long> numbers = new ArrayList<>();
                for (byte b : representation.unavailableBytes()) {
                    numbers.add((long) b);
                }
                yield numbers;
            }
            case "uuid" ->
                List.of(UUID.nameUUIDFromBytes(representation.unavailableBytes())
                        .toString());
            default -> null;
        };
    }

    private static Plain bits(SourceType type) {
        if (type.length() == 1) {
            // A bit varying(1) may be empty.
            return plain(SchemaBuilder::bool, (buffer, offset, length) -> length > 0 && buffer[offset] == '1');
        }
        return plain(
                () -> SchemaBuilder.bytes()
                        .name("io.debezium.data.Bits")
                        .version(1)
                        .parameter("length", Integer.toString(type.length())),
                BitText::parseLittleEndian);
    }

    private static List<Object> list(byte[] buffer, int offset, int length, ValueDecoder decoder) {
        List<Object> values = new ArrayList<>();
        ArrayText.parse(buffer, offset, length, DELIMITER, new ArrayText.ElementHandler() {
            @Override
            public void element(byte[] bytes, int start, int size) {
                values.add(decoder.decode(bytes, start, size));
            }

            @Override
            @SuppressWarnings("NullAway") // Connect's arrays hold nulls where their element schema is optional.
            public void nullElement() {
                values.add(null);
            }
        });
        return values;
    }

    private static Object text(byte[] buffer, int offset, int length) {
        return new String(buffer, offset, length, StandardCharsets.UTF_8);
    }

    private static Object utf8Bytes(byte[] buffer, int offset, int length) {
        return ByteBuffer.wrap(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    private static Object utf8(Representation representation) {
        return ByteBuffer.wrap(representation.unavailableBytes());
    }
}
