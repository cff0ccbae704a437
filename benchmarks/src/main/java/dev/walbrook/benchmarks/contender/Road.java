package dev.walbrook.benchmarks.contender;

import dev.walbrook.admin.AdminException;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.measure.Topic;
import dev.walbrook.benchmarks.server.ServerProcess;
import dev.walbrook.benchmarks.workload.PreparedDataset;
import dev.walbrook.benchmarks.workload.TargetDatabase;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From table to table: a source and a sink connector in one worker, and a topic between them. */
public final class Road implements StreamContender, SnapshotContender {

    private final String name;
    private final Connector source;
    private final SinkConnector sink;
    private final OwnWorker worker;

    /** Of both connectors only the configuration is used. */
    public Road(String name, Connector source, SinkConnector sink) {
        this.name = name;
        this.source = source;
        this.sink = sink;
        this.worker = new OwnWorker(name, null);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "in one worker " + source.description() + "; and " + sink.description();
    }

    @Override
    public boolean needsWorker() {
        return true;
    }

    @Override
    public String delivers() {
        return ROWS;
    }

    @Override
    public Measurement stream(Run run) throws SQLException {
        String slot = run.data().copySlot();
        return measure(run, slot, Map.of("slot.name", slot, "snapshot.mode", "no_data"), slot);
    }

    @Override
    public Measurement snapshot(Run run) throws SQLException {
        String slot = run.name().replace('-', '_');
        return measure(run, slot, Map.of("slot.name", slot, "snapshot.mode", "initial_only"), null);
    }

    /** @param streamed the slot to stream from; null for a snapshot */
    private Measurement measure(Run run, String slot, Map<String, String> more, @Nullable String streamed)
            throws SQLException {
        PreparedDataset data = run.data();
        long end = System.nanoTime() + run.limit().toNanos();
        ServerProcess process = worker.process(run);
        String sinkName = run.name() + "-sink";
        try (TargetDatabase target = TargetDatabase.create(data);
                Topic topic = Connector.topic(run)) {
            Stopwatch watch = Applied.watch(worker.watch(run), run, target);
            try (FlightRecording recording = FlightRecording.start(process.pid(), run.recording());
                    ConnectorSession second =
                            ConnectorSession.start(process, sinkName, sink.configuration(run, target, topic.name()))) {
                SinkConnector.awaitReader(run, second, sinkName, end);
                try (ConnectorSession first =
                        ConnectorSession.start(process, run.name(), source.configuration(run, more))) {
                    long sender = Connector.awaitStart(run, first, streamed, end);
                    if (streamed != null) {
                        watch.process(Metric.WALSENDER_CPU, sender);
                    }
                    watch.start();
                    while (!target.has(run.events())) {
                        Connector.giveUpAfter(end, "it did not finish in time");
                        first.check();
                        second.pause();
                    }
                    watch.stop();
                }
            }
            return Applied.measurement(run, watch, target);
        } catch (ConnectorStopped | AdminException e) {
            close();
            return Measurement.failed(String.valueOf(e.getMessage()));
        } finally {
            data.release(slot);
        }
    }

    /** Ends the worker. */
    @Override
    public void close() {
        worker.close();
    }
}
