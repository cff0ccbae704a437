package dev.walbrook.capture;

import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.catalog.Column;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fits a SELECT that the user wrote for a table ({@code snapshot.select.statement.overrides}) to the table's columns: they are
 * found by name, and one that is not selected is null.
 */
final class OverriddenSelect {

    private static final String PROPERTY = "snapshot.select.statement.overrides.";

    private final CaptureSettings settings;
    private final Connection connection;

    OverriddenSelect(CaptureSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    /**
     * The query that gives the schema's columns in order.
     *
     * @param select the user's, whose own order of rows is kept
     * @throws WalbrookException if it cannot be run, selects what is no column of the table, or leaves out what may not be null
     */
    String query(Table table, TableSchema schema, String select) {
        // A line end, because a comment may end the statement.
        String from = " FROM (\n" + withoutSemicolon(select) + "\n) AS selected";
        Set<String> selected = selected(table, from);
        Set<String> known = table.columns().stream().map(Column::name).collect(Collectors.toSet());
        for (String name : selected) {
            if (!known.contains(name)) {
                throw wrong(table, "selects " + name + ", which is no column of the table");
            }
        }
        List<String> columns = new ArrayList<>();
        for (CapturedColumn column : schema.columns()) {
            if (selected.contains(column.name())) {
                columns.add(Sql.identifier(column.name()));
            } else if (column.optional()) {
                columns.add("NULL");
            } else {
                throw wrong(table, "does not select " + column.name() + ", which cannot be null");
            }
        }
        return "SELECT " + String.join(", ", columns) + from;
    }

    private Set<String> selected(Table table, String from) {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT *" + from + " LIMIT 0")) {
            ResultSetMetaData columns = none.getMetaData();
            Set<String> names = new HashSet<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                if (!names.add(columns.getColumnLabel(i))) {
                    throw wrong(table, "selects " + columns.getColumnLabel(i) + " twice");
                }
            }
            return names;
        } catch (SQLException e) {
            ErrorKind kind = SqlErrors.classify(e);
            boolean wrong = kind.directive() != Directive.RETRY && kind != ErrorKind.PRIVILEGE_MISSING;
            throw SqlErrors.translate(
                    wrong ? ErrorKind.CONFIGURATION : kind,
                    e,
                    PROPERTY + table.id() + " cannot be run",
                    settings.connection(),
                    CaptureFacts.of(
                            settings, "schema", Sql.identifier(table.id().schema())));
        }
    }

    private WalbrookException wrong(Table table, String what) {
        return new WalbrookException(
                ErrorKind.CONFIGURATION, PROPERTY + table.id() + ' ' + what, CaptureFacts.of(settings));
    }

    private static String withoutSemicolon(String select) {
        String statement = select.strip();
        while (statement.endsWith(";")) {
            statement = statement.substring(0, statement.length() - 1).strip();
        }
        return statement;
    }
}
