package dev.walbrook.cli.options;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.connect.ConnectClient;
import dev.walbrook.admin.pipeline.ConnectorConfigs;
import dev.walbrook.admin.pipeline.Pipeline;
import dev.walbrook.postgres.ConnectionSettings;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a running pipeline is: what its {@code walbrook up} has left in the data directory, or what the options say. */
public final class ClusterOptions {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--source",
            paramLabel = "URL",
            description = "The source database: postgresql://user[:password]@host[:port]/database.")
    private @Nullable String source;

    @Option(names = "--sink", paramLabel = "URL", description = "The sink database, in the same form.")
    private @Nullable String sink;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "The Kafka broker.")
    private @Nullable String kafka;

    @Option(names = "--connect", paramLabel = "URL", description = "The Kafka Connect worker's REST API.")
    private @Nullable String connect;

    @Option(
            names = "--source-connector",
            paramLabel = "NAME",
            description = "The source connector's name (default: as registered by walbrook up).")
    private @Nullable String sourceConnector;

    @Option(
            names = "--sink-connector",
            paramLabel = "NAME",
            description = "The sink connector's name (default: as registered by walbrook up).")
    private @Nullable String sinkConnector;

    public CommonOptions common() {
        return common;
    }

    public ConnectionSettings source() {
        return source != null
                ? PgPass.complete(PostgresUrl.parse(source, "--source"))
                : fromState("--source", RunningState::source);
    }

    public ConnectionSettings sink() {
        return sink != null
                ? PgPass.complete(PostgresUrl.parse(sink, "--sink"))
                : fromState("--sink", RunningState::sink);
    }

    public String brokers() {
        return kafka != null ? kafka : fromState("--kafka", RunningState::brokers);
    }

    public ConnectClient connect() {
        return new ConnectClient(connect != null ? connect : fromState("--connect", RunningState::connectUrl));
    }

    /** The names of the pipeline's parts, read from the worker. */
    public Pipeline pipeline() {
        Optional<RunningState> state = RunningState.load(common.dataDirectory());
        return Pipeline.read(
                connect(),
                sourceConnector != null
                        ? sourceConnector
                        : state.map(RunningState::sourceConnector).orElse(ConnectorConfigs.SOURCE_NAME),
                sinkConnector != null
                        ? sinkConnector
                        : state.map(RunningState::sinkConnector).orElse(ConnectorConfigs.SINK_NAME));
    }

    private <T> T fromState(String option, Function<RunningState, T> value) {
        return RunningState.load(common.dataDirectory())
                .map(value)
                .orElseThrow(() -> new AdminException(
                        "there is no pipeline in " + common.dataDirectory(),
                        "Start one with walbrook up, name its data directory with " + CommonOptions.DATA_DIR
                                + ", or give " + option + "."));
    }
}
