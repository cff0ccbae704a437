package dev.walbrook.capture.preflight;

import dev.walbrook.capture.CaptureFacts;
import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Expressions that name nothing there is. Only a warning, because an expression may be meant for a table that is yet to
 * come.
 */
final class FilterChecks {

    private FilterChecks() {}

    /**
     * @param all all tables there are
     * @param captured the tables captured, whose columns count
     */
    static List<Finding> unmatched(
            CaptureSettings settings, List<NamedFilter> filters, List<TableId> all, List<Table> captured) {
        List<Finding> findings = new ArrayList<>();
        for (NamedFilter filter : filters) {
            List<String> names =
                    switch (filter.kind()) {
                        case SCHEMAS ->
                            all.stream().map(TableId::schema).distinct().toList();
                        case TABLES -> all.stream().map(TableId::toString).toList();
                        case COLUMNS ->
                            captured.stream()
                                    .flatMap(table ->
                                            table.columns().stream().map(column -> table.id() + "." + column.name()))
                                    .toList();
                    };
            for (Pattern expression : filter.expressions()) {
                if (names.stream().noneMatch(name -> expression.matcher(name).matches())) {
                    findings.add(new Finding(
                            Subject.FILTER,
                            Severity.WARNING,
                            new WalbrookException(
                                    ErrorKind.FILTER_WITHOUT_MATCH,
                                    "'" + expression.pattern() + "' of " + filter.name() + " matches nothing",
                                    CaptureFacts.of(settings, "names", TableChecks.names(names))),
                            filter.name()));
                }
            }
        }
        return findings;
    }
}
