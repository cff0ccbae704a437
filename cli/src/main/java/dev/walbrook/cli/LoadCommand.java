package dev.walbrook.cli;

import dev.walbrook.admin.load.LoadCounts;
import dev.walbrook.admin.load.LoadGenerator;
import dev.walbrook.admin.load.LoadPlan;
import dev.walbrook.cli.options.ClusterOptions;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes changes into the sample tables. */
@Command(
        name = "load",
        description = "Write a stream of inserts, updates and deletes into the sample tables.",
        sortOptions = false)
final class LoadCommand implements Callable<Integer> {

    private static final Set<String> SAMPLE_TABLES = Set.of("products", "orders");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many rows to change; 0 goes on until Ctrl-C (default: ${DEFAULT-VALUE}).")
    private long count = 1_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Changes per second; 0 is as fast as it goes (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--tables",
            paramLabel = "TABLE",
            split = ",",
            defaultValue = "products,orders",
            description = "Which of the sample tables (default: ${DEFAULT-VALUE}).")
    private Set<String> tables = SAMPLE_TABLES;

    @Option(
            names = "--transaction",
            paramLabel = "N",
            defaultValue = "10",
            description = "The most changes in one transaction (default: ${DEFAULT-VALUE}).")
    private int transaction = 10;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Repeats the decisions of the run that printed it (default: a new one).")
    private @Nullable Long seed;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() {
        if (!SAMPLE_TABLES.containsAll(tables)) {
            throw new UsageException("--tables takes products, orders or both, not " + new TreeSet<>(tables));
        }
        if (count < 0 || rate < 0 || transaction < 1) {
            throw new UsageException("--count and --rate must not be negative, --transaction must be at least 1");
        }
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        Terminal terminal = Terminal.detect();
        long chosen = seed != null ? seed : ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        StopSignal stop = StopSignal.install();
        long begin = System.nanoTime();
        try {
            LoadCounts counts = LoadGenerator.run(
                    cluster.source(),
                    new LoadPlan(count, rate, tables, chosen, transaction),
                    stop::requested,
                    soFar -> {
                        if (terminal.interactive()) {
                            out.print("\r" + describe(soFar, begin) + "\u001b[K");
                            out.flush();
                        }
                    });
            out.println((terminal.interactive() ? "\r" : "") + describe(counts, begin) + ", seed " + chosen);
        } finally {
            stop.finished();
        }
        return 0;
    }

    private static String describe(LoadCounts counts, long begin) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return String.format(
                Locale.ROOT,
                "%,d changes (%,d inserts, %,d updates, %,d deletes) in %,d transactions, %.1f s, %,.0f/s",
                counts.changes(),
                counts.inserts(),
                counts.updates(),
                counts.deletes(),
                counts.transactions(),
                seconds,
                counts.changes() / Math.max(seconds, 0.001));
    }
}
