package dev.walbrook.connect.sink.record;

import java.util.List;
import org.apache.kafka.connect.data.Schema;

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
     */
    public record Column(String name, Schema schema) {}

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
