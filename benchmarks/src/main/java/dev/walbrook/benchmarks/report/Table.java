package dev.walbrook.benchmarks.report;

import dev.walbrook.benchmarks.measure.Metric;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** Figures in rows and columns, written so that a terminal and Markdown show them well. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /** What a proportion says something about. */
    private static final Set<Metric> COMPARED = EnumSet.of(
            Metric.EVENTS_PER_SECOND,
            Metric.WORKER_CPU,
            Metric.PEAK_MEMORY,
            Metric.LATENCY_P50,
            Metric.LATENCY_P99,
            Metric.LATENCY_P999,
            Metric.SMALLEST_HEAP);

    /** How many columns on the left are of words. */
    private final int words;

    private Table(int words, List<String> heading) {
        this.words = words;
        rows.add(heading);
    }

    /** Of words alone; the first row is the heading. */
    static Table of(List<List<String>> rows) {
        Table table = new Table(rows.get(0).size(), rows.get(0));
        table.rows.addAll(rows.subList(1, rows.size()));
        return table;
    }

    /** The medians of the rounds. */
    static Table medians(Section section) {
        List<String> heading = heading("contender, median", section.metrics());
        heading.add("rounds");
        Table table = new Table(1, heading);
        for (Result result : section.results()) {
            List<String> row = table.add(section.metrics(), result, metric -> number(result.median(metric)));
            row.add(Integer.toString(result.rounds().size()));
        }
        return table;
    }

    /** The lowest and the highest of the rounds, of those who had several. */
    static Table ranges(Section section) {
        Table table = new Table(1, heading("lowest to highest round", section.metrics()));
        for (Result result : section.results()) {
            if (result.rounds().size() > 1) {
                table.add(section.metrics(), result, metric -> range(result.lowest(metric), result.highest(metric)));
            }
        }
        return table;
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    private static String range(OptionalDouble lowest, OptionalDouble highest) {
        return lowest.isEmpty() ? number(lowest) : number(lowest) + "–" + number(highest);
    }

    /** Each contender in proportion to the reference, round by round, and of those the median. */
    static Table ratios(Section section, Result reference) {
        List<Metric> compared = section.metrics().stream()
                .filter(COMPARED::contains)
                .filter(metric -> reference.median(metric).isPresent())
                .toList();
        Table table = new Table(1, heading("in proportion to " + reference.contender(), compared));
        for (Result result : section.results()) {
            if (!result.contender().equals(reference.contender()) && result.failure() == null) {
                table.add(compared, result, metric -> ratio(result.ratio(metric, reference)));
            }
        }
        return table;
    }

    private static List<String> heading(String first, List<Metric> metrics) {
        List<String> heading = new ArrayList<>();
        heading.add(first);
        metrics.forEach(metric -> heading.add(metric.label()));
        return heading;
    }

    private List<String> add(List<Metric> metrics, Result result, Function<Metric, String> text) {
        List<String> row = new ArrayList<>();
        row.add(result.contender());
        metrics.forEach(metric -> row.add(text.apply(metric)));
        rows.add(row);
        return row;
    }

    private static String number(OptionalDouble value) {
        if (value.isEmpty()) {
            return "n/a";
        }
        double number = value.getAsDouble();
        return String.format(Locale.ROOT, number >= 100 ? "%,.0f" : number >= 10 ? "%.1f" : "%.2f", number);
    }

    private static String ratio(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.2f×", value.getAsDouble()) : "n/a";
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns; column++) {
                String cell = rows.get(row).get(column);
                String space = " ".repeat(widths[column] - cell.length());
                text.append("| ")
                        .append(column < words ? cell + space : space + cell)
                        .append(' ');
            }
            text.append("|\n");
            if (row == 0) {
                for (int column = 0; column < columns; column++) {
                    String line = "-".repeat(widths[column] + 1);
                    text.append('|').append(column < words ? line + '-' : line + ':');
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
