package dev.walbrook.connect.json;

import dev.walbrook.connect.data.FieldSink;
import dev.walbrook.connect.data.LazyStruct;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A struct whose values are still JSON. As long as nobody changes it, any number of threads may read it, as they may any
 * struct.
 */
final class JsonStruct extends LazyStruct {

    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(Object[].class);

    private final LazyFields fields;
    private final Marks marks;
    private final int block;
    private final @Nullable Object[] values;

    JsonStruct(LazyFields fields, Marks marks, int block) {
        super(fields.schema());
        this.fields = fields;
        this.marks = marks;
        this.block = block;
        this.values = new @Nullable Object[fields.fields().length];
    }

    @Override
    protected @Nullable Object make(int index) {
        Object known = VALUES.getAcquire(values, index);
        if (known != null) {
            return known;
        }
        Object made = marks.value(block, fields.fields()[index]);
        if (made == null) {
            return null;
        }
        Object earlier = VALUES.compareAndExchange(values, index, null, made);
        return earlier == null ? made : earlier;
    }

    @Override
    protected void hand(int index, FieldSink sink) {
        Object known = VALUES.getAcquire(values, index);
        if (known != null) {
            sink.value(known);
        } else if (!marks.hand(block, fields.fields()[index], sink)) {
            sink.value(make(index));
        }
    }

    @Override
    public int size() {
        return marks.length(block);
    }
}
