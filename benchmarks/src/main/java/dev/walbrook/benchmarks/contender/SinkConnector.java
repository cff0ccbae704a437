package dev.walbrook.benchmarks.contender;

import dev.walbrook.admin.AdminException;
import dev.walbrook.benchmarks.measure.ConsumerGroup;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.server.ServerProcess;
import dev.walbrook.benchmarks.server.Servers;
import dev.walbrook.benchmarks.workload.TargetDatabase;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A sink connector in a worker of its own. */
public final class SinkConnector implements TableContender {

    private final String name;
    private final @Nullable String heap;
    private final String urlOptions;
    private final Map<String, String> properties;
    private final OwnWorker worker;

    /**
     * @param heap its worker's largest heap if that is not the run's, as in {@code -Xmx}
     * @param urlOptions what follows the database's URL
     * @param properties what makes it different from the others, with {@code connector.class}
     */
    public SinkConnector(String name, @Nullable String heap, String urlOptions, Map<String, String> properties) {
        this.name = name;
        this.heap = heap;
        this.urlOptions = urlOptions;
        this.properties = Map.copyOf(properties);
        this.worker = new OwnWorker(name, heap);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return new TreeMap<>(properties).toString().replaceAll("[{}]", "")
                + (urlOptions.isEmpty() ? "" : ", options of the connection " + urlOptions)
                + (heap == null ? "" : ", -Xmx" + heap);
    }

    @Override
    public boolean needsWorker() {
        return true;
    }

    @Override
    public String delivers() {
        return ROWS;
    }

    /** As many as it has tasks. */
    @Override
    public int partitions() {
        return Integer.parseInt(properties.getOrDefault("tasks.max", "1"));
    }

    /** The connector's configuration. */
    Map<String, String> configuration(Run run, TargetDatabase target, String topic) {
        Servers servers = run.data().servers();
        boolean changes = run.data().dataset().changesRows();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("tasks.max", "1");
        all.put("topics", topic);
        all.put(
                "connection.url",
                "jdbc:postgresql://127.0.0.1:" + servers.target().port() + "/" + target.name() + urlOptions);
        all.put("connection.username", servers.target().user());
        all.put("connection.password", servers.target().password());
        all.put("collection.name.format", "orders");
        all.put("primary.key.mode", "record_key");
        all.put("insert.mode", changes ? "upsert" : "insert");
        all.put("delete.enabled", Boolean.toString(changes));
        all.putAll(properties);
        all.putAll(run.format().properties(servers));
        return all;
    }

    @Override
    public Measurement write(Run run) throws SQLException {
        long end = System.nanoTime() + run.limit().toNanos();
        ServerProcess process = worker.process(run);
        try (TargetDatabase target = TargetDatabase.create(run.data())) {
            Stopwatch watch = Applied.watch(worker.watch(run), run, target);
            try (FlightRecording recording = FlightRecording.start(process.pid(), run.recording());
                    ConnectorSession session = ConnectorSession.start(
                            process, run.name(), configuration(run, target, run.filledTopic()))) {
                awaitReader(run, session, run.name(), end);
                watch.start();
                while (!target.has(run.events())) {
                    Connector.giveUpAfter(end, "it did not finish in time");
                    session.pause();
                }
                watch.stop();
            }
            return Applied.measurement(run, watch, target);
        } catch (ConnectorStopped | AdminException e) {
            close();
            return Measurement.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Waits until the connector's consumer has its partition. */
    static void awaitReader(Run run, ConnectorSession session, String connector, long end) {
        try (ConsumerGroup group = new ConsumerGroup(run.data().servers().bootstrapServers(), "connect-" + connector)) {
            while (!group.reads()) {
                Connector.giveUpAfter(end, "it did not begin in time");
                session.pause();
            }
        }
    }

    /** Ends the worker. */
    @Override
    public void close() {
        worker.close();
    }
}
