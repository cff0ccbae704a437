package dev.walbrook.transforms.row;

import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.Envelope;
import dev.walbrook.transforms.event.UnconvertibleException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The row of the events of one schema, decided once: which fields it has and where each comes from. */
public final class RowShape {

    /** Says in rows whether they were deleted: "true" or "false". */
    public static final String DELETED = "__deleted";

    private final Schema schema;
    private final List<Copy> columns;
    private final @Nullable Field deleted;
    private final List<Added> added;
    private final boolean dropsFields;

    private RowShape(
            Schema schema, List<Copy> columns, @Nullable Field deleted, List<Added> added, boolean dropsFields) {
        this.schema = schema;
        this.columns = columns;
        this.deleted = deleted;
        this.added = added;
        this.dropsFields = dropsFields;
    }

    /**
     * Derives the shape.
     *
     * @param envelope the events' schema
     * @param rowName where the row is: before or after
     * @param marked whether rows say whether they are deleted
     * @param added the fields of the envelope that rows get
     * @param drops which fields rows lose
     * @throws UnconvertibleException if two fields would have the same name
     */
    public static RowShape of(
            Schema envelope, String rowName, boolean marked, List<AddedField> added, FieldDrops drops) {
        Schema row = envelope.field(rowName).schema();
        List<Field> kept = new ArrayList<>();
        SchemaBuilder builder = DerivedSchemas.likeStruct(row);
        for (Field field : row.fields()) {
            if (!drops.drops(field.name(), field.schema())) {
                kept.add(field);
                builder.field(field.name(), field.schema());
            }
        }
        boolean dropped = kept.size() < row.fields().size();
        boolean keepsMark = marked && !drops.drops(DELETED, Schema.OPTIONAL_STRING_SCHEMA);
        if (keepsMark) {
            add(builder, DELETED, Schema.OPTIONAL_STRING_SCHEMA);
        }
        List<AddedField.Place> places = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (AddedField field : added) {
            AddedField.Place place = field.in(envelope);
            if (place == null) {
                continue;
            }
            // A deleted row gets its added fields after the drop, as in Debezium: what is asked for of both stays.
            if (rowName.equals(Envelope.AFTER) && drops.drops(field.target(), place.schema())) {
                dropped = true;
                continue;
            }
            add(builder, field.target(), place.schema());
            places.add(place);
            names.add(field.target());
        }
        Schema schema = builder.build();
        List<Added> additions = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            additions.add(new Added(places.get(i), schema.field(names.get(i))));
        }
        return new RowShape(
                schema,
                kept.stream()
                        .map(field -> new Copy(field, schema.field(field.name())))
                        .toList(),
                keepsMark ? schema.field(DELETED) : null,
                additions,
                dropped || marked && !keepsMark || drops.rewrites());
    }

    private static void add(SchemaBuilder builder, String name, Schema schema) {
        if (builder.field(name) != null) {
            throw new UnconvertibleException(
                    "the row has a field '" + name + "' already",
                    "Choose another prefix or another name in add.fields, such as op:__operation.");
        }
        builder.field(name, schema);
    }

    public Schema schema() {
        return schema;
    }

    /**
     * Copies a row.
     *
     * @param row of the schema this shape was made of
     * @param envelope the event it is in
     * @param wasDeleted what the mark says
     * @param defaults whether a null becomes the field's default
     */
    public Struct copy(Struct row, Struct envelope, boolean wasDeleted, boolean defaults) {
        Struct copy = new Struct(schema);
        for (Copy column : columns) {
            copy.put(column.to(), column.read(row, defaults));
        }
        if (deleted != null) {
            copy.put(deleted, wasDeleted ? "true" : "false");
        }
        for (Added field : added) {
            copy.put(field.to(), field.from().value(envelope));
        }
        return copy;
    }

    /** Whether the row is rewritten because of fields to drop. */
    public boolean dropsFields() {
        return dropsFields;
    }

    private record Copy(Field from, Field to) {

        @Nullable
        Object read(Struct row, boolean defaults) {
            // Reading by position is cheaper, but gives the default for null.
            return defaults || from.schema().defaultValue() == null
                    ? row.get(from)
                    : row.getWithoutDefault(from.name());
        }
    }

    private record Added(AddedField.Place from, Field to) {}
}
