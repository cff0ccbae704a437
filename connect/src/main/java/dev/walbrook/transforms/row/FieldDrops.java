package dev.walbrook.transforms.row;

import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.UnconvertibleException;
import java.util.List;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a record's header asks to drop.
 *
 * @param names of the fields
 * @param optionalOnly whether a required field stays, so that the schema stays compatible with the one before
 */
public record FieldDrops(List<String> names, boolean optionalOnly) {

    /** Nothing is dropped. */
    public static final FieldDrops NONE = new FieldDrops(List.of(), true);

    /**
     * What the record's header says; {@link #NONE} if it has none.
     *
     * @throws UnconvertibleException if the header is no list of names
     */
    public static FieldDrops of(ConnectRecord<?> record, String headerName, boolean optionalOnly) {
        for (Header header : record.headers()) {
            if (header.key().equals(headerName)) {
                return of(header, optionalOnly);
            }
        }
        return NONE;
    }

    private static FieldDrops of(Header header, boolean optionalOnly) {
        if (header.value() == null) {
            return NONE;
        }
        if (header.value() instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.isEmpty()
                    ? NONE
                    : new FieldDrops(list.stream().map(String.class::cast).toList(), optionalOnly);
        }
        throw new UnconvertibleException(
                "its header '" + header.key() + "' is no list of field names",
                "Let drop.fields.header.name name a header that holds an array of strings, and a header.converter that"
                        + " keeps it one.");
    }

    /** Whether a field of this name and schema is dropped. */
    public boolean drops(String field, Schema schema) {
        return names.contains(field) && (!optionalOnly || schema.isOptional());
    }

    /** Whether a row is rewritten even if it has none of the fields, as Debezium does unless schemas stay compatible. */
    boolean rewrites() {
        return !optionalOnly && !names.isEmpty();
    }

    /** The schema without the dropped fields; null if it has none of them. */
    public @Nullable Schema without(Schema schema) {
        if (schema.fields().stream().noneMatch(field -> drops(field.name(), field.schema()))) {
            return null;
        }
        SchemaBuilder builder = DerivedSchemas.likeStruct(schema);
        for (Field field : schema.fields()) {
            if (!drops(field.name(), field.schema())) {
                builder.field(field.name(), field.schema());
            }
        }
        return builder.build();
    }

    /** The struct with the fields of a schema made by {@link #without}. */
    public static Struct reduce(Struct struct, Schema schema) {
        Struct reduced = new Struct(schema);
        for (Field field : schema.fields()) {
            reduced.put(field, struct.getWithoutDefault(field.name()));
        }
        return reduced;
    }
}
