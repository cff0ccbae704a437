package dev.walbrook.cli.up;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.connect.ConnectClient;
import dev.walbrook.admin.pipeline.ConnectorConfigs;
import dev.walbrook.admin.pipeline.Pipeline;
import dev.walbrook.admin.pipeline.PipelineMonitor;
import dev.walbrook.admin.pipeline.SourceDatabase;
import dev.walbrook.cli.StopSignal;
import dev.walbrook.cli.Terminal;
import dev.walbrook.cli.options.RunningState;
import dev.walbrook.local.PostgresServer;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.TableId;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of {@code walbrook up}, from the first check to the last server's stop. */
final class UpSession {

    private static final long REDRAW_MILLIS = 1_000;

    private final UpPlan plan;
    private final PrintWriter out;
    private final Terminal terminal;
    private final StopSignal stop;

    UpSession(UpPlan plan, PrintWriter out, Terminal terminal, StopSignal stop) {
        this.plan = plan;
        this.out = out;
        this.terminal = terminal;
        this.stop = stop;
    }

    /** Returns after an orderly stop. */
    void run() {
        Thread starter = Thread.currentThread();
        stop.onRequest(starter::interrupt);
        try (DataDirectory directory = DataDirectory.take(plan.dataDirectory())) {
            if (plan.fresh()) {
                report("starting over in " + plan.dataDirectory());
                directory.clear();
            }
            PortCheck.run(plan);
            Optional<RunningState> before = RunningState.load(plan.dataDirectory());
            LocalServers servers = new LocalServers(plan, this::report);
            ShopExample shop = plan.shop() == null ? null : new ShopExample(plan, plan.shop(), this::report);
            try {
                report("starting; data and logs are in " + plan.dataDirectory());
                servers.start();
                RunningState state = prepare(servers, before);
                if (shop != null) {
                    shop.open(state);
                }
                show(state, servers, shop);
            } catch (AdminException e) {
                // What fails after Ctrl-C fails because of it.
                if (!stop.requested()) {
                    throw e;
                }
            } finally {
                stop.onRequest(() -> {});
                // An interrupt has done its work; the stop itself must not be disturbed by it.
                boolean interrupted = Thread.interrupted();
                report(interrupted || stop.requested() ? "stopping" : "stopping what has been started");
                if (shop != null) {
                    shop.close();
                }
                servers.close();
                report("stopped");
            }
        }
    }

    private RunningState prepare(LocalServers servers, Optional<RunningState> before) {
        ConnectionSettings source = database(servers.source(), plan.source());
        ConnectionSettings sink = database(servers.sink(), plan.sink());
        requireSamePipeline(before, source, sink);
        if (plan.fresh() && plan.source() != null) {
            forgetSlot(source);
        }
        new SourceContent(plan, this::report).load(source);
        List<TableId> tables = SourceContent.inspect(source);
        SourceContent.createSchemas(sink, tables);
        RunningState state = new RunningState(
                source,
                sink,
                servers.brokers(),
                servers.connectUrl(),
                ConnectorConfigs.SOURCE_NAME,
                ConnectorConfigs.SINK_NAME);
        state.store(plan.dataDirectory());
        servers.kafkaCluster()
                .ifPresent(cluster -> SinkOffsets.keepOnlyOf(
                        cluster, state.sinkConnector(), sink, plan.dataDirectory(), this::report));
        report("registering connectors");
        new Registration(plan, state, this::report).run(new ConnectClient(state.connectUrl()), tables);
        report("RUNNING: " + state.sourceConnector() + " and " + state.sinkConnector());
        return state;
    }

    private static ConnectionSettings database(@Nullable PostgresServer embedded, @Nullable ConnectionSettings own) {
        if (own != null) {
            return own;
        }
        if (embedded == null) {
            throw new IllegalStateException("neither an embedded nor an own database");
        }
        return SourceContent.embedded(embedded.port(), embedded.password());
    }

    /** Offsets of one source must not be applied to another. */
    private void requireSamePipeline(
            Optional<RunningState> before, ConnectionSettings source, ConnectionSettings sink) {
        if (before.isEmpty()) {
            return;
        }
        requireSame("--source", before.get().source(), source, plan.source() != null);
        requireSame("--sink", before.get().sink(), sink, plan.sink() != null);
    }

    private void requireSame(String option, ConnectionSettings before, ConnectionSettings now, boolean own) {
        // Of an embedded server only the port can change, and its data stay the same.
        boolean wasOwn =
                !(before.host().equals("127.0.0.1") && before.database().equals("walbrook"));
        boolean same = before.host().equals(now.host())
                && before.database().equals(now.database())
                && (!own || before.port() == now.port());
        if (!same || (own && !wasOwn)) {
            throw new AdminException(
                    "the data directory " + plan.dataDirectory() + " belongs to a pipeline whose " + option + " was "
                            + before,
                    "Give the same " + option + " as then, another --data-dir, or --fresh to start over.");
        }
    }

    /** An old slot would stream changes from before the new snapshot. */
    private void forgetSlot(ConnectionSettings source) {
        try (SourceDatabase database = SourceDatabase.open(source)) {
            if (database.dropSlot(ConnectorConfigs.NAME)) {
                report("dropped the replication slot " + ConnectorConfigs.NAME + " of an earlier run");
            }
        } catch (SQLException e) {
            throw new AdminException(
                    "cannot drop the replication slot " + ConnectorConfigs.NAME + ": " + e.getMessage(),
                    "Stop whoever uses it.",
                    e);
        }
    }

    private void show(RunningState state, LocalServers servers, @Nullable ShopExample shop) {
        ConnectClient connect = new ConnectClient(state.connectUrl());
        Pipeline pipeline = Pipeline.read(connect, state.sourceConnector(), state.sinkConnector());
        stop.onRequest(() -> {});
        try (PipelineMonitor monitor = new PipelineMonitor(pipeline, connect, state.source(), state.brokers())) {
            View view = terminal.interactive()
                    ? new Panel(out, terminal, state, plan.dataDirectory())
                    : new PlainLines(out, state, plan.dataDirectory());
            view.open();
            try {
                do {
                    view.show(monitor.sample());
                    servers.failure().ifPresent(failure -> {
                        throw new AdminException(
                                "Kafka cannot go on: " + failure,
                                "Start again; if it happens again, look into the log in "
                                        + plan.dataDirectory().resolve("logs") + ".");
                    });
                    if (shop != null) {
                        shop.requireRunning();
                    }
                } while (!stop.await(REDRAW_MILLIS));
            } finally {
                view.close();
            }
        }
    }

    private synchronized void report(String line) {
        out.println(line);
        out.flush();
    }
}
