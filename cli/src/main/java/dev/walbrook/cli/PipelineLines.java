package dev.walbrook.cli;

import dev.walbrook.admin.connect.ConnectorStatus;
import dev.walbrook.admin.connect.FailureCause;
import dev.walbrook.admin.pipeline.PipelineSample;
import dev.walbrook.admin.pipeline.TableProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A pipeline as lines of text, for {@code status} and for the panel of {@code up}. */
public final class PipelineLines {

    private PipelineLines() {}

    /** One line per connector, with its tasks; a failure adds its reason and its cure. */
    public static List<String> connectors(PipelineSample sample, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        for (ConnectorStatus connector : sample.connectors()) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-16s ", connector.name()))
                    .append(state(connector.state(), terminal));
            for (ConnectorStatus.Task task : connector.tasks()) {
                line.append(", task ").append(task.id()).append(' ').append(state(task.state(), terminal));
            }
            if (connector.tasks().isEmpty()) {
                line.append(", no task yet");
            }
            lines.add(line.toString());
            String failure = connector.failure();
            if (failure != null) {
                FailureCause cause = FailureCause.of(failure);
                cause.problem().lines().forEach(text -> lines.add("  " + terminal.red(text)));
                if (!cause.cure().isEmpty()) {
                    lines.add("  " + cause.cure());
                }
            }
        }
        return lines;
    }

    /** Events, rate and lag in one line. */
    public static String flow(PipelineSample sample) {
        return String.format(
                Locale.ROOT,
                "%,d events, %,.0f/s; lag: source %s, sink %,d records",
                sample.events(),
                sample.eventsPerSecond(),
                sample.slot().map(slot -> bytes(slot.lagBytes())).orElse("unknown"),
                sample.sinkLag());
    }

    /**
     * One line per table.
     *
     * @param limit the most lines; the rest is counted in the last
     */
    public static List<String> tables(PipelineSample sample, int limit) {
        List<TableProgress> tables = sample.tables();
        int width = tables.stream()
                .mapToInt(table -> table.table().toString().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        int shown = tables.size() <= limit ? tables.size() : Math.max(0, limit - 1);
        for (TableProgress table : tables.subList(0, shown)) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-" + Math.max(1, Math.min(width, 60)) + "s  %,10d events%s",
                    table.table(),
                    table.events(),
                    table.estimatedRows() < 0
                            ? ""
                            : String.format(Locale.ROOT, ", about %,d rows", table.estimatedRows())));
        }
        if (shown < tables.size()) {
            lines.add("and " + (tables.size() - shown) + " more tables");
        }
        return lines;
    }

    /** A size as people read it. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        do {
            size /= 1024;
            unit++;
        } while (size >= 1024 && unit < 4);
        return String.format(Locale.ROOT, "%.1f %siB", size, "KMGTP".charAt(unit));
    }

    private static String state(ConnectorStatus.State state, Terminal terminal) {
        return switch (state) {
            case RUNNING -> terminal.green(state.name());
            case FAILED -> terminal.red(state.name());
            case UNASSIGNED, PAUSED, STOPPED, RESTARTING, UNKNOWN -> terminal.yellow(state.name());
        };
    }
}
