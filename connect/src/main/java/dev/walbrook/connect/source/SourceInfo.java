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

/** Makes the {@code source} blocks of envelopes, which say where a change comes from. Safe for any thread. */
final class SourceInfo {

    private static final Schema SNAPSHOT = SchemaBuilder.string()
            .name("io.debezium.data.Enum")
            .version(1)
            .parameter("allowed", "true,first,first_in_data_collection,last_in_data_collection,last,false,incremental")
            .defaultValue("false")
            .optional()
            .build();

    private final String prefix;
    private final String database;
    private final Schema schema;
    private final SourceBlock.Part[] parts;

    /**
     * @param prefix {@code topic.prefix}
     * @param database the database
     * @param level the release to look like
     */
    SourceInfo(String prefix, String database, CompatibilityLevel level) {
        this.prefix = prefix;
        this.database = database;
        this.schema = schema(level);
        this.parts = schema.fields().stream()
                .map(field -> SourceBlock.Part.of(field.name()))
                .toArray(SourceBlock.Part[]::new);
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

    Schema schema() {
        return schema;
    }

    SourceBlock.Part part(int index) {
        return parts[index];
    }

    /** What the blocks of a table's changes have in common. */
    SourceBlock.Constants constants(TableId table) {
        return constants(table.schema(), table.name());
    }

    private SourceBlock.Constants constants(String schemaName, String table) {
        return new SourceBlock.Constants(schema.fields().stream()
                .map(field -> constant(field.name(), schemaName, table))
                .toArray(String[]::new));
    }

    private @Nullable String constant(String field, String schemaName, String table) {
        return switch (field) {
            case "version" -> Version.CURRENT;
            case "connector" -> "postgresql";
            case "name" -> prefix;
            case "db" -> database;
            case "schema" -> schemaName;
            case "table" -> table;
            default -> null;
        };
    }

    /**
     * The block of a row's or table's change.
     *
     * @param table of {@link #constants(TableId)}
     * @param xmin what the slot holds back; null if it is not fetched
     */
    Struct struct(
            SourceBlock.Constants table, Transaction transaction, Lsn lsn, SnapshotMarker marker, @Nullable Long xmin) {
        return new SourceBlock(this, table, transaction, lsn, marker, xmin);
    }

    /** The block of a logical message, which is of no table. */
    Struct struct(EmittedMessage message, @Nullable Long xmin) {
        return struct(constants("", ""), message.transaction(), message.lsn(), SnapshotMarker.NONE, xmin);
    }
}
