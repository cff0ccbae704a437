package dev.walbrook.benchmarks.report;

import dev.walbrook.benchmarks.measure.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Figures in rows and columns, written so that a terminal and Markdown show them well. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> heading) {
        rows.add(heading);
    }

    /** The medians of the rounds. */
    static Table medians(Section section) {
        Table table = new Table(heading("contender", section));
        for (Result result : section.results()) {
            table.add(section, result, metric -> number(result.median(metric)));
        }
        return table;
    }

    /** Each contender in proportion to the reference, round by round, and of those the median. */
    static Table ratios(Section section, Result reference) {
        Table table = new Table(heading("in proportion to " + reference.contender(), section));
        for (Result result : section.results()) {
            if (!result.contender().equals(reference.contender())) {
                table.add(section, result, metric -> ratio(result.ratio(metric, reference)));
            }
        }
        return table;
    }

    private static List<String> heading(String first, Section section) {
        List<String> heading = new ArrayList<>();
        heading.add(first);
        section.metrics().forEach(metric -> heading.add(metric.label()));
        return heading;
    }

    private void add(Section section, Result result, Function<Metric, String> text) {
        List<String> row = new ArrayList<>();
        row.add(result.contender());
        section.metrics().forEach(metric -> row.add(text.apply(metric)));
        rows.add(row);
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
                        .append(column == 0 ? cell + space : space + cell)
                        .append(' ');
            }
            text.append("|\n");
            if (row == 0) {
                for (int column = 0; column < columns; column++) {
                    String line = "-".repeat(widths[column] + 1);
                    text.append('|').append(column == 0 ? line + '-' : line + ':');
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
