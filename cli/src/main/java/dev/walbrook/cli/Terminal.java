package dev.walbrook.cli;

import java.util.Objects;

/**
 * What standard output is.
 *
 * @param interactive whether a person sees it as it is written
 * @param colours whether colours are welcome
 * @param columns its width in characters
 * @param rows its height in lines
 */
public record Terminal(boolean interactive, boolean colours, int columns, int rows) {

    /** Reads what the launcher has found out and has put into system properties. */
    public static Terminal detect() {
        boolean interactive = Boolean.getBoolean("walbrook.tty");
        boolean colours = interactive
                && Objects.requireNonNullElse(System.getenv("NO_COLOR"), "").isEmpty()
                && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(
                interactive,
                colours,
                Integer.getInteger("walbrook.columns", 100),
                Integer.getInteger("walbrook.rows", 40));
    }

    public String bold(String text) {
        return style("1", text);
    }

    public String dim(String text) {
        return style("2", text);
    }

    public String red(String text) {
        return style("31", text);
    }

    public String green(String text) {
        return style("32", text);
    }

    public String yellow(String text) {
        return style("33", text);
    }

    public String cyan(String text) {
        return style("36", text);
    }

    private String style(String code, String text) {
        return colours ? "\u001b[" + code + 'm' + text + "\u001b[0m" : text;
    }
}
