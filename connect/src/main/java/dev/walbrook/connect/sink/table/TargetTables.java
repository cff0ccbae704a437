package dev.walbrook.connect.sink.table;

import dev.walbrook.connect.EnumLabels;
import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.record.RowShape;
import dev.walbrook.connect.sink.record.SourceType;
import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.connect.sink.value.TextFormats;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The target's tables as this task knows them; creates and widens them when schema evolution is on. For one task's thread.
 *
 * <p>DDL is committed by itself, before the rows: it only ever adds, so that doing it twice or too early harms nobody, and a
 * new enum label cannot be used by the transaction that adds it.
 */
public final class TargetTables {

    private static final Logger LOG = LoggerFactory.getLogger(TargetTables.class);

    /**
     * The advisory lock that tasks hold while they create things, so that two of them do not create the same one: the
     * letters WALBROOK.
     */
    private static final long DDL_LOCK = 0x57414C42524F4F4BL;

    private static final String ENUM = "io.debezium.data.Enum";

    private final SchemaEvolution evolution;
    private final Map<TableName, TargetTable> tables = new HashMap<>();
    private final Map<TableName, Set<RowShape>> fitting = new HashMap<>();
    private final Set<TableName> toBeSeenAgain = new HashSet<>();
    private int created;
    private int altered;

    /** Is told of DDL. */
    @FunctionalInterface
    public interface EvolutionObserver {
        /** So many tables were made, and so many altered. */
        void evolved(int created, int altered);
    }

    public TargetTables(SchemaEvolution evolution) {
        this.evolution = evolution;
    }

    /** A new batch begins: columns that could not be dropped in the one before can go now. */
    public void begin() {
        toBeSeenAgain.forEach(fitting::remove);
        toBeSeenAgain.clear();
    }

    /** Tells what was made and altered since the last time, if anything. */
    public void tellEvolution(EvolutionObserver observer) {
        if (created > 0 || altered > 0) {
            observer.evolved(created, altered);
        }
        created = 0;
        altered = 0;
    }

    /** Forgets what is known, because the target may be another than it was. */
    public void forget() {
        tables.clear();
        fitting.clear();
    }

    /** The table; null if it does not exist. */
    public @Nullable TargetTable find(Connection connection, TableName name) throws SQLException {
        TargetTable known = tables.get(name);
        return known != null ? known : readAgain(connection, name);
    }

    /**
     * The table, with a column for each of the shape's, unless the policy is to do without. Commits.
     *
     * @param row whether the shape is a row's and not only a key's
     * @param first whether no other change of the table is waiting to be written
     * @throws WalbrookException SINK_TABLE_MISSING, SINK_COLUMN_MISSING or SINK_SCHEMA_CHANGE if the table differs from what
     *     the shape asks for and may not be changed
     */
    public TargetTable fitted(
            Connection connection, TableName name, RowShape shape, boolean row, boolean first, Origin origin)
            throws SQLException {
        TargetTable table = find(connection, name);
        if (table != null && fitting.getOrDefault(name, Set.of()).contains(shape)) {
            return table;
        }
        if (table == null || !missing(table, shape).isEmpty()) {
            // It may have been created or altered since it was last looked at.
            table = readAgain(connection, name);
        }
        if (table == null && !evolution.creates()) {
            throw new WalbrookException(
                    ErrorKind.SINK_TABLE_MISSING,
                    "The target has no table " + name + ", which the record at " + origin + " is for",
                    Map.of("table", name.toString()));
        }
        if (table != null
                && evolution.add() == EvolutionAction.FAIL
                && !missing(table, shape).isEmpty()) {
            String column = missing(table, shape).get(0).name();
            throw new WalbrookException(
                    ErrorKind.SINK_COLUMN_MISSING,
                    "The target's table " + name + " has no column " + column + ", which the record at " + origin
                            + " has",
                    Map.of("table", name.toString(), "column", column));
        }
        TableDifference.Extent extent = !row
                ? TableDifference.Extent.PART
                : first ? TableDifference.Extent.WHOLE : TableDifference.Extent.WHOLE_LATER;
        TargetTable fitted = evolution.creates() ? evolve(connection, name, table, shape, extent, origin) : table;
        if (fitted == null) {
            throw new IllegalStateException("a table that is missing was created or refused");
        }
        fitting.computeIfAbsent(name, any -> new HashSet<>()).add(shape);
        if (extent == TableDifference.Extent.WHOLE_LATER && evolution.drop() == EvolutionAction.APPLY) {
            toBeSeenAgain.add(name);
        }
        return fitted;
    }

    private @Nullable TargetTable readAgain(Connection connection, TableName name) throws SQLException {
        TargetTable table = TableCatalog.read(connection, name);
        fitting.remove(name);
        if (table == null) {
            tables.remove(name);
        } else {
            tables.put(name, table);
        }
        return table;
    }

    private static List<RowShape.Column> missing(TargetTable table, RowShape shape) {
        return shape.columns().stream()
                .filter(column -> table.column(column, shape) == null)
                .toList();
    }

    private TargetTable evolve(
            Connection connection,
            TableName name,
            @Nullable TargetTable table,
            RowShape shape,
            TableDifference.Extent extent,
            Origin origin)
            throws SQLException {
        boolean complete = table != null
                && (evolution.add() == EvolutionAction.IGNORE
                        || missing(table, shape).isEmpty());
        boolean enums = shape.columns().stream().anyMatch(column -> enumSchema(column.schema()) != null);
        if (table != null
                && complete
                && !enums
                && actions(connection, table, shape, extent).isEmpty()) {
            return table;
        }
        // Ends what was read so far; the lock is held until the next commit.
        connection.commit();
        execute(connection, "SELECT pg_catalog.pg_advisory_xact_lock(" + DDL_LOCK + ")");
        TargetTable current = TableCatalog.read(connection, name);
        if (current == null) {
            create(connection, name, shape, origin);
            created++;
        } else {
            boolean adds = evolution.add() == EvolutionAction.APPLY
                    && !missing(current, shape).isEmpty();
            if (evolution.add() == EvolutionAction.APPLY) {
                addColumns(connection, current, shape, origin);
            }
            List<String> actions = actions(connection, current, shape, extent);
            if (!actions.isEmpty()) {
                run(connection, "ALTER TABLE " + current.name().toSql() + " " + String.join(", ", actions));
            }
            if (adds || !actions.isEmpty()) {
                altered++;
            }
        }
        connection.commit();
        TargetTable evolved = readAgain(connection, name);
        if (evolved == null) {
            throw new WalbrookException(
                    ErrorKind.SINK_TABLE_MISSING,
                    "The target's table " + name + " was dropped while it was being created",
                    Map.of("table", name.toString()));
        }
        addEnumLabels(connection, evolved, shape);
        connection.commit();
        return evolved;
    }

    private static void create(Connection connection, TableName name, RowShape shape, Origin origin)
            throws SQLException {
        if (name.schema() != null) {
            createSchema(connection, name.schema());
        }
        createEnums(connection, name.schema(), shape.columns());
        List<String> key = shape.columns().subList(0, shape.keyColumns()).stream()
                .map(RowShape.Column::name)
                .toList();
        run(connection, Ddl.createTable(name, newColumns(connection, name, shape.columns(), origin, true), key));
    }

    private static void createSchema(Connection connection, String schema) throws SQLException {
        // Asked first, because CREATE SCHEMA IF NOT EXISTS needs the privilege even where the schema exists.
        try (var query = connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?")) {
            query.setString(1, schema);
            try (var row = query.executeQuery()) {
                if (row.next()) {
                    return;
                }
            }
        }
        run(connection, Ddl.createSchema(schema));
    }

    private List<String> actions(
            Connection connection, TargetTable table, RowShape shape, TableDifference.Extent extent)
            throws SQLException {
        if (!evolution.comparesColumns()) {
            return List.of();
        }
        ColumnTypes types = new ColumnTypes(
                type -> TableCatalog.type(connection, type, table.name().schema()));
        return TableDifference.actions(table, shape, extent, evolution, types);
    }

    private static void addColumns(Connection connection, TargetTable table, RowShape shape, Origin origin)
            throws SQLException {
        List<RowShape.Column> missing = missing(table, shape);
        if (!missing.isEmpty()) {
            createEnums(connection, table.name().schema(), missing);
            run(connection, Ddl.addColumns(table.name(), newColumns(connection, table.name(), missing, origin, false)));
        }
    }

    private static List<Ddl.NewColumn> newColumns(
            Connection connection, TableName table, List<RowShape.Column> columns, Origin origin, boolean newTable)
            throws SQLException {
        ColumnTypes types = new ColumnTypes(name -> TableCatalog.type(connection, name, table.schema()));
        List<Ddl.NewColumn> created = new ArrayList<>();
        for (RowShape.Column column : columns) {
            try {
                // The source's constant default is what rows have that do not know the column: those that are there
                // already, and those from before it was added that are still to come.
                String initial = initial(column.schema());
                created.add(new Ddl.NewColumn(
                        column.name(),
                        types.of(column.schema()),
                        !column.schema().isOptional() && (newTable || initial != null),
                        initial));
            } catch (IllegalArgumentException e) {
                throw new WalbrookException(
                        ErrorKind.RECORD_UNUSABLE,
                        "No column can be created for " + column.name() + " of " + table + ", which the record at "
                                + origin + " has: " + e.getMessage(),
                        Map.of(),
                        e);
            }
        }
        return created;
    }

    private static @Nullable String initial(Schema schema) {
        Object value = schema.defaultValue();
        if (value == null) {
            return null;
        }
        SourceType source = SourceType.of(schema);
        return TextFormats.of(schema, source == null ? "" : source.valueType()).text(value);
    }

    private static void createEnums(Connection connection, @Nullable String schema, List<RowShape.Column> columns)
            throws SQLException {
        for (RowShape.Column column : columns) {
            Schema enumeration = enumSchema(column.schema());
            SourceType source = SourceType.of(column.schema());
            if (enumeration == null
                    || source == null
                    || EnumLabels.of(enumeration).isEmpty()) {
                continue;
            }
            String name = source.valueType();
            if (column.schema().type() == Schema.Type.ARRAY && name.startsWith("_")) {
                name = name.substring(1);
            }
            if (TableCatalog.type(connection, name, schema) == null) {
                run(connection, Ddl.createEnum(new TableName(schema, name), EnumLabels.of(enumeration)));
            }
        }
    }

    /** Existing enums get the labels they lack. */
    private static void addEnumLabels(Connection connection, TargetTable table, RowShape shape) throws SQLException {
        for (RowShape.Column column : shape.columns()) {
            Schema enumeration = enumSchema(column.schema());
            TargetColumn target = table.column(column, shape);
            if (enumeration == null || target == null) {
                continue;
            }
            List<String> present = TableCatalog.enumLabels(connection, target.baseTypeOid());
            List<String> wanted = EnumLabels.of(enumeration);
            for (int i = 0; i < wanted.size(); i++) {
                if (!present.isEmpty() && !present.contains(wanted.get(i))) {
                    String type = TableCatalog.enumName(connection, target.baseTypeOid());
                    run(connection, Ddl.addEnumLabel(type, wanted, i));
                }
            }
        }
    }

    /** The schema of an enum's values, be they single or an array's; null for other types. */
    private static @Nullable Schema enumSchema(Schema schema) {
        Schema element = schema.type() == Schema.Type.ARRAY ? schema.valueSchema() : schema;
        return ENUM.equals(element.name()) ? element : null;
    }

    private static void run(Connection connection, String ddl) throws SQLException {
        LOG.info("schema evolution: {}", ddl);
        execute(connection, ddl);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
