package dev.walbrook.connect.source.type;

import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How values of a type look, before anything is known of the column: whether it may be null, and what its schema tells
 * besides.
 *
 * @param schema starts the schema
 * @param decoder the way to the values, for the schema that was finished
 * @param form how a value's text can be handed on without making the value; null if it cannot
 * @param unavailable what stands for an out-of-line value that is not in the WAL; null if the type has no such value
 */
record TypeMapping(
        Supplier<SchemaBuilder> schema,
        Function<Schema, ValueDecoder> decoder,
        @Nullable TextForm form,
        @Nullable Object unavailable) {

    /** Of values that do not refer to their schema. */
    static TypeMapping of(Supplier<SchemaBuilder> schema, ValueDecoder decoder) {
        return new TypeMapping(schema, built -> decoder, null, null);
    }

    /** Of structures. */
    static TypeMapping struct(Supplier<SchemaBuilder> schema, Function<Schema, ValueDecoder> decoder) {
        return new TypeMapping(schema, decoder, null, null);
    }

    TypeMapping withUnavailable(@Nullable Object placeholder) {
        return new TypeMapping(schema, decoder, form, placeholder);
    }

    TypeMapping withForm(TextForm how) {
        return new TypeMapping(schema, decoder, how, unavailable);
    }
}
