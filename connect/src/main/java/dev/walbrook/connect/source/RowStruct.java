package dev.walbrook.connect.source;

import dev.walbrook.connect.data.FieldSink;
import dev.walbrook.connect.data.LazyStruct;
import dev.walbrook.connect.source.TableShape.MappedField;
import dev.walbrook.connect.source.type.TextForm;
import dev.walbrook.postgres.pgoutput.TupleData;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A row or a key whose values are still the text PostgreSQL sent, as far as nothing can go wrong with them any more; the
 * others were made when the row was.
 */
final class RowStruct extends LazyStruct {

    /** Stands for a value that is to be made of its text. */
    private static final Object WAITING = new Object();

    private final TupleData tuple;
    private final List<MappedField> fields;
    private final @Nullable Object[] values;

    /**
     * A row without values.
     *
     * @param tuple where values wait
     * @param fields how they are made, by the index of the field; not the table's field of a key, which comes last
     */
    RowStruct(Schema schema, TupleData tuple, List<MappedField> fields) {
        super(schema);
        this.tuple = tuple;
        this.fields = fields;
        this.values = new Object[schema.fields().size()];
    }

    void set(int index, @Nullable Object value) {
        values[index] = value;
    }

    /** Leaves the value to be made of the tuple's text, which its form takes. */
    void leave(int index) {
        values[index] = WAITING;
    }

    @Override
    protected @Nullable Object make(int index) {
        Object value = values[index];
        if (value == WAITING) {
            MappedField field = fields.get(index);
            int column = field.column();
            value = field.mapping().decoder().decode(tuple.buffer(), tuple.offset(column), tuple.length(column));
            values[index] = value;
        }
        return value;
    }

    @Override
    protected void hand(int index, FieldSink sink) {
        Object value = values[index];
        TextForm form = value == WAITING ? fields.get(index).mapping().form() : null;
        if (form == null) {
            sink.value(value);
        } else {
            int column = fields.get(index).column();
            form.hand(tuple.buffer(), tuple.offset(column), tuple.length(column), sink);
        }
    }
}
