package dev.walbrook.benchmarks.report;

import java.util.Locale;

/** What all plots have in common. */
final class SvgText {

    private SvgText() {}

    /** The start of a plot that reads on light and dark pages, with its title. */
    static String head(int width, int height, String title) {
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
            <rect width="100%%" height="100%%" fill="#ffffff"/>
            <text x="10" y="24" font-size="15" font-weight="bold" fill="#222222">%s</text>
            """
                .formatted(width, height, escaped(title));
    }

    static String colour(String contender) {
        if (contender.startsWith("walbrook")) {
            return "#1f77b4";
        }
        return contender.startsWith("debezium") ? "#d98b3a" : "#9a9a9a";
    }

    static String figure(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
