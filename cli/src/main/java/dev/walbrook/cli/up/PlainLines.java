package dev.walbrook.cli.up;

import dev.walbrook.admin.pipeline.PipelineSample;
import dev.walbrook.cli.PipelineLines;
import dev.walbrook.cli.Terminal;
import dev.walbrook.cli.options.RunningState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** For a file or a pipe: a line when a state changes, and a summary now and then while anything changes. */
final class PlainLines implements View {

    private static final long SUMMARY_NANOS = 10_000_000_000L;
    private static final Terminal PLAIN = new Terminal(false, false, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final PrintWriter out;
    private final RunningState state;
    private final Path dataDirectory;
    private List<String> shownStates = List.of();
    private List<String> shownTrouble = List.of();
    private String shownFlow = "";
    private long summaryAt;

    PlainLines(PrintWriter out, RunningState state, Path dataDirectory) {
        this.out = out;
        this.state = state;
        this.dataDirectory = dataDirectory;
    }

    @Override
    public void open() {
        NextCommands.addresses(state, dataDirectory).forEach(out::println);
        out.println("try next:");
        NextCommands.commands(dataDirectory).forEach(line -> out.println("  " + line));
        out.flush();
    }

    @Override
    public void show(PipelineSample sample) {
        List<String> states = PipelineLines.connectors(sample, PLAIN);
        if (!states.equals(shownStates)) {
            states.forEach(out::println);
            shownStates = states;
        }
        if (!sample.trouble().equals(shownTrouble)) {
            sample.trouble().forEach(out::println);
            shownTrouble = sample.trouble();
        }
        String flow = PipelineLines.flow(sample);
        boolean due = shownFlow.isEmpty() || System.nanoTime() - summaryAt > SUMMARY_NANOS;
        if (due && !flow.equals(shownFlow)) {
            out.println(flow);
            shownFlow = flow;
            summaryAt = System.nanoTime();
        }
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
