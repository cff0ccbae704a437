package dev.walbrook.capture;

import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.copy.CopyTextReader;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.pgoutput.OldTupleKind;
import dev.walbrook.postgres.pgoutput.TupleData;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads tables, or ranges of them, over one connection and hands their rows over. For one thread. */
final class TableReader {

    private static final Logger log = LoggerFactory.getLogger(TableReader.class);

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_COLUMN = "42703";

    private final CaptureSettings settings;
    private final Connection connection;
    private final Transaction snapshot;
    private final EventWriter writer;
    private final HeldRow lastRow;
    private final CaptureStatistics statistics;
    private final BooleanSupplier stopped;

    /**
     * @param connection in the transaction that sees the snapshot
     * @param snapshot what all rows say they were read with
     * @param writer for this reader alone
     * @param lastRow shared by all readers of the snapshot
     * @param statistics is told of each table that is read
     * @param stopped whether to give up
     */
    TableReader(
            CaptureSettings settings,
            Connection connection,
            Transaction snapshot,
            EventWriter writer,
            HeldRow lastRow,
            CaptureStatistics statistics,
            BooleanSupplier stopped) {
        this.settings = settings;
        this.connection = connection;
        this.snapshot = snapshot;
        this.writer = writer;
        this.lastRow = lastRow;
        this.statistics = statistics;
        this.stopped = stopped;
    }

    /** Reads what waits, until nothing does or it is to give up. */
    void readAll(Queue<Snapshot.Waiting> waiting) throws SQLException, InterruptedException {
        Snapshot.Waiting next = waiting.poll();
        while (next != null && !stopped.getAsBoolean()) {
            read(next.progress(), next.select());
            next = waiting.poll();
        }
        writer.flush(() -> {});
    }

    /**
     * Reads the rows of a table, or of a range of it. A table that was dropped since the snapshot began has none.
     *
     * @param progress shared by all readers of the table
     * @param select what is read
     */
    private void read(TableProgress progress, String select) throws SQLException, InterruptedException {
        TableRead table = progress.table();
        TableId id = table.schema().id();
        progress.started();
        Savepoint before = connection.setSavepoint();
        boolean complete;
        try {
            complete = copy(progress, select);
        } catch (SQLException e) {
            String state = SqlErrors.sqlState(e);
            if (table.overridden() || !UNDEFINED_TABLE.equals(state) && !UNDEFINED_COLUMN.equals(state)) {
                throw SqlErrors.translate(
                        e,
                        "the snapshot cannot read table " + id,
                        settings.connection(),
                        CaptureFacts.of(settings, "schema", Sql.identifier(id.schema())));
            }
            connection.rollback(before);
            if (exists(table.schema().relationOid())) {
                throw altered(id, "altered", e);
            }
            log.warn("connector={} table={} was dropped before the snapshot came to it", settings.name(), id);
            if (progress.end(null, 0, writer)) {
                statistics.tableRead();
            }
            return;
        }
        connection.releaseSavepoint(before);
        if (complete) {
            tableEnded(progress);
        }
    }

    private void tableEnded(TableProgress progress) throws SQLException, InterruptedException {
        TableRead table = progress.table();
        RowChange last = progress.lastRow();
        if (last != null) {
            write(lastRow.exchange(last));
        }
        statistics.tableRead();
        if (stopped.getAsBoolean()) {
            return;
        }
        RewrittenTables.requireRead(settings, connection, table);
        TableId id = table.schema().id();
        if (table.divided() && !progress.partitions().equals(TableDivision.partitions(connection, table))) {
            throw altered(id, "given another partition", null);
        }
        log.info(
                "connector={} slot={} table={} snapshot read {} rows in {} ms",
                settings.name(),
                settings.slot(),
                id,
                progress.rows(),
                progress.nanos() / 1_000_000);
    }

    private WalbrookException altered(TableId id, String how, @Nullable SQLException cause) {
        return new WalbrookException(
                ErrorKind.TRANSIENT_CONFLICT,
                "table " + id + " was " + how + " before the snapshot came to it; snapshot.locking.mode=shared"
                        + " prevents that",
                CaptureFacts.of(settings),
                cause);
    }

    /** Returns whether this was the last range of the table to end. */
    private boolean copy(TableProgress progress, String select) throws SQLException, InterruptedException {
        TableSchema schema = progress.table().schema();
        int columns = schema.columns().size();
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + select + ") TO STDOUT");
        RowChange held = null;
        long rows = 0;
        try {
            byte[] line = copy.readFromCopy();
            while (line != null && !stopped.getAsBoolean()) {
                FailPoint.IN_SNAPSHOT.reach();
                int weight = line.length + 16 * columns + 96;
                RowChange row = row(schema, CopyTextReader.read(line, columns), weight);
                if (rows == 0) {
                    write(lastRow.exchange(null));
                    held = progress.first(row, writer);
                } else {
                    if (held == null) {
                        progress.second(writer);
                    } else {
                        write(held);
                    }
                    held = row;
                }
                rows++;
                line = copy.readFromCopy();
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        return progress.end(held, rows, writer);
    }

    private RowChange row(TableSchema schema, TupleData tuple, int weight) {
        return new RowChange(
                schema,
                Operation.READ,
                OldTupleKind.NONE,
                null,
                tuple,
                snapshot.commitLsn(),
                1,
                snapshot,
                0,
                SnapshotMarker.MIDDLE,
                weight);
    }

    private void write(@Nullable RowChange row) throws InterruptedException {
        if (row != null) {
            writer.add(row);
            // Nobody waits for a single row of a snapshot, and asking for the time would be a tenth of reading it.
            if (writer.isFull()) {
                writer.flush(() -> {});
            }
        }
    }

    /** Whether there is a relation of this identifier now, not as the snapshot sees it. */
    private boolean exists(int oid) throws SQLException {
        String sql = "SELECT pg_catalog.pg_table_is_visible(" + Integer.toUnsignedString(oid) + ") IS NOT NULL";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
