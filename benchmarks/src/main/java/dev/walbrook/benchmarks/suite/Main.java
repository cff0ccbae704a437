package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Contender;
import dev.walbrook.benchmarks.contender.Contenders;
import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.report.Environment;
import dev.walbrook.benchmarks.report.Report;
import dev.walbrook.benchmarks.report.Section;
import dev.walbrook.benchmarks.server.Build;
import dev.walbrook.benchmarks.server.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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

    /** A page that is kept must not be of fewer. */
    private static final int DOCUMENTED_ROUNDS = 5;

    private static final long DOCUMENTED_CHANGES = 1_000_000;

    @Option(names = "--workloads", split = ",", paramLabel = "<name>", description = "Only these. All by default.")
    private List<String> workloads = List.of();

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "<name>",
            description = "Only these, in every workload of theirs.")
    private List<String> contenders = List.of();

    @Option(
            names = "--formats",
            split = ",",
            paramLabel = "<name>",
            description = "Only these of json, json-schemas, avro.")
    private List<Format> formats = List.of(Format.values());

    @Option(names = "--rounds", description = "How often each contender's turn comes. ${DEFAULT-VALUE} by default.")
    private int rounds = 5;

    @Option(names = "--changes", description = "How many to catch up with. ${DEFAULT-VALUE} by default.")
    private long changes = 1_000_000;

    @Option(
            names = "--warm-up",
            description = "How many changes each delivers before the first round. ${DEFAULT-VALUE} by default.")
    private long warmUp = 100_000;

    @Option(names = "--seconds", description = "How long latency is measured. ${DEFAULT-VALUE} by default.")
    private int seconds = 5;

    @Option(names = "--heap", description = "Each worker's heap. ${DEFAULT-VALUE} by default.")
    private String heap = "1024m";

    @Option(names = "--quick", description = "One round of everything with little data: shows that it works, no more.")
    private boolean quick;

    @Option(names = "--jfr", description = "Record the workers' flights in the last round, beside the report.")
    private boolean jfr;

    @Option(names = "--output", description = "Where reports and logs go. ${DEFAULT-VALUE} by default.")
    private Path output = Build.here().root().resolve("benchmarks/target/report");

    @Option(
            names = "--docs",
            description = "Write docs/performance.md too. Only a whole suite at full size is worth that page.")
    private boolean docs;

    @Spec
    private @Nullable CommandSpec command;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .registerConverter(Format.class, Main::format)
                .execute(arguments));
    }

    private static Format format(String name) {
        return Arrays.stream(Format.values())
                .filter(format -> format.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there are " + Arrays.toString(Format.values())));
    }

    @Override
    public Integer call() throws SQLException, IOException {
        if (quick) {
            rounds = 1;
            warmUp = 0;
            changes = Math.min(changes, 2_000);
            seconds = Math.min(seconds, 2);
        }
        Path directory = output.toAbsolutePath().normalize();
        Options options = new Options(
                workloads, contenders, formats, rounds, warmUp, changes, seconds, heap, quick, jfr, directory);
        List<Workload> chosen = Workloads.chosen(options);
        check(options, chosen);
        double load = Environment.load();
        Build build = Build.here();
        try (Servers servers = Servers.start(build, directory)) {
            Map<String, String> environment = Environment.look(build, servers, load);
            long began = System.nanoTime();
            List<Section> sections;
            Map<String, String> parameters = options.named();
            Consumer<String> terminal = System.out::println;
            try (Suite suite = new Suite(options, servers, terminal)) {
                suite.plan(chosen);
                sections = suite.run(chosen);
                parameters.put("it took", Durations.words((System.nanoTime() - began) / 1e9));
                parameters.put("of which", Durations.words(suite.durations()));
            }
            Report report = new Report(environment, parameters, descriptions(sections), sections);
            report.write(directory);
            System.out.print(report.text());
            System.out.println("\nReport: " + directory.resolve("report.md"));
            if (docs) {
                report.writeMarkdown(build.root().resolve("docs/performance.md"), "performance");
            }
            return report.isSound() ? 0 : 1;
        }
    }

    private void check(Options options, List<Workload> chosen) {
        String problem = null;
        List<String> known = Contenders.all().stream().map(Contender::name).toList();
        if (!known.containsAll(contenders)) {
            problem = "contenders are " + known;
        } else if (chosen.size() < workloads.size() || chosen.isEmpty()) {
            problem = "workloads are "
                    + Workloads.all(options).stream().map(Workload::name).toList();
        } else if (docs && !(workloads.isEmpty() && contenders.isEmpty() && formats.size() == Format.values().length)) {
            problem = "--docs needs all workloads, contenders and formats";
        } else if (docs && (rounds < DOCUMENTED_ROUNDS || changes < DOCUMENTED_CHANGES)) {
            problem = "--docs needs at least " + DOCUMENTED_ROUNDS + " rounds and " + DOCUMENTED_CHANGES + " changes";
        }
        if (problem != null) {
            throw new ParameterException(Objects.requireNonNull(command).commandLine(), problem);
        }
    }

    private static Map<String, String> descriptions(List<Section> sections) {
        Map<String, String> descriptions = new LinkedHashMap<>();
        for (Contender contender : Contenders.all()) {
            if (sections.stream().flatMap(section -> section.results().stream()).anyMatch(result -> result.contender()
                    .equals(contender.name()))) {
                descriptions.put(contender.name(), contender.description());
            }
        }
        return descriptions;
    }
}
