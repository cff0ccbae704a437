package dev.walbrook.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.walbrook.benchmarks.measure.Measurement;
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

    /** The tables alone. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Section section : sections) {
            text.append('\n').append(section.title()).append(": ").append(section.description());
            text.append('\n').append(section.correctness()).append("\n\n");
            text.append(Page.tables(section));
        }
        return text.append('\n').append(Targets.table(sections)).toString();
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
        new Page(this, page.resolveSibling(plots), plots).write(page);
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
