package dev.walbrook.connect.sink.record;

import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the schema of a record's value says about it.
 *
 * @param rows whether it is about rows
 * @param op an envelope's operation; null if it is no envelope
 * @param source an envelope's source block; null if it is no envelope
 */
record ValueFields(boolean rows, @Nullable Field op, @Nullable Field source) {

    /** What a source writes about itself: not rows. */
    private static final Set<String> NOT_ROWS = Set.of(
            "io.debezium.connector.common.Heartbeat",
            "io.debezium.connector.common.TransactionMetadataValue",
            "io.debezium.connector.common.Notification");

    /** An envelope is told by its fields: transforms and registries rename schemas. */
    private static ValueFields of(Schema schema) {
        Field op = schema.field("op");
        Field source = schema.field("source");
        boolean envelope = op != null
                && op.schema().type() == Schema.Type.STRING
                && source != null
                && source.schema().type() == Schema.Type.STRUCT;
        return new ValueFields(
                schema.name() == null || !NOT_ROWS.contains(schema.name()),
                envelope ? op : null,
                envelope ? source : null);
    }

    /** Looks at each schema once. For one task's thread. */
    static final class Cache {

        /** A converter that makes a new schema per record must not fill the heap. */
        private static final int MAX_SCHEMAS = 1_000;

        private final IdentityHashMap<Schema, ValueFields> known = new IdentityHashMap<>();

        ValueFields of(Schema schema) {
            ValueFields fields = known.get(schema);
            if (fields == null) {
                if (known.size() >= MAX_SCHEMAS) {
                    known.clear();
                }
                fields = ValueFields.of(schema);
                known.put(schema, fields);
            }
            return fields;
        }
    }
}
