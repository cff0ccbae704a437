package dev.walbrook.connect.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * A struct whose values are made when they are asked for. What is never asked for costs nothing.
 *
 * <p>Whoever changes it, compares it or prints it gets all values made first, and an ordinary struct from then on. Like every
 * struct it is for one thread at a time.
 */
public abstract class LazyStruct extends Struct {

    /** Volatile because many threads may read a struct that nobody changes, and one of them may be the first to have it made. */
    private volatile boolean made;

    /** @param schema a struct's schema */
    protected LazyStruct(Schema schema) {
        super(schema);
    }

    /**
     * A field's value, which fits its schema; the same one each time.
     *
     * @param index the field's
     * @return null if there is none, whatever the schema's default
     */
    protected abstract @Nullable Object make(int index);

    /** Hands a field's value on as it is there. */
    protected abstract void hand(int index, FieldSink sink);

    /**
     * What this struct is like: structs of one schema that return the same object have the same values, so that what became of
     * one can be used again. Null, which it is unless overridden, if nothing is known of another.
     */
    protected @Nullable Object likeness() {
        return null;
    }

    /** {@link #likeness}, or null if this struct may have been changed. */
    public final @Nullable Object currentLikeness() {
        return made ? null : likeness();
    }

    /** About how many bytes it takes. */
    public int size() {
        return 16 * schema().fields().size();
    }

    /** Hands a field's value, of which the index is given, to the sink. */
    public final void stream(int index, FieldSink sink) {
        if (made) {
            sink.value(value(index));
        } else {
            hand(index, sink);
        }
    }

    /** A field's value, of which the index is given, as {@link #getWithoutDefault} returns it. */
    public final @Nullable Object at(int index) {
        return value(index);
    }

    private @Nullable Object value(int index) {
        return made ? super.getWithoutDefault(schema().fields().get(index).name()) : make(index);
    }

    private void makeAll() {
        if (!made) {
            List<Field> fields = schema().fields();
            for (Field field : fields) {
                Object value = make(field.index());
                if (value != null) {
                    super.put(field, value);
                }
            }
            made = true;
        }
    }

    private Field field(String name) {
        Field field = schema().field(name);
        if (field == null) {
            throw new DataException(name + " is not a valid field name");
        }
        return field;
    }

    private @Nullable Object typed(String name, Schema.Type type) {
        Field field = field(name);
        if (field.schema().type() != type) {
            throw new DataException("Field '" + name + "' is not of type " + type);
        }
        return value(field.index());
    }

    @Override
    public @Nullable Object get(String fieldName) {
        return get(field(fieldName));
    }

    @Override
    public @Nullable Object get(Field field) {
        Object value = value(field.index());
        return value == null ? field.schema().defaultValue() : value;
    }

    @Override
    public @Nullable Object getWithoutDefault(String fieldName) {
        return value(field(fieldName).index());
    }

    @Override
    public @Nullable Byte getInt8(String fieldName) {
        return (Byte) typed(fieldName, Schema.Type.INT8);
    }

    @Override
    public @Nullable Short getInt16(String fieldName) {
        return (Short) typed(fieldName, Schema.Type.INT16);
    }

    @Override
    public @Nullable Integer getInt32(String fieldName) {
        return (Integer) typed(fieldName, Schema.Type.INT32);
    }

    @Override
    public @Nullable Long getInt64(String fieldName) {
        return (Long) typed(fieldName, Schema.Type.INT64);
    }

    @Override
    public @Nullable Float getFloat32(String fieldName) {
        return (Float) typed(fieldName, Schema.Type.FLOAT32);
    }

    @Override
    public @Nullable Double getFloat64(String fieldName) {
        return (Double) typed(fieldName, Schema.Type.FLOAT64);
    }

    @Override
    public @Nullable Boolean getBoolean(String fieldName) {
        return (Boolean) typed(fieldName, Schema.Type.BOOLEAN);
    }

    @Override
    public @Nullable String getString(String fieldName) {
        return (String) typed(fieldName, Schema.Type.STRING);
    }

    @Override
    @SuppressWarnings("ByteBufferBackingArray") // Of a buffer all that is behind it, as Connect's own struct does.
    public byte @Nullable [] getBytes(String fieldName) {
        Object bytes = typed(fieldName, Schema.Type.BYTES);
        return bytes instanceof ByteBuffer buffer ? buffer.array() : (byte[]) bytes;
    }

    @Override
    @SuppressWarnings("unchecked") // As Connect's own struct does: the schema says what is in it.
    public <T> @Nullable List<T> getArray(String fieldName) {
        return (List<T>) typed(fieldName, Schema.Type.ARRAY);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> @Nullable Map<K, V> getMap(String fieldName) {
        return (Map<K, V>) typed(fieldName, Schema.Type.MAP);
    }

    @Override
    public @Nullable Struct getStruct(String fieldName) {
        return (Struct) typed(fieldName, Schema.Type.STRUCT);
    }

    @Override
    public Struct put(String fieldName, @Nullable Object value) {
        return put(field(fieldName), value);
    }

    @Override
    public Struct put(Field field, @Nullable Object value) {
        makeAll();
        return super.put(field, value);
    }

    @Override
    public void validate() {
        makeAll();
        super.validate();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        makeAll();
        if (other instanceof LazyStruct lazy) {
            lazy.makeAll();
        }
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        makeAll();
        return super.hashCode();
    }

    @Override
    public String toString() {
        makeAll();
        return super.toString();
    }
}
