package dev.walbrook.connect.sink.record;

import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the rows that one pair of key and value schema describes, the key's first. Made once per pair, so that
 * its identity tells whether a row looks like the one before it.
 *
 * @param columns the columns in the order of the rows' values
 * @param keyColumns how many of them, from the first, are the key; 0 for a row without one
 */
@SuppressWarnings("ReferenceEquality")
public record RowShape(List<Column> columns, int keyColumns) {

    /**
     * A column as the record describes it.
     *
     * @param name its name
     * @param schema the schema of its values
     * @param field where its values are in the structure that holds them; null where the key is a single value
     * @param placeholder tells what stands for a value that is not known; null if nothing does
     */
    public record Column(String name, Schema schema, @Nullable Field field, @Nullable Predicate<Object> placeholder) {}

    public boolean hasKey() {
        return keyColumns > 0;
    }

    /** Identity: shapes are kept by the reader, one for each pair of schemas, and looked up for every row. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
