package dev.walbrook.connect.source;

import dev.walbrook.capture.EmittedMessage;
import dev.walbrook.capture.SnapshotMarker;
import dev.walbrook.capture.Transaction;
import dev.walbrook.connect.Version;
import dev.walbrook.connect.source.type.CompatibilityLevel;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The {@code source} block of an envelope: where a change comes from.
 *
 * @param prefix {@code topic.prefix}
 * @param database the database
 * @param schema the block's schema
 */
record SourceInfo(String prefix, String database, Schema schema) {

    private static final long MICROS_PER_MILLI = 1_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private static final Schema SNAPSHOT = SchemaBuilder.string()
            .name("io.debezium.data.Enum")
            .version(1)
            .parameter("allowed", "true,first,first_in_data_collection,last_in_data_collection,last,false,incremental")
            .defaultValue("false")
            .optional()
            .build();

    /** @param level the release to look like */
    SourceInfo(String prefix, String database, CompatibilityLevel level) {
        this(prefix, database, schema(level));
    }

    private static Schema schema(CompatibilityLevel level) {
        SchemaBuilder schema = SchemaBuilder.struct().name("io.debezium.connector.postgresql.Source");
        if (level.isAtLeast(CompatibilityLevel.V3_1)) {
            schema.version(1);
        }
        schema.field("version", Schema.STRING_SCHEMA)
                .field("connector", Schema.STRING_SCHEMA)
                .field("name", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.INT64_SCHEMA)
                .field("snapshot", SNAPSHOT)
                .field("db", Schema.STRING_SCHEMA)
                .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
                .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
                .field("schema", Schema.STRING_SCHEMA)
                .field("table", Schema.STRING_SCHEMA)
                .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
                .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
                .field("xmin", Schema.OPTIONAL_INT64_SCHEMA);
        if (level.isAtLeast(CompatibilityLevel.V3_5)) {
            schema.field("origin", Schema.OPTIONAL_STRING_SCHEMA).field("origin_lsn", Schema.OPTIONAL_INT64_SCHEMA);
        }
        return schema.build();
    }

    /** @param xmin what the slot holds back; null if it is not fetched */
    Struct struct(TableId table, Transaction transaction, Lsn lsn, SnapshotMarker marker, @Nullable Long xmin) {
        return struct(table.schema(), table.name(), transaction, lsn, marker, xmin);
    }

    /** The block of a logical message, which is of no table. */
    Struct struct(EmittedMessage message, @Nullable Long xmin) {
        return struct("", "", message.transaction(), message.lsn(), SnapshotMarker.NONE, xmin);
    }

    private Struct struct(
            String schemaName,
            String table,
            Transaction transaction,
            Lsn lsn,
            SnapshotMarker marker,
            @Nullable Long xmin) {
        long micros = transaction.commitTimeMicros();
        Struct source = new Struct(schema)
                .put("version", Version.CURRENT)
                .put("connector", "postgresql")
                .put("name", prefix)
                .put("ts_ms", Math.floorDiv(micros, MICROS_PER_MILLI))
                .put("snapshot", snapshot(marker))
                .put("db", database)
                .put("sequence", sequence(transaction, lsn, marker))
                .put("ts_us", micros)
                .put("ts_ns", micros * NANOS_PER_MICRO)
                .put("schema", schemaName)
                .put("table", table)
                .put("txId", transaction.xid() == Transaction.NO_XID ? null : transaction.xid())
                .put("lsn", lsn.value())
                .put("xmin", xmin);
        Transaction.Origin origin = transaction.origin();
        if (origin != null && schema.field("origin") != null) {
            source.put("origin", origin.name()).put("origin_lsn", origin.lsn().value());
        }
        return source;
    }

    /** Null for a streamed change: the schema's default says "false", and so Debezium leaves it. */
    private static @Nullable String snapshot(SnapshotMarker marker) {
        return switch (marker) {
            case NONE -> null;
            case FIRST -> "first";
            case FIRST_IN_TABLE -> "first_in_data_collection";
            case MIDDLE -> "true";
            case LAST_IN_TABLE -> "last_in_data_collection";
            case LAST -> "last";
        };
    }

    /** A JSON array of the last commit before this change and the change itself, which orders changes of one source. */
    private static String sequence(Transaction transaction, Lsn lsn, SnapshotMarker marker) {
        Lsn previous = marker == SnapshotMarker.NONE ? transaction.previousCommit() : null;
        String last = previous == null ? "null" : '"' + Long.toString(previous.value()) + '"';
        return '[' + last + ",\"" + lsn.value() + "\"]";
    }
}
