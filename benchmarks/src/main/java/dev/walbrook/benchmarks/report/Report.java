package dev.walbrook.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run of the suite, to be read.
 *
 * @param environment what the figures depend on
 * @param parameters what was asked for
 * @param contenders what each contender is, with its settings
 * @param sections the results
 */
public record Report(
        Map<String, String> environment,
        Map<String, String> parameters,
        Map<String, String> contenders,
        List<Section> sections) {

    /** What is plotted. */
    private static final List<Metric> PLOTTED =
            List.of(Metric.EVENTS_PER_SECOND, Metric.WORKER_CPU, Metric.LATENCY_P99, Metric.SMALLEST_HEAP);

    private static final String INTRODUCTION =
            """
            Written by `benchmarks/run`, which starts everything it measures, on one machine: compare the figures with one
            another, not with those of another machine. All contenders deliver the same data, in turns; a figure is the
            median of its rounds, a proportion the median of the rounds' proportions. Before any figure stands whether
            they delivered the same: the count, and a sum over key, operation and row of every record.

            - The clock of a catch-up starts when the WAL sender streams, that of a snapshot when the connector opens its
              first session, and both stop when the topic has the last record. Starting a worker is not in it.
            - Workers are kept from round to round; the first deliveries, in which their code is compiled, do not count.
            - CPU seconds are per million events: of the worker (or the program in its place), the broker, and the WAL
              sender, or all of PostgreSQL for a snapshot. Peak RSS is the worker's.
            - Those who write a table start from the same one, in a database of their own, and its rows (count, and a sum over
              a hash of each row's text) have to be the source's. The clock of a sink starts when its consumer has its
              partition, that of a whole road or a subscription as for a catch-up or a snapshot; both stop when the target
              has the last change. CPU of the server is then all of PostgreSQL's, source and target.
            - Latency counts from before a row is sent to be committed until a consumer has it, so the commit is in it.
            """;

    /** The tables alone. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Section section : sections) {
            text.append('\n').append(section.title()).append(": ").append(section.description());
            text.append('\n').append(section.correctness()).append("\n\n");
            tables(section, text);
        }
        return text.toString();
    }

    private static void tables(Section section, StringBuilder text) {
        text.append(Table.medians(section));
        for (Result reference : section.presentReferences()) {
            text.append('\n').append(Table.ratios(section, reference));
        }
        for (Result result : section.results()) {
            if (result.failure() != null) {
                text.append("\n`")
                        .append(result.contender())
                        .append("` failed: ")
                        .append(result.failure());
                text.append('\n');
            }
        }
    }

    /** Whether everybody got to the end and delivered the same. */
    public boolean isSound() {
        return sections.stream()
                .allMatch(section ->
                        section.isSame() && section.results().stream().allMatch(result -> result.failure() == null));
    }

    /** Writes report.json, report.md and the plots. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(directory.resolve("report.json").toFile(), json());
        writeMarkdown(directory.resolve("report.md"), "plots");
    }

    /**
     * Writes the page and the plots it shows.
     *
     * @param plots the folder of the plots, beside the page
     */
    public void writeMarkdown(Path page, String plots) throws IOException {
        StringBuilder text = new StringBuilder("# Performance\n\n").append(INTRODUCTION);
        Path folder = Files.createDirectories(page.resolveSibling(plots));
        for (Section section : sections) {
            text.append("\n## ").append(section.title()).append("\n\n");
            text.append(sentence(section.description())).append(' ');
            text.append(sentence(section.correctness())).append("\n\n");
            tables(section, text);
            for (Metric metric : PLOTTED) {
                Map<String, Double> values = new LinkedHashMap<>();
                section.results().forEach(result -> result.median(metric)
                        .ifPresent(value -> values.put(result.contender(), value)));
                if (values.size() > 1) {
                    String name = "%s-%s-%s.svg".formatted(section.workload(), section.format(), file(metric));
                    String title = section.title() + ": " + metric.label();
                    Files.writeString(folder.resolve(name), BarChart.svg(title, values));
                    text.append("\n![")
                            .append(title)
                            .append("](")
                            .append(plots + "/" + name)
                            .append(")\n");
                }
            }
        }
        list(text, "Environment", environment);
        list(text, "Parameters", parameters);
        list(text, "Contenders", contenders);
        Files.writeString(page, text);
    }

    private static String file(Metric metric) {
        return metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static void list(StringBuilder text, String title, Map<String, String> facts) {
        text.append("\n## ").append(title).append("\n\n| | |\n|---|---|\n");
        facts.forEach((name, value) -> text.append("| ")
                .append(name)
                .append(" | ")
                .append(value.replace("|", "\\|"))
                .append(" |\n"));
    }

    private Map<String, Object> json() {
        List<Object> all = new ArrayList<>();
        for (Section section : sections) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("workload", section.workload());
            one.put("description", section.description());
            one.put("format", section.format());
            one.put("correctness", section.correctness());
            Map<String, Object> rounds = new LinkedHashMap<>();
            for (Result result : section.results()) {
                rounds.put(
                        result.contender(),
                        result.rounds().stream().map(Report::json).toList());
            }
            one.put("rounds", rounds);
            all.add(one);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("environment", environment);
        json.put("parameters", parameters);
        json.put("contenders", contenders);
        json.put("sections", all);
        return json;
    }

    private static Map<String, Object> json(Measurement round) {
        Map<String, Object> json = new TreeMap<>();
        round.values().forEach((metric, value) -> json.put(metric.name().toLowerCase(Locale.ROOT), value));
        if (round.failure() != null) {
            json.put("failure", round.failure());
        }
        if (round.content().records() > 0) {
            json.put("records", round.content().records());
            json.put("bytes", round.content().bytes());
            json.put("sum", "%016x".formatted(round.content().sum()));
        }
        return json;
    }
}
