package dev.walbrook.transforms.event;

import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The names in a change event, and what tells one from other records. */
public final class Envelope {

    public static final String BEFORE = "before";
    public static final String AFTER = "after";
    public static final String SOURCE = "source";
    public static final String TRANSACTION = "transaction";
    public static final String OP = "op";
    public static final String TS_MS = "ts_ms";
    public static final String TS_US = "ts_us";
    public static final String TS_NS = "ts_ns";

    public static final String CREATE = "c";
    public static final String READ = "r";
    public static final String UPDATE = "u";
    public static final String DELETE = "d";
    public static final String TRUNCATE = "t";
    public static final String MESSAGE = "m";

    /** How the schema of every change event's value ends; heartbeats, transaction markers and messages have other names. */
    public static final String SCHEMA_SUFFIX = ".Envelope";

    private Envelope() {}

    /** Whether the record is a change event; false for tombstones and for records without schema. */
    public static boolean isIn(ConnectRecord<?> record) {
        Schema schema = record.valueSchema();
        return record.value() != null
                && schema != null
                && schema.name() != null
                && schema.name().endsWith(SCHEMA_SUFFIX);
    }

    /**
     * The envelope of a record of which {@link #isIn} is true.
     *
     * @throws UnconvertibleException if the value is no struct in spite of its schema
     */
    public static Struct of(ConnectRecord<?> record) {
        if (record.value() instanceof Struct envelope) {
            return envelope;
        }
        throw new UnconvertibleException(
                "its value's schema names an envelope but the value is no struct",
                "Put this transform before those that change the value's type.");
    }

    /**
     * One of the envelope's structs; null if it is null.
     *
     * @throws UnconvertibleException if the envelope has no such struct
     */
    public static @Nullable Struct struct(Struct envelope, String name) {
        Field field = envelope.schema().field(name);
        if (field == null || field.schema().type() != Schema.Type.STRUCT) {
            throw new UnconvertibleException(
                    "its envelope has no struct '" + name + "'",
                    "Restrict the transform to the topics of change events with the predicate TopicNameMatches.");
        }
        return (Struct) envelope.get(field);
    }

    /**
     * The operation's code.
     *
     * @throws UnconvertibleException if there is none
     */
    public static String operation(Struct envelope) {
        Field field = envelope.schema().field(OP);
        if (field != null && envelope.get(field) instanceof String operation) {
            return operation;
        }
        throw new UnconvertibleException(
                "its envelope has no operation ('op')",
                "Restrict the transform to the topics of change events with the predicate TopicNameMatches.");
    }
}
