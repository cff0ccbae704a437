package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.catalog.Column;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.copy.CopyTextReader;
import dev.walbrook.postgres.pgoutput.OldTupleKind;
import dev.walbrook.postgres.pgoutput.TupleData;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the captured tables as they were at one moment, through COPY, in one repeatable-read transaction.
 *
 * <p>When the slot has just been created, that moment is the slot's consistent point: the snapshot it exported is imported,
 * so that no change is in both the snapshot and the stream and none in neither. With a slot that existed before, the moment is
 * now, and the stream repeats what happened since the slot's position; consumers that apply changes by key end up right.
 */
final class Snapshot {

    private static final Logger log = LoggerFactory.getLogger(Snapshot.class);

    private static final int FIRST_TO_PUBLISH_GENERATED_COLUMNS = 18;

    private final CaptureSettings settings;
    private final TableSchemas schemas;
    private final EventWriter writer;
    private final BooleanSupplier stopped;
    private final @Nullable ServerIdentity server;
    private @Nullable RowChange held;
    private boolean anyRow;

    /** @param server which server the rows come from; null if it was not asked */
    Snapshot(
            CaptureSettings settings,
            TableSchemas schemas,
            EventWriter writer,
            BooleanSupplier stopped,
            @Nullable ServerIdentity server) {
        this.settings = settings;
        this.server = server;
        this.schemas = schemas;
        this.writer = writer;
        this.stopped = stopped;
    }

    /**
     * Makes the connection's transaction see what the snapshot will read.
     *
     * @param connection a connection of its own, which stays in this transaction until the snapshot is read
     * @param exported the name of the exported snapshot; null to see the database as it is now
     */
    static void open(Connection connection, @Nullable String exported) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            if (exported != null) {
                statement.execute("SET TRANSACTION SNAPSHOT " + Sql.literal(exported));
            }
        }
    }

    /**
     * Reads all rows of all tables.
     *
     * @param connection in the transaction of {@link #open}
     * @param tables the tables, in order
     * @param streamingStart where streaming will begin afterwards
     * @return whether the snapshot is complete; false if it was stopped
     */
    boolean read(Connection connection, List<Table> tables, Lsn streamingStart)
            throws SQLException, InterruptedException {
        Transaction transaction = describe(connection, streamingStart);
        Map<Integer, List<String>> published = publishedColumns(connection);
        boolean generatedArePublished =
                connection.getMetaData().getDatabaseMajorVersion() >= FIRST_TO_PUBLISH_GENERATED_COLUMNS;
        long rows = 0;
        for (Table table : tables) {
            TableSchema schema = schemas.of(table, columns(table, published.get(table.oid()), generatedArePublished));
            long started = System.nanoTime();
            long read = readTable(connection, query(schema, table.partitioned()), schema, transaction);
            if (stopped.getAsBoolean()) {
                return false;
            }
            rows += read;
            log.info(
                    "connector={} slot={} table={} snapshot read {} rows in {} ms",
                    settings.name(),
                    settings.slot(),
                    table.id(),
                    read,
                    (System.nanoTime() - started) / 1_000_000);
        }
        RowChange last = held;
        if (last != null) {
            writer.add(last.withMarker(SnapshotMarker.LAST));
            held = null;
        }
        writer.add(new Progress(streamingStart));
        writer.flush(() -> {});
        connection.rollback();
        log.info(
                "connector={} slot={} snapshot complete: {} tables, {} rows",
                settings.name(),
                settings.slot(),
                tables.size(),
                rows);
        return true;
    }

    private long readTable(Connection connection, String query, TableSchema schema, Transaction transaction)
            throws SQLException, InterruptedException {
        int columns = schema.columns().size();
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(query);
        long rows = 0;
        try {
            byte[] row = copy.readFromCopy();
            while (row != null) {
                FailPoint.IN_SNAPSHOT.reach();
                TupleData tuple = CopyTextReader.read(row, columns);
                hold(
                        new RowChange(
                                schema,
                                Operation.READ,
                                OldTupleKind.NONE,
                                null,
                                tuple,
                                transaction.commitLsn(),
                                1,
                                transaction,
                                0,
                                SnapshotMarker.MIDDLE,
                                row.length + 16 * columns + 96),
                        rows == 0);
                rows++;
                if (stopped.getAsBoolean()) {
                    return rows;
                }
                row = copy.readFromCopy();
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        RowChange last = held;
        if (rows > 0 && last != null && last.marker() != SnapshotMarker.FIRST) {
            held = last.withMarker(SnapshotMarker.LAST_IN_TABLE);
        }
        return rows;
    }

    /** Emits the row before, whose place is now known, and keeps this one until its own is. */
    private void hold(RowChange row, boolean firstInTable) throws InterruptedException {
        RowChange before = held;
        if (before != null) {
            writer.add(before);
            if (writer.isFull()) {
                writer.flush(() -> {});
            }
        }
        SnapshotMarker marker = SnapshotMarker.MIDDLE;
        if (!anyRow) {
            marker = SnapshotMarker.FIRST;
        } else if (firstInTable) {
            marker = SnapshotMarker.FIRST_IN_TABLE;
        }
        anyRow = true;
        held = row.withMarker(marker);
    }

    private static String query(TableSchema schema, boolean partitioned) {
        String columns = schema.columns().stream()
                .map(column -> Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
        // A child by inheritance is a table of its own, published and read under its own name.
        return "COPY (SELECT " + columns + " FROM " + (partitioned ? "" : "ONLY ")
                + schema.id().toSql() + ") TO STDOUT";
    }

    private Transaction describe(Connection connection, Lsn streamingStart) throws SQLException {
        String sql =
                """
                SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                            ELSE pg_catalog.pg_current_wal_lsn() END,
                       (extract(epoch FROM pg_catalog.now()) * 1000000)::bigint,
                       pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())""";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Transaction(row.getLong(3), Lsn.parse(row.getString(1)), streamingStart, row.getLong(2), server);
        }
    }

    /** Which columns the publication sends, by table; a table it sends under another name is not in the map. */
    private Map<Integer, List<String>> publishedColumns(Connection connection) throws SQLException {
        String sql =
                """
                SELECT c.oid, p.attnames
                FROM pg_catalog.pg_publication_tables p
                JOIN pg_catalog.pg_namespace n ON n.nspname = p.schemaname
                JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
                WHERE p.pubname = %s AND p.attnames IS NOT NULL"""
                        .formatted(Sql.literal(settings.publication()));
        Map<Integer, List<String>> published = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String[] names = (String[]) rows.getArray(2).getArray();
                published.put((int) rows.getLong(1), Arrays.asList(names));
            }
        }
        return published;
    }

    /**
     * The columns the stream will have too.
     *
     * @param published the columns that the publication lists; null if it does not know the table by this name
     * @param generatedArePublished whether the server can send generated columns; otherwise it lists them and does not
     */
    private static List<String> columns(Table table, @Nullable List<String> published, boolean generatedArePublished) {
        return table.columns().stream()
                .filter(column -> published == null || published.contains(column.name()))
                .filter(column -> !column.generated() || published != null && generatedArePublished)
                .map(Column::name)
                .toList();
    }
}
