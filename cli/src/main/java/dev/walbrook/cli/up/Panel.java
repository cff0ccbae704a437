package dev.walbrook.cli.up;

import dev.walbrook.admin.pipeline.PipelineSample;
import dev.walbrook.cli.PipelineLines;
import dev.walbrook.cli.Terminal;
import dev.walbrook.cli.options.RunningState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A block of lines that is redrawn in place, below whatever the terminal showed before. */
final class Panel implements View {

    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_TO_LINE_END = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    /** Lines around the tables: addresses, states, flow, commands, gaps, and the prompt's own. */
    private static final int OTHER_LINES = 20;

    private final PrintWriter out;
    private final Terminal terminal;
    private final RunningState state;
    private final Path dataDirectory;
    private int drawn;

    Panel(PrintWriter out, Terminal terminal, RunningState state, Path dataDirectory) {
        this.out = out;
        this.terminal = terminal;
        this.state = state;
        this.dataDirectory = dataDirectory;
    }

    @Override
    public void open() {
        out.print(HIDE_CURSOR);
        out.flush();
    }

    @Override
    public void show(PipelineSample sample) {
        List<String> lines = lines(sample);
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append("\u001b[").append(drawn).append('F');
        }
        for (String line : lines) {
            frame.append(cut(line, terminal.columns() - 1))
                    .append(CLEAR_TO_LINE_END)
                    .append('\n');
        }
        frame.append(CLEAR_BELOW);
        // One write, so that no half frame is ever seen.
        out.print(frame);
        out.flush();
        drawn = lines.size();
    }

    List<String> lines(PipelineSample sample) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        NextCommands.addresses(state, dataDirectory).forEach(line -> lines.add("  " + line));
        lines.add("");
        PipelineLines.connectors(sample, terminal).forEach(line -> lines.add("  " + line));
        sample.trouble().forEach(line -> lines.add("  " + terminal.yellow(line)));
        lines.add("");
        PipelineLines.tables(sample, Math.max(3, terminal.rows() - OTHER_LINES))
                .forEach(line -> lines.add("  " + line));
        lines.add("  " + terminal.bold(PipelineLines.flow(sample)));
        lines.add("");
        lines.add("  " + terminal.dim("In another terminal:"));
        NextCommands.commands(dataDirectory).forEach(line -> lines.add("    " + line));
        lines.add("  " + terminal.dim("Ctrl-C stops everything; the next up continues here."));
        return lines;
    }

    @Override
    public void close() {
        out.print(SHOW_CURSOR);
        out.flush();
    }

    /** Cuts a line to a width, not counting escape sequences; a line that wraps would break the redrawing. */
    static String cut(String line, int width) {
        StringBuilder cut = new StringBuilder(line.length());
        int shown = 0;
        boolean styled = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\u001b') {
                int end = line.indexOf('m', i);
                cut.append(line, i, end + 1);
                styled = true;
                i = end;
            } else if (shown < width) {
                cut.append(c);
                shown++;
            }
        }
        return styled ? cut + "\u001b[0m" : cut.toString();
    }
}
