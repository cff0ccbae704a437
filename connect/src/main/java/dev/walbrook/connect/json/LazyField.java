package dev.walbrook.connect.json;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A field whose values are left in the text.
 *
 * @param field the field
 * @param name its name in quotes, as it stands in the text; null if it can be written in several ways
 * @param kind what its values are
 * @param absent the mark of a null, or of a value that is not there: {@link Marks#NULL}, {@link Marks#DEFAULT}, or {@link
 *     Marks#NOWHERE} if that is refused
 * @param digits how many digits an integer of it has at most to be left in the text
 * @param scale a decimal's
 * @param nested a struct's fields
 */
record LazyField(
        Field field,
        @Nullable Word name,
        FieldKind kind,
        int absent,
        int digits,
        int scale,
        @Nullable LazyFields nested) {

    static LazyField of(Field field, ConverterSettings settings) {
        Schema schema = field.schema();
        FieldKind kind = FieldKind.of(schema);
        byte[] name = ReadPlan.quoted(field.name());
        int absent = schema.defaultValue() != null && settings.defaults()
                ? Marks.DEFAULT
                : schema.isOptional() ? Marks.NULL : Marks.NOWHERE;
        return new LazyField(
                field,
                name == null ? null : new Word(name),
                kind,
                absent,
                kind.safeDigits(),
                kind == FieldKind.DECIMAL ? FieldKind.scale(schema) : 0,
                kind == FieldKind.STRUCT ? LazyFields.of(schema, settings) : null);
    }
}
