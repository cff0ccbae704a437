package dev.walbrook.benchmarks.contender;

import dev.walbrook.admin.AdminException;
import dev.walbrook.benchmarks.measure.Content;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Sample;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.measure.Topic;
import dev.walbrook.benchmarks.server.Servers;
import dev.walbrook.benchmarks.workload.Dataset;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A source connector in a worker of its own. */
public final class Connector implements StreamContender, SnapshotContender {

    /** In a property's value, the name of the run. */
    static final String RUN = "{run}";

    private final String name;
    private final Map<String, String> properties;
    private final OwnWorker worker;

    /** @param properties what makes it different from the others, with {@code connector.class} */
    public Connector(String name, Map<String, String> properties) {
        this.name = name;
        this.properties = Map.copyOf(properties);
        this.worker = new OwnWorker(name, null);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return new TreeMap<>(properties).toString().replaceAll("[{}]", "");
    }

    @Override
    public boolean needsWorker() {
        return true;
    }

    @Override
    public String delivers() {
        String transform = properties.get("transforms");
        return transform == null ? Contender.ENVELOPES : "what is left after " + transform;
    }

    /** Registers the connector in its worker, which is started if need be. */
    public ConnectorSession start(Run run, Map<String, String> more) {
        return ConnectorSession.start(worker.process(run), run.name(), configuration(run, more));
    }

    /** The connector's configuration. */
    Map<String, String> configuration(Run run, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(common(run));
        properties.forEach((key, value) -> all.put(key, value.replace(RUN, run.name())));
        all.putAll(run.format().properties(run.data().servers()));
        all.putAll(more);
        return all;
    }

    private static Map<String, String> common(Run run) {
        Servers servers = run.data().servers();
        Map<String, String> common = new LinkedHashMap<>();
        common.put("tasks.max", "1");
        common.put("database.hostname", "127.0.0.1");
        common.put("database.port", Integer.toString(servers.source().port()));
        common.put("database.user", servers.source().user());
        common.put("database.password", servers.source().password());
        common.put("database.dbname", run.data().database());
        common.put("topic.prefix", run.name());
        common.put("plugin.name", "pgoutput");
        common.put("publication.name", Dataset.PUBLICATION);
        common.put("publication.autocreate.mode", "disabled");
        common.put("table.include.list", Dataset.TABLE);
        return common;
    }

    /** The topic that the run's connector writes to. */
    public static Topic topic(Run run) {
        return topic(run, 1);
    }

    private static Topic topic(Run run, int partitions) {
        return Topic.create(run.data().servers().bootstrapServers(), run.name() + "." + Dataset.TABLE, partitions);
    }

    @Override
    public Measurement stream(Run run) throws SQLException {
        String slot = run.data().copySlot();
        try {
            return measure(run, Map.of("slot.name", slot, "snapshot.mode", "no_data"), slot);
        } finally {
            run.data().release(slot);
        }
    }

    @Override
    public Measurement snapshot(Run run) throws SQLException {
        String slot = run.name().replace('-', '_');
        try {
            return measure(run, Map.of("slot.name", slot, "snapshot.mode", "initial_only"), null);
        } finally {
            run.data().release(slot);
        }
    }

    /** @param slot the slot to stream from; null for a snapshot */
    private Measurement measure(Run run, Map<String, String> more, @Nullable String slot) throws SQLException {
        long end = System.nanoTime() + run.limit().toNanos();
        try (Topic topic = topic(run)) {
            Stopwatch watch = watch(run);
            try (FlightRecording recording =
                            FlightRecording.start(worker.process(run).pid(), run.recording());
                    ConnectorSession session = start(run, more)) {
                long sender = awaitStart(run, session, slot, end);
                if (slot != null) {
                    watch.process(Metric.WALSENDER_CPU, sender);
                } else {
                    watch.family(
                            Metric.SERVER_CPU, run.data().servers().source().pid());
                }
                watch.start();
                awaitRecords(run, session, topic, watch, end);
                watch.stop();
            }
            boolean envelopes = delivers().equals(Contender.ENVELOPES);
            Content content =
                    topic.read(run.format().encoding(run.data().servers()), envelopes ? run.sample() : new Sample());
            Measurement measured = watch.measurement(run.events(), content.bytes(), content);
            return run.isWhole() ? measured : new Measurement(measured.values(), Content.NOTHING, null);
        } catch (ConnectorStopped | AdminException e) {
            // Whatever is wrong with it shall not be the next run's trouble.
            close();
            return Measurement.failed(String.valueOf(e.getMessage()));
        }
    }

    /** A stopwatch that watches worker and broker. */
    public Stopwatch watch(Run run) {
        return worker.watch(run);
    }

    /**
     * Writes the changes into a topic, for those who only read it.
     *
     * @param partitions how many the topic has
     * @return the topic, which its caller deletes
     */
    public Topic fill(Run run, int partitions) throws SQLException {
        long end = System.nanoTime() + run.limit().toNanos();
        String slot = run.data().copySlot();
        Topic topic = topic(run, partitions);
        try (ConnectorSession session = start(run, Map.of("slot.name", slot, "snapshot.mode", "no_data"))) {
            awaitRecords(run, session, topic, watch(run), end);
        } finally {
            run.data().release(slot);
        }
        return topic;
    }

    /**
     * Waits until the WAL sender streams, or, without a slot, until the connector has a session.
     *
     * @param end the moment to give up, as {@link System#nanoTime} tells it
     * @return the WAL sender's process id
     */
    public static long awaitStart(Run run, ConnectorSession session, @Nullable String slot, long end)
            throws SQLException {
        while (true) {
            long found = slot == null ? run.data().sessions() : run.data().walSender(slot);
            if (found > 0) {
                return found;
            }
            giveUpAfter(end, "it did not begin in time");
            session.pause();
        }
    }

    private static void awaitRecords(Run run, ConnectorSession session, Topic topic, Stopwatch watch, long end) {
        long records = run.records();
        long size = topic.size();
        while (size < records) {
            giveUpAfter(end, "it did not finish in time: " + size + " of " + records + " records");
            session.pause();
            size = topic.size();
            if (size > 0) {
                watch.firstEvent();
            }
        }
    }

    static void giveUpAfter(long end, String why) {
        if (System.nanoTime() > end) {
            throw new ConnectorStopped(why);
        }
    }

    /** Ends the worker. */
    @Override
    public void close() {
        worker.close();
    }

    /** How long a run may take that delivers so many events, on the slowest of machines. */
    public static Duration limit(long events) {
        return Duration.ofSeconds(60 + events / 2_000);
    }
}
