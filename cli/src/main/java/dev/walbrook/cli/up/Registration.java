package dev.walbrook.cli.up;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.connect.ConnectClient;
import dev.walbrook.admin.connect.Plugin;
import dev.walbrook.admin.pipeline.ConnectorConfigs;
import dev.walbrook.cli.options.RunningState;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.TableId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Registers the two connectors and waits until they run. */
final class Registration {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final UpPlan plan;
    private final RunningState state;
    private final Consumer<String> report;

    Registration(UpPlan plan, RunningState state, Consumer<String> report) {
        this.plan = plan;
        this.state = state;
        this.report = report;
    }

    void run(ConnectClient connect, List<TableId> tables) {
        requirePlugins(connect);
        if (plan.connect() != null) {
            report.accept("note: the passwords stand in the connectors' configurations at " + plan.connect()
                    + ", readable by whoever may read them there");
        }
        // The sink first: it then sees the snapshot from its first record on.
        connect.putConfig(state.sinkConnector(), ConnectorConfigs.sink(state.sink(), password("sink", state.sink())));
        connect.putConfig(
                state.sourceConnector(),
                ConnectorConfigs.source(state.source(), password("source", state.source()), plan.tables(), tables));
        connect.awaitRunning(state.sinkConnector(), LIMIT);
        connect.awaitRunning(state.sourceConnector(), LIMIT);
    }

    private void requirePlugins(ConnectClient connect) {
        Set<String> found = connect.plugins().stream().map(Plugin::className).collect(Collectors.toSet());
        for (String plugin : List.of(ConnectorConfigs.SOURCE_CLASS, ConnectorConfigs.SINK_CLASS)) {
            if (!found.contains(plugin)) {
                throw new AdminException(
                        "the Kafka Connect worker at " + connect.url() + " does not have the plugin " + plugin,
                        "Copy the folder " + Distribution.plugins().resolve("walbrook-connect")
                                + " into a directory of the worker's plugin.path and restart the worker.");
            }
        }
    }

    /** For our own worker a reference to the file with the password, else the password itself. */
    private @Nullable String password(String role, ConnectionSettings database) {
        if (database.password() == null) {
            return null;
        }
        Path file = RunningState.passwordFile(plan.dataDirectory(), role);
        return plan.connect() == null && Files.exists(file) ? "${file:" + file + ":password}" : database.password();
    }
}
