package dev.walbrook.benchmarks.report;

import java.util.Locale;
import java.util.Map;

/** Horizontal bars with their figures, as SVG that reads on light and dark pages. */
final class BarChart {

    private static final int WIDTH = 760;
    private static final int LABELS = 200;
    private static final int FIGURES = 110;
    private static final int BAR = 20;
    private static final int STEP = 28;
    private static final int TOP = 40;

    private BarChart() {}

    /**
     * Draws.
     *
     * @param title with the unit
     * @param values what each bar stands for, in the order from top to bottom
     */
    static String svg(String title, Map<String, Double> values) {
        double most =
                values.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        int height = TOP + values.size() * STEP + 10;
        StringBuilder svg = new StringBuilder();
        svg.append(SvgText.head(WIDTH, height, title));
        int y = TOP;
        for (Map.Entry<String, Double> bar : values.entrySet()) {
            double length = most <= 0 ? 0 : bar.getValue() / most * (WIDTH - LABELS - FIGURES);
            svg.append(String.format(
                    Locale.ROOT,
                    """
                    <text x="%d" y="%d" text-anchor="end" fill="#222222">%s</text>
                    <rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>
                    <text x="%.1f" y="%d" fill="#222222">%s</text>
                    """,
                    LABELS - 8,
                    y + 15,
                    SvgText.escaped(bar.getKey()),
                    LABELS,
                    y,
                    length,
                    BAR,
                    SvgText.colour(bar.getKey()),
                    LABELS + length + 6,
                    y + 15,
                    SvgText.figure(bar.getValue())));
            y += STEP;
        }
        return svg.append("</svg>\n").toString();
    }
}
