package dev.walbrook.benchmarks.report;

import dev.walbrook.benchmarks.measure.Metric;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The percentiles of a latency, a group of bars for each contender, on a logarithmic scale, as SVG. */
final class LatencyChart {

    static final List<Metric> PERCENTILES = List.of(Metric.LATENCY_P50, Metric.LATENCY_P99, Metric.LATENCY_P999);

    private static final double LEAST = 0.1;
    private static final int DECADES = 5;
    private static final int LABELS = 230;
    private static final int LENGTH = 440;
    private static final int BAR = 16;
    private static final int GROUP = 3 * BAR + 16;
    private static final int TOP = 60;

    private LatencyChart() {}

    static String svg(Section section) {
        int bottom = TOP + section.results().size() * GROUP;
        StringBuilder svg = new StringBuilder(SvgText.head(
                LABELS + LENGTH + 90, bottom + 20, section.title() + ": ms from commit to consumer, logarithmic"));
        for (int decade = 0; decade <= DECADES; decade++) {
            double x = LABELS + (double) LENGTH * decade / DECADES;
            svg.append(String.format(
                    Locale.ROOT,
                    """
                    <line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#dddddd"/>
                    <text x="%.1f" y="%d" text-anchor="middle" fill="#666666">%s</text>
                    """,
                    x,
                    TOP - 8,
                    x,
                    bottom,
                    x,
                    TOP - 14,
                    SvgText.figure(LEAST * Math.pow(10, decade))));
        }
        int y = TOP;
        for (Result result : section.results()) {
            for (Metric metric : PERCENTILES) {
                OptionalDouble value = result.median(metric);
                if (value.isPresent()) {
                    bar(svg, result.contender(), metric, value.getAsDouble(), y);
                }
                y += BAR;
            }
            y += GROUP - 3 * BAR;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void bar(StringBuilder svg, String contender, Metric metric, double value, int y) {
        double decades = Math.min(DECADES, Math.max(0.02, Math.log10(value / LEAST)));
        double length = LENGTH * decades / DECADES;
        svg.append(String.format(
                Locale.ROOT,
                """
                <text x="%d" y="%d" text-anchor="end" fill="#222222">%s %s</text>
                <rect x="%d" y="%d" width="%.1f" height="%d" fill="%s" fill-opacity="%.2f"/>
                <text x="%.1f" y="%d" fill="#222222">%s</text>
                """,
                LABELS - 8,
                y + 12,
                metric == Metric.LATENCY_P50 ? SvgText.escaped(contender) + "," : "",
                metric.label().replace(" ms", ""),
                LABELS,
                y,
                length,
                BAR - 2,
                SvgText.colour(contender),
                1 - 0.25 * PERCENTILES.indexOf(metric),
                LABELS + length + 6,
                y + 12,
                SvgText.figure(value)));
    }
}
