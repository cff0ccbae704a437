package dev.walbrook.benchmarks.report;

import dev.walbrook.benchmarks.measure.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as a page in Markdown with its plots. */
final class Page {

    /** What is plotted as bars. */
    private static final List<Metric> PLOTTED =
            List.of(Metric.EVENTS_PER_SECOND, Metric.WORKER_CPU, Metric.SMALLEST_HEAP);

    private static final String INTRODUCTION =
            """
            Walbrook beside Debezium's connectors and beside what the machine can do at all: reading the same WAL and throwing it
            away, COPY to nowhere, a bare producer, PostgreSQL's own replication. `benchmarks/run` measures and writes all of
            this by itself: it starts PostgreSQL, a broker and Connect workers, each in a process of its own, on one machine.
            Compare the figures with one another, not with those of another machine.
            """;

    private static final String TARGETS =
            """
            A proportion is the median of the rounds' proportions, computed from the results below. "Tuned" means the same for
            both sources: a producer with linger, large batches and lz4; Debezium's with large batches and a large queue too.
            What stands between the figures and the targets that are not met is in [designs/speed.md](../designs/speed.md).
            """;

    private static final String METHOD =
            """
            - The contenders deliver the same data in turns, A B A B; a figure is the median of its rounds, and below it stand the
              lowest and the highest. Some contenders have one round: they are there for orientation.
            - Before any speed stands whether all delivered the same: the count, and a sum over key, operation and row of every
              record. Those who write a table start from the same one, in a database of their own, and its rows (count, and a sum
              over a hash of each row's text) have to be the source's.
            - The clock of a catch-up starts when the WAL sender streams, that of a snapshot when the connector opens its first
              session, that of a sink when its consumer has its partitions; it stops when the topic has the last record, or the
              target the last change. Starting a worker is not in it.
            - Workers are kept from round to round; a first delivery, in which their code is compiled, does not count.
            - CPU seconds are per million events: of the worker (or the program in its place), of the broker, of the WAL sender
              where one streams, and of all of PostgreSQL, source and target, where it is not the WAL sender alone that works.
              Peak RSS is the worker's.
            - PostgreSQL runs with `fsync` and `synchronous_commit` on, for everybody, except while the data is prepared.
            - Latency counts from before a row is sent to be committed until a consumer has it, so the commit is in it.
            """;

    private final Report report;
    private final Path folder;
    private final String plots;
    private final StringBuilder text = new StringBuilder();

    /**
     * @param folder where the plots go
     * @param plots the same, as the page says it
     */
    Page(Report report, Path folder, String plots) {
        this.report = report;
        this.folder = folder;
        this.plots = plots;
    }

    void write(Path page) throws IOException {
        Files.createDirectories(folder);
        text.append("# Performance\n\n").append(INTRODUCTION);
        String targets = Targets.table(report.sections());
        if (!targets.isEmpty()) {
            text.append("\n## Targets\n\n").append(TARGETS).append('\n').append(targets);
        }
        text.append("\n## How it is measured\n\n").append(METHOD);
        list("Environment", report.environment());
        list("Parameters", report.parameters());
        for (Section section : report.sections()) {
            section(section);
        }
        list("Contenders", report.contenders());
        Files.writeString(page, text);
    }

    private void section(Section section) throws IOException {
        text.append("\n## ").append(section.title()).append("\n\n");
        text.append(sentence(section.description())).append("\n\n");
        text.append(sentence(section.correctness())).append("\n\n");
        text.append(tables(section));
        for (Metric metric : PLOTTED) {
            Map<String, Double> values = new LinkedHashMap<>();
            section.results()
                    .forEach(result -> result.median(metric).ifPresent(value -> values.put(result.contender(), value)));
            // At a steady rate everybody delivers as much as there is.
            if (values.size() > 1 && !(metric == Metric.EVENTS_PER_SECOND && isOfLatency(section))) {
                plot(section, file(metric), metric.label(), BarChart.svg(title(section, metric.label()), values));
            }
        }
        if (isOfLatency(section)) {
            plot(section, "latency", "latency", LatencyChart.svg(section));
        }
    }

    private static boolean isOfLatency(Section section) {
        return section.metrics().contains(Metric.LATENCY_P50);
    }

    private static String title(Section section, String what) {
        return section.title() + ": " + what;
    }

    private void plot(Section section, String what, String words, String svg) throws IOException {
        String name = "%s-%s-%s.svg".formatted(section.workload(), section.format(), what);
        Files.writeString(folder.resolve(name), svg);
        text.append("\n![")
                .append(title(section, words))
                .append("](")
                .append(plots)
                .append('/')
                .append(name)
                .append(")\n");
    }

    /** Medians, ranges, proportions, and what failed. */
    static String tables(Section section) {
        StringBuilder text = new StringBuilder(Table.medians(section).toString());
        Table ranges = Table.ranges(section);
        if (!ranges.isEmpty()) {
            text.append('\n').append(ranges);
        }
        for (Result reference : section.presentReferences()) {
            Table ratios = Table.ratios(section, reference);
            if (!ratios.isEmpty()) {
                text.append('\n').append(ratios);
            }
        }
        for (Result result : section.results()) {
            if (result.failure() != null) {
                text.append("\n`").append(result.contender()).append("` failed: ");
                text.append(result.failure()).append('\n');
            }
        }
        return text.toString();
    }

    private static String file(Metric metric) {
        return metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private void list(String title, Map<String, String> facts) {
        text.append("\n## ").append(title).append("\n\n| | |\n|---|---|\n");
        facts.forEach((name, value) -> text.append("| ")
                .append(name)
                .append(" | ")
                .append(value.replace("|", "\\|"))
                .append(" |\n"));
    }
}
