package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.server.Servers;
import dev.walbrook.benchmarks.workload.Dataset;
import dev.walbrook.benchmarks.workload.PreparedDataset;
import dev.walbrook.benchmarks.workload.TargetDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** PostgreSQL's own logical replication. */
public final class Subscription implements StreamContender, SnapshotContender {

    private static final long POLL_NANOS = 10_000_000;

    private final String name;
    private final boolean synchronous;

    /** @param synchronous whether it waits for the disk at each commit, as everybody else does and it does not by default */
    public Subscription(String name, boolean synchronous) {
        this.name = name;
        this.synchronous = synchronous;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "CREATE SUBSCRIPTION with synchronous_commit="
                + (synchronous ? "on, as any session's commit" : "off, which is its default")
                + "; all of its work is the server's";
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public boolean needsWarmUp() {
        return false;
    }

    @Override
    public String delivers() {
        return ROWS;
    }

    @Override
    public Measurement stream(Run run) throws SQLException {
        return replicate(run, run.data().copySlot(), false);
    }

    @Override
    public Measurement snapshot(Run run) throws SQLException {
        return replicate(run, run.data().createSlot(), true);
    }

    /** @param copies whether the table's contents are wanted rather than the slot's changes */
    private Measurement replicate(Run run, String slot, boolean copies) throws SQLException {
        PreparedDataset data = run.data();
        Servers servers = data.servers();
        long end = System.nanoTime() + run.limit().toNanos();
        try (TargetDatabase target = TargetDatabase.create(data)) {
            Servers.execute(servers.target(), target.name(), List.of(create(data, slot, copies)));
            try {
                Stopwatch watch = Applied.watch(new Stopwatch(), run, target);
                Servers.execute(servers.target(), target.name(), List.of("ALTER SUBSCRIPTION bench ENABLE"));
                while (copies ? data.sessions() == 0 : data.walSender(slot) == 0) {
                    pause(end);
                }
                if (!copies) {
                    watch.process(Metric.WALSENDER_CPU, data.walSender(slot));
                }
                watch.start();
                while (!target.has(run.events())) {
                    pause(end);
                }
                watch.stop();
                return Applied.measurement(run, watch, target);
            } finally {
                drop(servers, target);
            }
        } catch (ConnectorStopped e) {
            return Measurement.failed(String.valueOf(e.getMessage()));
        } finally {
            data.dropSlot(slot);
        }
    }

    /** With a slot that is there already, as for everybody. */
    private String create(PreparedDataset data, String slot, boolean copies) {
        Servers servers = data.servers();
        return "CREATE SUBSCRIPTION bench CONNECTION 'host=127.0.0.1 port=%d user=%s dbname=%s passfile=%s'"
                        .formatted(
                                servers.source().port(),
                                servers.source().user(),
                                data.database(),
                                servers.passwordFile())
                + " PUBLICATION " + Dataset.PUBLICATION
                + " WITH (create_slot = false, slot_name = '" + slot + "', enabled = false, copy_data = " + copies
                + ", synchronous_commit = '" + (synchronous ? "on" : "off") + "')";
    }

    private static void drop(Servers servers, TargetDatabase target) throws SQLException {
        Servers.execute(
                servers.target(),
                target.name(),
                List.of(
                        "ALTER SUBSCRIPTION bench DISABLE",
                        "ALTER SUBSCRIPTION bench SET (slot_name = NONE)",
                        "DROP SUBSCRIPTION bench"));
    }

    private static void pause(long end) {
        Connector.giveUpAfter(end, "it did not finish in time");
        LockSupport.parkNanos(POLL_NANOS);
    }
}
