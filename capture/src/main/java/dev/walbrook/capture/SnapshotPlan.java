package dev.walbrook.capture;

import dev.walbrook.capture.PublishedTables.Published;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.Catalog;
import dev.walbrook.postgres.catalog.Column;
import dev.walbrook.postgres.catalog.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which tables a snapshot reads, in which order, and which columns and rows of each: those that the stream will send
 * of it too, so that what the snapshot and the stream tell of a table never contradicts.
 */
final class SnapshotPlan {

    private static final int FIRST_TO_PUBLISH_GENERATED_COLUMNS = 18;

    private final CaptureSettings settings;
    private final TableSchemas schemas;
    private final Connection connection;

    /** @param connection stays the caller's */
    SnapshotPlan(CaptureSettings settings, TableSchemas schemas, Connection connection) {
        this.settings = settings;
        this.schemas = schemas;
        this.connection = connection;
    }

    /**
     * The tables to read.
     *
     * @param captured the captured tables
     */
    List<TableRead> of(List<Table> captured) throws SQLException {
        List<Table> tables = ordered(captured.stream()
                .filter(table -> settings.snapshot().reads(table.id()))
                .toList());
        Map<Integer, Published> published = PublishedTables.of(connection, settings.publication());
        boolean generatedArePublished =
                connection.getMetaData().getDatabaseMajorVersion() >= FIRST_TO_PUBLISH_GENERATED_COLUMNS;
        SnapshotPrivileges privileges = new SnapshotPrivileges(settings, connection);
        TableDivision division = new TableDivision(settings.snapshot(), connection);
        List<TableRead> reads = new ArrayList<>(tables.size());
        for (Table table : tables) {
            Published sent = published.get(table.oid());
            TableSchema schema = schemas.of(table, columns(table, sent, generatedArePublished));
            String select = settings.snapshot().selects().get(table.id().toString());
            List<String> queries;
            if (select == null) {
                List<String> ranges = division.of(table.id(), table.oid());
                queries = selects(schema, table.partitioned(), sent, ranges);
                privileges.require(schema);
            } else {
                queries = List.of(new OverriddenSelect(settings, connection).query(table, schema, select));
            }
            reads.add(new TableRead(schema, queries, reads.isEmpty(), select != null));
        }
        privileges.check();
        return reads;
    }

    private List<Table> ordered(List<Table> tables) {
        Comparator<Table> order = Comparator.<Table>comparingInt(
                        table -> settings.tables().rank(table.id()))
                .thenComparing(Table::id);
        if (settings.snapshot().order() != SnapshotSettings.Order.DISABLED) {
            Map<TableId, Long> rows = new HashMap<>();
            Catalog catalog = new Catalog(connection);
            tables.forEach(table -> rows.put(table.id(), catalog.estimatedRows(table.id())));
            Comparator<Table> bySize = Comparator.comparing(table -> rows.getOrDefault(table.id(), -1L));
            boolean ascending = settings.snapshot().order() == SnapshotSettings.Order.ASCENDING;
            order = (ascending ? bySize : bySize.reversed()).thenComparing(order);
        }
        return tables.stream().sorted(order).toList();
    }

    /**
     * The columns the stream will have too.
     *
     * @param published what the publication sends of the table; null if it does not know it by this name
     * @param generatedArePublished whether the server can send generated columns; otherwise it lists them and does not
     */
    private static List<String> columns(Table table, @Nullable Published published, boolean generatedArePublished) {
        return table.columns().stream()
                .filter(column -> published == null || published.columns().contains(column.name()))
                .filter(column -> !column.generated() || published != null && generatedArePublished)
                .map(Column::name)
                .toList();
    }

    /** @param ranges conditions that select the parts of the table; empty to select it whole */
    private static List<String> selects(
            TableSchema schema, boolean partitioned, @Nullable Published published, List<String> ranges) {
        String columns = schema.columns().stream()
                .map(column -> Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
        // A child by inheritance is a table of its own, published and read under its own name.
        String query = "SELECT " + columns + " FROM " + (partitioned ? "" : "ONLY ")
                + schema.id().toSql();
        String rowFilter = published == null ? null : published.rowFilter();
        if (ranges.isEmpty()) {
            return List.of(rowFilter == null ? query : query + " WHERE " + rowFilter);
        }
        String condition = " WHERE " + (rowFilter == null ? "" : '(' + rowFilter + ") AND ");
        return ranges.stream().map(range -> query + condition + range).toList();
    }
}
