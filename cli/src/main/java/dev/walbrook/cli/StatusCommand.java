package dev.walbrook.cli;

import dev.walbrook.admin.connect.ConnectorStatus;
import dev.walbrook.admin.pipeline.PipelineMonitor;
import dev.walbrook.admin.pipeline.PipelineSample;
import dev.walbrook.cli.options.ClusterOptions;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows a running pipeline once. */
@Command(
        name = "status",
        description = {
            "Show connectors, tables and lag of a running pipeline, once.",
            "Exits with 0 when both connectors run, else 1."
        },
        sortOptions = false)
final class StatusCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.detect();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (PipelineMonitor monitor =
                new PipelineMonitor(cluster.pipeline(), cluster.connect(), cluster.source(), cluster.brokers())) {
            PipelineSample sample = monitor.sample();
            PipelineLines.connectors(sample, terminal).forEach(out::println);
            PipelineLines.tables(sample, Integer.MAX_VALUE).forEach(out::println);
            out.println(PipelineLines.flow(sample));
            sample.trouble().forEach(trouble -> out.println(terminal.yellow(trouble)));
            out.flush();
            return sample.connectors().size() == 2
                            && sample.connectors().stream().allMatch(ConnectorStatus::isRunning)
                    ? 0
                    : 1;
        }
    }
}
