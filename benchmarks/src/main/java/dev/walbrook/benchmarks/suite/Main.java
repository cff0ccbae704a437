package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.server.Build;
import dev.walbrook.benchmarks.server.Servers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code benchmarks/run}. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures Walbrook beside Debezium and beside the limits of the machine.",
            "Everything is started for it and thrown away: PostgreSQL, a broker, Connect workers."
        })
public final class Main implements Callable<Integer> {

    @Option(names = "--workloads", split = ",", paramLabel = "<name>", description = "Only these. All by default.")
    private List<String> workloads = List.of();

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "<name>",
            description = "Only these, in every workload that they can do.")
    private List<String> contenders = List.of();

    @Option(names = "--formats", split = ",", paramLabel = "<name>", description = "${COMPLETION-CANDIDATES}.")
    private List<Format> formats = List.of(Format.values());

    @Option(names = "--rounds", description = "How often each contender's turn comes. ${DEFAULT-VALUE} by default.")
    private int rounds = 5;

    @Option(names = "--changes", description = "How many to catch up with. ${DEFAULT-VALUE} by default.")
    private long changes = 1_000_000;

    @Option(
            names = "--warm-up",
            description = "How many changes each delivers before the first round. ${DEFAULT-VALUE} by default.")
    private long warmUp = 200_000;

    @Option(names = "--seconds", description = "How long latency is measured. ${DEFAULT-VALUE} by default.")
    private int seconds = 20;

    @Option(names = "--heap", description = "Each worker's heap. ${DEFAULT-VALUE} by default.")
    private String heap = "1g";

    @Option(names = "--quick", description = "One round of everything with little data: shows that it works, no more.")
    private boolean quick;

    @Option(names = "--jfr", description = "Record the workers' flights in the last round, beside the report.")
    private boolean jfr;

    @Option(names = "--output", description = "Where reports and logs go. ${DEFAULT-VALUE} by default.")
    private Path output = Build.here().root().resolve("benchmarks/target/report");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws SQLException {
        if (quick) {
            rounds = 1;
            warmUp = 0;
            changes = Math.min(changes, 2_000);
            seconds = Math.min(seconds, 3);
        }
        Options options = new Options(
                workloads,
                contenders,
                formats,
                rounds,
                warmUp,
                changes,
                seconds,
                heap,
                jfr,
                output.toAbsolutePath().normalize());
        try (Servers servers = Servers.start(Build.here(), options.output().resolve("servers"))) {
            Suite suite = new Suite(options, servers, System.out);
            return suite.run(Workloads.chosen(options)).isEmpty() ? 1 : 0;
        }
    }
}
