package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.table.TargetColumn;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says what it means that the database refused a step: which table, which column, which record. Never a value. */
final class Refusals {

    /** In the context of an error: {@code unnamed portal parameter $3 = '…'}. */
    private static final Pattern PARAMETER = Pattern.compile("parameter \\$(\\d+)");

    private Refusals() {}

    static ErrorKind kind(SQLException e) {
        String state = SqlErrors.sqlState(e);
        return switch (state == null ? "" : state) {
            // Not text of that type, out of range, too long, wrong number of bits, mismatched types, no such operator.
            case "22P02", "22P03", "22001", "22003", "22007", "22008", "22015", "22026", "42804", "42846", "42883" ->
                ErrorKind.SINK_COLUMN_TYPE;
            case "42P01" -> ErrorKind.SINK_TABLE_MISSING;
            case "42703" -> ErrorKind.SINK_COLUMN_MISSING;
            case "42P10" -> ErrorKind.CONFIGURATION;
            default -> SqlErrors.classify(e);
        };
    }

    static WalbrookException translate(StepRefusedException refused, ConnectionSettings settings) {
        SQLException e = refused.refusal();
        if (refused.steps().isEmpty()) {
            return SqlErrors.translate(kind(e), e, "The target refuses a batch at its commit", settings, Map.of());
        }
        Step step = refused.steps().get(0);
        String table = step.table().name().toString();
        String record = refused.steps().size() == 1
                ? ", which the record at " + step.origin() + " asks for"
                : " (" + refused.steps().size() + " rows at once)";
        ErrorKind kind = kind(e);
        Map<String, String> facts = new HashMap<>();
        facts.put("table", step.table().name().toSql());
        String schema = step.table().name().schema();
        if (schema != null) {
            facts.put("schema", Sql.identifier(schema));
        }
        TargetColumn column = refused.steps().size() == 1 ? column(e, step) : null;
        String what = "The target refuses a change of " + table + record;
        if (kind == ErrorKind.SINK_COLUMN_TYPE && column != null) {
            facts.put("column", Sql.identifier(column.name()));
            what = "Column " + column.name() + " of " + table + " is of type " + column.typeSql()
                    + " and does not take the value of the record at " + step.origin();
        } else if (kind == ErrorKind.CONFIGURATION) {
            String key = step.sql().replaceAll("(?s).* ON CONFLICT \\((.*?)\\) DO .*", "$1");
            what = "Upserts into " + table + " need a primary key or unique constraint on exactly (" + key
                    + "): run ALTER TABLE " + step.table().name().toSql() + " ADD PRIMARY KEY (" + key
                    + "); or name the columns of the one it has in primary.key.fields";
        }
        return SqlErrors.translate(kind, e, what, settings, facts);
    }

    /** The column whose value was refused, where the server says so. */
    private static @Nullable TargetColumn column(SQLException e, Step step) {
        ServerErrorMessage server = null;
        for (Throwable candidate : e) {
            if (candidate instanceof PSQLException fromDriver && fromDriver.getServerErrorMessage() != null) {
                server = fromDriver.getServerErrorMessage();
            }
        }
        if (server == null) {
            return null;
        }
        Map<String, TargetColumn> byName = step.columns().stream()
                .collect(Collectors.toMap(TargetColumn::name, column -> column, (first, second) -> first));
        if (server.getColumn() != null) {
            return byName.get(server.getColumn());
        }
        Matcher parameter = PARAMETER.matcher(server.getWhere() == null ? "" : server.getWhere());
        int position = parameter.find() ? Integer.parseInt(parameter.group(1)) : 0;
        return position > 0 && position <= step.columns().size()
                ? step.columns().get(position - 1)
                : null;
    }
}
