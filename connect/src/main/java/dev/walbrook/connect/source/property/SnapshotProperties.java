package dev.walbrook.connect.source.property;

import dev.walbrook.capture.SnapshotMode;
import dev.walbrook.capture.SnapshotSettings;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** When and how the tables' contents are read. */
public final class SnapshotProperties {

    public static final String SNAPSHOT_MODE = "snapshot.mode";
    public static final String BASED_ON_DATA = "snapshot.mode.configuration.based.snapshot.data";
    public static final String BASED_ON_SCHEMA = "snapshot.mode.configuration.based.snapshot.schema";
    public static final String BASED_ON_STREAM = "snapshot.mode.configuration.based.start.stream";
    public static final String BASED_ON_SCHEMA_ERROR = "snapshot.mode.configuration.based.snapshot.on.schema.error";
    public static final String BASED_ON_DATA_ERROR = "snapshot.mode.configuration.based.snapshot.on.data.error";
    public static final String ISOLATION = "snapshot.isolation.mode";
    public static final String SERIALIZABLE = "serializable";
    public static final String LOCKING = "snapshot.locking.mode";
    public static final String SHARED = "shared";
    public static final String LOCK_TIMEOUT = "snapshot.lock.timeout.ms";
    public static final String QUERY_MODE = "snapshot.query.mode";
    public static final String FETCH_SIZE = "snapshot.fetch.size";
    public static final String QUERY_FETCH_SIZE = "query.fetch.size";
    public static final String DELAY = "snapshot.delay.ms";
    public static final String STREAMING_DELAY = "streaming.delay.ms";
    public static final String TABLES = "snapshot.include.collection.list";
    public static final String OVERRIDES = "snapshot.select.statement.overrides";
    /** Before the name of a table that {@link #OVERRIDES} lists. */
    public static final String OVERRIDE_PREFIX = OVERRIDES + ".";

    public static final String THREADS = "snapshot.max.threads";
    public static final String THREADS_MULTIPLIER = "snapshot.max.threads.multiplier";
    /** Before the name of a table that has a multiplier of its own. */
    public static final String MULTIPLIER_PREFIX = THREADS_MULTIPLIER + ".";

    public static final String LEGACY_THREADS = "legacy.snapshot.max.threads";
    public static final String ORDER = "snapshot.tables.order.by.row.count";
    public static final String CHUNK_SIZE = "incremental.snapshot.chunk.size";
    public static final String WATERMARKING = "incremental.snapshot.watermarking.strategy";
    public static final String SCHEMA_CHANGES = "incremental.snapshot.allow.schema.changes";

    private static final String NO_EFFECT = " Accepted for compatibility with Debezium; it has no effect, because ";
    private static final String NO_INCREMENTAL = NO_EFFECT + "incremental snapshots are not supported yet.";
    private static final String BASED_ON = "With snapshot.mode=configuration_based: ";

    private SnapshotProperties() {}

    static void define(Definition definition) {
        definition.group("Snapshot");
        definition.choice(
                SNAPSHOT_MODE,
                "initial",
                Definition.names(SnapshotMode.values()),
                "When to read the tables' contents. initial: until one snapshot is complete, then stream. initial_only:"
                        + " the same, and then stream nothing. no_data: never, only stream. always: at every start, then"
                        + " stream. when_needed: as initial, and again when the changes after the stored position are no"
                        + " longer in the WAL or the slot is gone, which is an error in the other modes."
                        + " configuration_based: as the five properties below say.");
        defineConfigurationBased(definition);
        defineConsistency(definition);
        defineContents(definition);
        defineSpeed(definition);
        defineIncremental(definition);
    }

    private static void defineConfigurationBased(Definition definition) {
        flag(definition, BASED_ON_DATA, BASED_ON + "read the tables' contents at every start.");
        flag(
                definition,
                BASED_ON_SCHEMA,
                BASED_ON + "without contents, allow to start after an interrupted snapshot. The tables' definitions"
                        + " themselves always come with the changes.");
        flag(definition, BASED_ON_STREAM, BASED_ON + "stream changes.");
        flag(
                definition,
                BASED_ON_SCHEMA_ERROR,
                BASED_ON + "what to do when the history of definitions is lost." + NO_EFFECT
                        + "there is none to lose.");
        flag(
                definition,
                BASED_ON_DATA_ERROR,
                BASED_ON + "read the tables' contents when the changes after the stored position are no longer in the"
                        + " WAL, instead of failing.");
    }

    private static void defineConsistency(Definition definition) {
        definition.choice(
                ISOLATION,
                SERIALIZABLE,
                new String[] {SERIALIZABLE, "repeatable_read", "read_committed", "read_uncommitted"},
                "What a snapshot sees. One that begins with a new slot always sees all tables exactly as at the slot's"
                        + " first position, whatever is set here. For one that is taken later, serializable waits for a"
                        + " moment that agrees with some serial order of the serializable transactions; the others all"
                        + " see one moment as a repeatable-read transaction does, because a weaker one would only mix"
                        + " moments.");
        definition.choice(
                LOCKING,
                "none",
                new String[] {"none", SHARED},
                "none: each table is locked against ALTER, TRUNCATE and DROP from when it is read. shared: all tables are,"
                        + " from the beginning (LOCK TABLE … IN ACCESS SHARE MODE), so that no table can change its"
                        + " definition before the snapshot comes to it. Neither holds up reading and writing of rows.");
        definition.optional(
                LOCK_TIMEOUT,
                Type.LONG,
                10_000L,
                Range.atLeast(0),
                "With snapshot.locking.mode=shared, milliseconds to wait for each table's lock before trying again later;"
                        + " 0 to wait for ever.");
        definition.optional(
                DELAY, Type.LONG, 0L, Range.atLeast(0), "Milliseconds to wait before a snapshot at the start.");
        definition.optional(
                STREAMING_DELAY,
                Type.LONG,
                0L,
                Range.atLeast(0),
                "Milliseconds to wait between a snapshot and streaming.");
    }

    private static void defineContents(Definition definition) {
        definition.regexList(
                TABLES,
                "The captured tables (schema.table) whose contents are read; the others are only streamed. All captured"
                        + " tables if not set.");
        definition.optional(
                OVERRIDES,
                Type.LIST,
                List.of(),
                null,
                "Tables, by their exact names schema.table, of which not all rows and columns are read. For each,"
                        + " snapshot.select.statement.overrides.<schema>.<table> is the whole SELECT statement. Columns"
                        + " are found by name, in any order; one that is not selected is null, and it is an error if it"
                        + " cannot be.");
        definition.choice(
                QUERY_MODE,
                "select_all",
                new String[] {"select_all"},
                "select_all: all rows of the table that the publication's row filter lets pass, and the columns that it"
                        + " publishes, unless snapshot.select.statement.overrides says otherwise.");
        definition.choice(
                ORDER,
                "disabled",
                Definition.names(SnapshotSettings.Order.values()),
                "Which tables are read first: those with the fewest rows (ascending) or the most (descending), by the"
                        + " server's estimate; otherwise in the order of table.include.list, then by name.");
    }

    private static void defineSpeed(Definition definition) {
        definition.optional(
                THREADS,
                Type.INT,
                1,
                Range.between(1, 64),
                "How many connections read at the same time, all on one snapshot. Each takes the next table, or the next range"
                        + " of a large one. With more than 1 the rows of different tables, and of different ranges of"
                        + " one table, mix.");
        definition.optional(
                THREADS_MULTIPLIER,
                Type.INT,
                1,
                Range.atLeast(1),
                "Into how many ranges per thread to divide a table, with several threads. Ranges are of blocks on the"
                        + " server's disk, so that tables of any key, or none, can be divided; each has at least 8 MiB, so"
                        + " that smaller tables are read whole, as are those of snapshot.select.statement.overrides and"
                        + " those that are no heaps. A table that is divided is locked against ALTER, TRUNCATE and DROP"
                        + " from the beginning of the snapshot. snapshot.max.threads.multiplier.<schema>.<table> sets it"
                        + " for one table.");
        flag(
                definition,
                LEGACY_THREADS,
                "Give each thread whole tables: the rows of a table keep their order then, and a single large table is"
                        + " read by one thread.");
        definition.optional(
                FETCH_SIZE,
                Type.INT,
                10_240,
                Range.atLeast(0),
                "Rows to fetch at a time." + NO_EFFECT + "tables are read through COPY, which streams.");
        definition.optional(
                QUERY_FETCH_SIZE,
                Type.INT,
                0,
                Range.atLeast(0),
                "Rows to fetch at a time in other queries." + NO_EFFECT + "those are all small.");
    }

    private static void defineIncremental(Definition definition) {
        definition.optional(
                CHUNK_SIZE,
                Type.INT,
                1024,
                Range.atLeast(1),
                "Rows of a chunk of an incremental snapshot." + NO_INCREMENTAL);
        definition.choice(
                WATERMARKING,
                "insert_insert",
                new String[] {"insert_insert", "insert_delete"},
                "How chunks of an incremental snapshot are marked." + NO_INCREMENTAL);
        flag(definition, SCHEMA_CHANGES, "Whether tables may change during an incremental snapshot." + NO_INCREMENTAL);
    }

    private static void flag(Definition definition, String name, String documentation) {
        definition.optional(name, Type.BOOLEAN, false, null, documentation);
    }
}
