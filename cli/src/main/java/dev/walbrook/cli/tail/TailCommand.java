package dev.walbrook.cli.tail;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.events.ChangeEvent;
import dev.walbrook.admin.events.EventReader;
import dev.walbrook.admin.pipeline.ConnectorConfigs;
import dev.walbrook.cli.StopSignal;
import dev.walbrook.cli.Terminal;
import dev.walbrook.cli.options.ClusterOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows change events as they come. */
@Command(
        name = "tail",
        description = {
            "Show change events as they come, one per line, until Ctrl-C.",
            "An update shows the columns that changed, before → after."
        },
        sortOptions = false)
public final class TailCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(500);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "TABLE|TOPIC",
            description = "Tables as table or schema.table, or whole names of topics (default: every captured table).")
    private List<String> names = List.of();

    @Option(names = "--from-beginning", description = "Begin with the oldest event there is.")
    private boolean fromBeginning;

    @Option(names = "--json", description = "One JSON object per line, for machines.")
    private boolean json;

    @Option(
            names = "--no-follow",
            description = "Stop at the newest event there is now; with --from-beginning, show what there is.")
    private boolean noFollow;

    @Option(names = "--count", paramLabel = "N", description = "Stop after so many events.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--prefix",
            paramLabel = "NAME",
            defaultValue = ConnectorConfigs.NAME,
            description = "The source connector's topic.prefix (default: ${DEFAULT-VALUE}).")
    private String prefix = ConnectorConfigs.NAME;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Terminal terminal = Terminal.detect();
        Function<ChangeEvent, String> line =
                json ? new EventJson()::line : new EventPrinter(terminal, ZoneId.systemDefault())::line;
        StopSignal stop = StopSignal.install();
        try (EventReader reader = new EventReader(cluster.brokers(), topics(prefix, names), fromBeginning)) {
            stop.onRequest(reader::wakeup);
            if (reader.topics().isEmpty()) {
                err.println("no topic matches yet; waiting for the first event");
            }
            Map<TopicPartition, Long> ends = noFollow ? reader.ends() : Map.of();
            follow(reader, () -> stop.requested() || noFollow && reader.hasReached(ends), out, line);
        } catch (WakeupException e) {
            out.flush();
        } finally {
            stop.finished();
        }
        return 0;
    }

    private void follow(
            EventReader reader, BooleanSupplier finished, PrintWriter out, Function<ChangeEvent, String> line) {
        long shown = 0;
        while (shown < count && !finished.getAsBoolean()) {
            List<ChangeEvent> events = reader.poll(POLL);
            for (ChangeEvent event : events.subList(0, (int) Math.min(events.size(), count - shown))) {
                out.println(line.apply(event));
                shown++;
            }
            // A closed pipe, as after head, shows itself only here.
            if (!events.isEmpty() && out.checkError()) {
                return;
            }
        }
    }

    /** The topics of the given tables: {@code orders} is that table in any schema. */
    static Pattern topics(String prefix, List<String> names) {
        if (prefix.isEmpty()) {
            throw new AdminException("--prefix must not be empty", "");
        }
        String begin = Pattern.quote(prefix + ".");
        if (names.isEmpty()) {
            return Pattern.compile(begin + ".*");
        }
        return Pattern.compile(names.stream()
                .map(name -> Pattern.quote(name)
                        + '|' + begin + Pattern.quote(name)
                        + '|' + begin + "[^.]+\\." + Pattern.quote(name))
                .collect(Collectors.joining("|")));
    }
}
