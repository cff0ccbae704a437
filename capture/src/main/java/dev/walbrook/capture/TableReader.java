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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads whole tables over one connection and hands their rows over. For one thread. */
final class TableReader {

    private static final Logger log = LoggerFactory.getLogger(TableReader.class);

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_COLUMN = "42703";

    private final CaptureSettings settings;
    private final Connection connection;
    private final Transaction snapshot;
    private final EventWriter writer;
    private final HeldRow lastRow;
    private final BooleanSupplier stopped;

    /**
     * @param connection in the transaction that sees the snapshot
     * @param snapshot what all rows say they were read with
     * @param writer for this reader alone
     * @param lastRow shared by all readers of the snapshot
     * @param stopped whether to give up
     */
    TableReader(
            CaptureSettings settings,
            Connection connection,
            Transaction snapshot,
            EventWriter writer,
            HeldRow lastRow,
            BooleanSupplier stopped) {
        this.settings = settings;
        this.connection = connection;
        this.snapshot = snapshot;
        this.writer = writer;
        this.lastRow = lastRow;
        this.stopped = stopped;
    }

    /**
     * Reads a table's rows. A table that was dropped since the snapshot began has none.
     *
     * @return how many; fewer than there are if it was stopped
     */
    long read(TableRead table) throws SQLException, InterruptedException {
        TableId id = table.schema().id();
        long started = System.nanoTime();
        Savepoint before = connection.setSavepoint();
        long rows;
        try {
            rows = copy(table);
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
                throw new WalbrookException(
                        ErrorKind.TRANSIENT_CONFLICT,
                        "table " + id + " was altered before the snapshot came to it; snapshot.locking.mode=shared"
                                + " prevents that",
                        CaptureFacts.of(settings),
                        e);
            }
            log.warn("connector={} table={} was dropped before the snapshot came to it", settings.name(), id);
            return 0;
        }
        connection.releaseSavepoint(before);
        if (!stopped.getAsBoolean()) {
            RewrittenTables.requireRead(settings, connection, table);
            log.info(
                    "connector={} slot={} table={} snapshot read {} rows in {} ms",
                    settings.name(),
                    settings.slot(),
                    id,
                    rows,
                    (System.nanoTime() - started) / 1_000_000);
        }
        return rows;
    }

    /** Hands over what is still in the writer. */
    void flush() throws InterruptedException {
        writer.flush(() -> {});
    }

    private long copy(TableRead table) throws SQLException, InterruptedException {
        int columns = table.schema().columns().size();
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copy());
        RowChange held = null;
        long rows = 0;
        try {
            byte[] line = copy.readFromCopy();
            while (line != null && !stopped.getAsBoolean()) {
                FailPoint.IN_SNAPSHOT.reach();
                int weight = line.length + 16 * columns + 96;
                TupleData tuple = CopyTextReader.read(line, columns);
                if (held == null) {
                    write(lastRow.exchange(null));
                } else {
                    write(held);
                }
                held = row(table, tuple, weight, rows == 0);
                rows++;
                line = copy.readFromCopy();
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        if (held != null) {
            // Another reader may hand the last row over, which must not overtake the rows before it.
            flush();
            write(lastRow.exchange(
                    held.marker() == SnapshotMarker.FIRST ? held : held.withMarker(SnapshotMarker.LAST_IN_TABLE)));
        }
        return rows;
    }

    private RowChange row(TableRead table, TupleData tuple, int weight, boolean firstInTable) {
        SnapshotMarker marker = SnapshotMarker.MIDDLE;
        if (firstInTable) {
            marker = table.first() ? SnapshotMarker.FIRST : SnapshotMarker.FIRST_IN_TABLE;
        }
        return new RowChange(
                table.schema(),
                Operation.READ,
                OldTupleKind.NONE,
                null,
                tuple,
                snapshot.commitLsn(),
                1,
                snapshot,
                0,
                marker,
                weight);
    }

    private void write(@Nullable RowChange row) throws InterruptedException {
        if (row != null) {
            writer.add(row);
            if (writer.isDue()) {
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
