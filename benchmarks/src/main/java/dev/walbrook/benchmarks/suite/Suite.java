package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Connector;
import dev.walbrook.benchmarks.contender.Contender;
import dev.walbrook.benchmarks.contender.Contenders;
import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.contender.Run;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Sample;
import dev.walbrook.benchmarks.report.Section;
import dev.walbrook.benchmarks.server.Servers;
import dev.walbrook.benchmarks.workload.PreparedDataset;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the workloads on one set of servers, and says on the terminal how it goes. Used by one thread. */
final class Suite implements AutoCloseable {

    private final Options options;
    private final Servers servers;
    private final Consumer<String> terminal;
    private final List<Contender> everybody = Contenders.all();
    private final Sample sample = new Sample();
    private final AtomicInteger runs = new AtomicInteger();
    private final Map<String, Double> durations = new LinkedHashMap<>();
    private final long started = System.nanoTime();

    Suite(Options options, Servers servers, Consumer<String> terminal) {
        this.options = options;
        this.servers = servers;
        this.terminal = terminal;
    }

    /** Says what is to come and how long it takes, more or less. */
    void plan(List<Workload> workloads) {
        double all = Estimate.SERVERS;
        for (Workload workload : workloads) {
            double seconds = workload.estimate(this);
            all += seconds;
            terminal.accept("%6s  %s".formatted(Durations.words(seconds), workload.name()));
        }
        terminal.accept(
                "%6s  in all, on a machine of two cores with nothing else to do".formatted(Durations.words(all)));
    }

    List<Section> run(List<Workload> workloads) throws SQLException {
        List<Section> sections = new ArrayList<>();
        for (Workload workload : workloads) {
            long began = System.nanoTime();
            sections.addAll(workload.run(this));
            durations.put(workload.name(), (System.nanoTime() - began) / 1e9);
        }
        return sections;
    }

    /** How many seconds each workload took, with its preparation. */
    Map<String, Double> durations() {
        return durations;
    }

    Options options() {
        return options;
    }

    Servers servers() {
        return servers;
    }

    /** What connectors wrote in the present workload and format. */
    Sample sample() {
        return sample;
    }

    /**
     * The contenders for a workload: of its own choice those that were asked for, and with them those whom no workload chooses
     * by itself. If none of its own were asked for, whoever was.
     */
    List<Contender> contenders(Workload workload) {
        List<String> asked = options.contenders();
        List<String> own = workload.contenders().stream()
                .filter(name -> asked.isEmpty() || asked.contains(name))
                .toList();
        List<String> chosen = own.isEmpty()
                ? asked
                : Stream.concat(own.stream(), asked.stream().filter(name -> !isChosenByAny(name)))
                        .toList();
        return everybody.stream()
                .filter(contender -> chosen.contains(contender.name()))
                .toList();
    }

    private boolean isChosenByAny(String contender) {
        return Workloads.all(options).stream()
                .anyMatch(workload -> workload.contenders().contains(contender));
    }

    /** The contender of that name. */
    Contender contender(String name) {
        return everybody.stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whether it is this contender's turn in this round: some show once what they can do, unless they were asked for. */
    boolean hasTurn(Workload workload, Contender contender, int round) {
        boolean once = workload.once().contains(contender.name())
                && options.contenders().isEmpty();
        return round == 1 || !once;
    }

    /** Ends the contenders' workers, so that the next workload finds none warmer than the other; if there is time. */
    void rest(List<? extends Contender> contenders) {
        if (!options.quick()) {
            contenders.forEach(Contender::close);
        }
    }

    @Override
    public void close() {
        everybody.forEach(Contender::close);
    }

    /** The workload's formats that were asked for. */
    List<Format> formats(Workload workload) {
        return workload.formats().stream()
                .filter(format -> options.formats().contains(format))
                .toList();
    }

    /** The next run of a contender. */
    Run run(
            Workload workload,
            PreparedDataset data,
            Format format,
            Contender contender,
            long events,
            boolean record,
            String heap) {
        Path recording = options.output().resolve("%s-%s-%s.jfr".formatted(workload.name(), format, contender.name()));
        return new Run(
                "run" + runs.incrementAndGet(),
                data,
                format,
                events,
                heap,
                record ? recording : null,
                sample,
                null,
                Connector.limit(events));
    }

    Run run(Workload workload, PreparedDataset data, Format format, Contender contender, long events, boolean record) {
        return run(workload, data, format, contender, events, record, options.heap());
    }

    void say(String line) {
        terminal.accept("[%4d s] %s".formatted((System.nanoTime() - started) / 1_000_000_000, line));
    }

    /** One line about what a contender has just done. */
    void report(Workload workload, Format format, Contender contender, String when, Measurement measured) {
        String outcome = measured.failure() != null
                ? "FAILED: " + measured.failure()
                : Arrays.stream(Metric.values())
                        .filter(metric -> measured.value(metric).isPresent())
                        .map(metric -> metric.label() + " "
                                + shown(measured.value(metric).getAsDouble()))
                        .collect(Collectors.joining(", "));
        say("%s %s %-20s %-8s %s".formatted(workload.name(), format, contender.name(), when, outcome));
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
    }
}
