package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.record.RowChange;
import dev.walbrook.connect.sink.record.RowShape;
import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.connect.sink.table.SchemaEvolution;
import dev.walbrook.connect.sink.table.TargetTable;
import dev.walbrook.connect.sink.table.TargetTables;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of changes, each in one transaction. Connects by itself, when it first has something to write and again
 * after a failure. For one task's thread.
 */
public final class SinkWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkWriter.class);

    /** Shapes come and go with a topic's evolution; what is kept for them must not fill the heap. */
    private static final int MAX_ROW_WRITERS = 1_000;

    /**
     * What the writer has to know of the configuration.
     *
     * @param connection where the target is
     * @param applicationName how the session shows in {@code pg_stat_activity}
     * @param timeZone the session's time zone: what timestamps without zone mean in columns with one
     * @param insertMode what becomes of a row
     * @param evolution what happens when the target lacks a table or a column
     * @param batchSize how many statements go to the server together
     */
    public record Settings(
            ConnectionSettings connection,
            String applicationName,
            String timeZone,
            InsertMode insertMode,
            SchemaEvolution evolution,
            int batchSize) {}

    private final Settings settings;
    private final TargetTables tables;
    private final IdentityHashMap<TargetTable, Map<RowShape, RowWriter>> rowWriters = new IdentityHashMap<>();
    private @Nullable Connection connection;

    public SinkWriter(Settings settings) {
        this.settings = settings;
        this.tables = new TargetTables(settings.evolution());
    }

    /**
     * Writes the changes, all of them or none.
     *
     * @throws WalbrookException if the target cannot be reached or refuses; nothing has been written then
     */
    public void write(List<RowChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            attempt(changes, settings.batchSize());
        } catch (StepRefusedException refused) {
            if (Refusals.kind(refused.refusal()).directive() == Directive.RETRY) {
                throw Refusals.translate(refused, settings.connection());
            }
            // Once more, row by row: this tells which record it is, and what was only a table altered meanwhile is
            // over.
            try {
                attempt(changes, 1);
            } catch (StepRefusedException again) {
                throw Refusals.translate(again, settings.connection());
            }
        }
    }

    private void attempt(List<RowChange> changes, int batchSize) throws StepRefusedException {
        boolean written = false;
        try {
            Connection open = connection();
            List<Step> steps = plan(open, changes);
            // What was read and created on the way here ends, so that a failure below rolls back rows only.
            open.commit();
            new StepRunner(open, batchSize).run(steps);
            open.commit();
            written = true;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot write to the target", settings.connection(), facts(changes));
        } finally {
            if (!written) {
                close();
            }
        }
    }

    private static Map<String, String> facts(List<RowChange> changes) {
        String schema = changes.get(0).table().schema();
        return schema == null ? Map.of() : Map.of("schema", Sql.identifier(schema));
    }

    private List<Step> plan(Connection open, List<RowChange> changes) throws SQLException {
        Map<TableName, TableChanges> byTable = new LinkedHashMap<>();
        for (RowChange change : changes) {
            TargetTable table = table(open, change);
            if (table == null) {
                continue;
            }
            TableChanges ofTable =
                    byTable.computeIfAbsent(table.name(), name -> new TableChanges(settings.insertMode()));
            Origin origin = change.origin();
            if (change instanceof RowChange.Put put) {
                TextRow before = put.before() == null
                        ? null
                        : rowWriter(table, put.before().shape(), origin).write(put.before(), origin);
                ofTable.put(rowWriter(table, put.after().shape(), origin).write(put.after(), origin), before, origin);
            } else if (change instanceof RowChange.Delete delete) {
                RowWriter writer = rowWriter(table, delete.row().shape(), origin);
                ofTable.delete(writer.write(delete.row(), origin), origin);
            } else if (change instanceof RowChange.Move move) {
                RowWriter writer = rowWriter(table, move.oldKey().shape(), origin);
                ofTable.move(writer.write(move.oldKey(), origin), writer.write(move.newKey(), origin), origin);
            } else {
                ofTable.truncate(table, origin);
            }
        }
        List<Step> steps = new ArrayList<>();
        byTable.values().forEach(ofTable -> steps.addAll(ofTable.steps()));
        return steps;
    }

    /** The change's table; null if there is none and nothing to do for that reason. */
    private @Nullable TargetTable table(Connection open, RowChange change) throws SQLException {
        if (change instanceof RowChange.Put put) {
            return tables.fitted(open, put.table(), put.after().shape(), put.origin());
        }
        TargetTable table = tables.find(open, change.table());
        if (change instanceof RowChange.Delete delete) {
            boolean needed = !delete.tombstone() && settings.evolution() == SchemaEvolution.NONE;
            return table != null || needed
                    ? tables.fitted(open, delete.table(), delete.row().shape(), delete.origin())
                    : null;
        }
        if (change instanceof RowChange.Move move && table != null) {
            return tables.fitted(open, move.table(), move.oldKey().shape(), move.origin());
        }
        return table;
    }

    private RowWriter rowWriter(TargetTable table, RowShape shape, Origin origin) {
        if (rowWriters.size() > MAX_ROW_WRITERS) {
            rowWriters.clear();
        }
        return rowWriters
                .computeIfAbsent(table, any -> new HashMap<>())
                .computeIfAbsent(shape, any -> new RowWriter(table, shape, origin));
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            Connection opened = Connections.open(settings.connection(), settings.applicationName());
            connection = opened;
            try (Statement statement = opened.createStatement()) {
                statement.execute("SET TIME ZONE " + Sql.literal(settings.timeZone()));
            }
            opened.setAutoCommit(false);
            LOG.info("connected to {}", settings.connection());
        }
        return connection;
    }

    /** Leaves the connection, which rolls back what is not committed, and forgets what was known of the target. */
    @Override
    public void close() {
        tables.forget();
        rowWriters.clear();
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("the connection was closed already", e);
            }
        }
    }
}
