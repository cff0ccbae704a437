package dev.walbrook.cli;

import dev.walbrook.admin.compare.ColumnNote;
import dev.walbrook.admin.compare.Comparison;
import dev.walbrook.admin.compare.ComparisonResult;
import dev.walbrook.admin.compare.Fingerprint;
import dev.walbrook.admin.compare.KeyDifference;
import dev.walbrook.admin.compare.TableComparison;
import dev.walbrook.cli.options.ClusterOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether source and sink hold the same rows. */
@Command(
        name = "compare",
        description = {
            "Say for every captured table whether source and sink hold the same rows.",
            "Exits with 0 when all are equal, 1 when one is not."
        },
        sortOptions = false)
final class CompareCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "TABLE",
            description = "Only these, as schema.table or table (default: all that are captured).")
    private List<String> tables = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait for the pipeline and for changes in flight (default: ${DEFAULT-VALUE}).")
    private int timeout = 120;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() {
        ComparisonResult result = new Comparison(
                        cluster.pipeline(),
                        cluster.source(),
                        cluster.sink(),
                        cluster.brokers(),
                        Duration.ofSeconds(timeout))
                .run(tables);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        print(out, result, Terminal.detect());
        out.flush();
        return result.isEqual() ? 0 : 1;
    }

    static void print(PrintWriter out, ComparisonResult result, Terminal terminal) {
        int width = result.tables().stream()
                .mapToInt(table -> table.table().toString().length())
                .max()
                .orElse(0);
        for (TableComparison table : result.tables()) {
            out.println(line(table, width, terminal));
            for (ColumnNote note : table.notes()) {
                String what = note.kind() == ColumnNote.Kind.NOT_REPLICATED ? "not replicated: " : "other type: ";
                out.println("    column " + note.column() + ' ' + what + note.reason());
            }
            for (KeyDifference difference : table.differences()) {
                out.println("    " + difference.key() + ' '
                        + switch (difference.kind()) {
                            case ONLY_IN_SOURCE -> "only in the source";
                            case ONLY_IN_SINK -> "only in the sink";
                            case OTHER_VALUES -> "has other values in " + String.join(", ", difference.columns());
                        });
            }
        }
        long different =
                result.tables().stream().filter(table -> !table.isEqual()).count();
        out.printf(
                Locale.ROOT,
                "%s: %d tables compared at %s or later, in %.1f s%n",
                different == 0
                        ? terminal.green("equal")
                        : terminal.red(different + (different == 1 ? " table differs" : " tables differ")),
                result.tables().size(),
                result.lsn(),
                result.took().toMillis() / 1000.0);
    }

    private static String line(TableComparison table, int width, Terminal terminal) {
        String name = String.format(Locale.ROOT, "%-" + width + "s", table.table());
        Fingerprint sink = table.sink();
        if (sink == null) {
            return name + "  " + terminal.red("MISSING in the sink") + "  "
                    + String.format(
                            Locale.ROOT,
                            "%,d rows in the source",
                            table.source().rows());
        }
        if (table.isEqual()) {
            return name + "  " + terminal.green("equal") + "  " + String.format(Locale.ROOT, "%,d rows", sink.rows());
        }
        return name + "  " + terminal.red("DIFFERENT") + "  "
                + String.format(
                        Locale.ROOT,
                        "%,d rows in the source, %,d in the sink",
                        table.source().rows(),
                        sink.rows())
                + (table.moving() ? " (still changing when the time was over)" : "");
    }
}
