package dev.walbrook.connect.source.type;

import dev.walbrook.capture.CapturedColumn;
import dev.walbrook.connect.BinaryText;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.PgType;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** Decides, once per column of a table, how its values look in Connect. */
public final class ColumnMappings {

    /**
     * What may be null in a column.
     *
     * @param value whether the value
     * @param elements whether elements of an array, although the schema of such arrays usually has none
     */
    public record Nullability(boolean value, boolean elements) {}

    private final Representation representation;
    private final TypeMappings types;
    private final ColumnMasks masks;
    private final String database;

    /**
     * @param representation the user's choices
     * @param masks what is hidden of values
     * @param database the database's name, which qualifies type names in {@code datatype.propagate.source.type}
     */
    public ColumnMappings(Representation representation, ColumnMasks masks, String database) {
        this.representation = representation;
        this.types = new TypeMappings(representation);
        this.masks = masks;
        this.database = database;
    }

    /**
     * The mapping of one column's values in rows.
     *
     * @param table the column's table
     * @param column the column
     * @param nullability what of it may be null
     * @return null if the type has none and the user does not want unknown types
     */
    public @Nullable ColumnMapping inRow(TableId table, CapturedColumn column, Nullability nullability) {
        SourceType type = SourceType.of(column);
        TypeMapping known = known(column, type, nullability);
        if (known == null && !representation.unknownTypes()) {
            return null;
        }
        TypeMapping mapping = known == null ? types.unknown(column.elementType(), nullability.elements()) : known;
        SchemaBuilder builder = start(mapping, column, nullability);
        String qualifiedName = table + "." + column.name();
        boolean propagated = representation.propagates(
                qualifiedName, database + "." + column.declaredType().name());
        String comment = representation.comments() ? column.comment() : null;
        if (propagated) {
            type.describe(builder, column);
            BinaryText text = representation.binaryText();
            if (text != null && (known == null || isBytea(column))) {
                text.describe(builder);
            }
            if (comment != null) {
                builder.parameter("__debezium.source.column.comment", comment);
            }
        }
        if (comment != null) {
            builder.doc(comment);
        }
        ColumnMask mask = masks.of(qualifiedName, type, column.type());
        if (mask != null) {
            mask.describe(builder);
        }
        Schema schema = finish(builder, column, type, mapping);
        ValueDecoder decoder = mapping.decoder().apply(schema);
        Object absent = nullability.value() ? null : absent(column, type, schema, decoder);
        if (mask == null) {
            LossCheck loss = propagated && known != null ? Losses.of(column, type, representation) : null;
            return new ColumnMapping(
                    schema, decoder, mapping.form(), mapping.unavailable(), loss, propagated, null, absent);
        }
        // What is hidden has no exact text beside it.
        return new ColumnMapping(
                schema,
                mask.decoder(decoder),
                null,
                mask.placeholder(mapping.unavailable()),
                null,
                false,
                mask.ofNull(schema),
                absent == null ? null : mask.apply(absent));
    }

    /**
     * The mapping of a key column's values in keys: without what the row's schema tells of the column, and never masked.
     *
     * @return null if the type has none and the user does not want unknown types
     */
    public @Nullable ColumnMapping inKey(CapturedColumn column, Nullability nullability) {
        SourceType type = SourceType.of(column);
        TypeMapping mapping = known(column, type, nullability);
        if (mapping == null) {
            if (!representation.unknownTypes()) {
                return null;
            }
            mapping = types.unknown(column.elementType(), nullability.elements());
        }
        Schema schema = finish(start(mapping, column, nullability), column, type, mapping);
        return new ColumnMapping(
                schema, mapping.decoder().apply(schema), mapping.form(), null, null, false, null, null);
    }

    private static boolean isBytea(CapturedColumn column) {
        PgType values = column.elementType() == null ? column.type() : column.elementType();
        return values.name().equals("bytea");
    }

    private @Nullable TypeMapping known(CapturedColumn column, SourceType type, Nullability nullability) {
        return column.elementType() == null
                ? types.scalar(column.type(), type)
                : types.array(column.elementType(), type, nullability.elements());
    }

    private static SchemaBuilder start(TypeMapping mapping, CapturedColumn column, Nullability nullability) {
        SchemaBuilder builder = mapping.schema().get();
        boolean optional = nullability.value() || TypeMappings.isAlwaysOptional(column.type());
        return optional ? builder.optional() : builder;
    }

    /** The default is part of the table's definition, no row's value: a mask does not hide it. */
    private static Schema finish(SchemaBuilder builder, CapturedColumn column, SourceType type, TypeMapping mapping) {
        Object defaultValue = defaultValue(column, type, mapping);
        if (defaultValue != null) {
            builder.defaultValue(defaultValue);
        }
        return builder.build();
    }

    private static @Nullable Object defaultValue(CapturedColumn column, SourceType type, TypeMapping mapping) {
        Schema schema = mapping.schema().get().build();
        boolean isDomain = column.declaredType().kind() == PgType.Kind.DOMAIN;
        if (schema.type() == Schema.Type.ARRAY || schema.type() == Schema.Type.STRUCT || isDomain) {
            return null;
        }
        return ColumnDefault.of(
                column.type(),
                column.defaultExpression(),
                ofAnyScale(type, mapping.decoder().apply(schema)));
    }

    private static ValueDecoder ofAnyScale(SourceType type, ValueDecoder decoder) {
        boolean hasScale = type.name().equals("numeric") && !type.hasVariableScale();
        return hasScale ? Decimals.withScale(decoder, type.scale()) : decoder;
    }

    /** The column's default, or else the zero of its type. */
    private static Object absent(CapturedColumn column, SourceType type, Schema schema, ValueDecoder decoder) {
        String zero = ColumnDefault.zero(column.type());
        if (schema.defaultValue() != null || column.elementType() != null || zero == null) {
            return ZeroValues.of(schema);
        }
        byte[] text = zero.getBytes(StandardCharsets.US_ASCII);
        Object value = ofAnyScale(type, decoder).decode(text, 0, text.length);
        return value == null ? ZeroValues.of(schema) : value;
    }
}
