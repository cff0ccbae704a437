package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Content;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.server.Servers;
import dev.walbrook.benchmarks.workload.Dataset;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads the table with COPY over one connection and throws it away: a snapshot on one connection cannot be faster. */
public final class CopyToNowhere implements SnapshotContender {

    private final String name;
    private final boolean binary;

    public CopyToNowhere(String name, boolean binary) {
        this.name = name;
        this.binary = binary;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return sql() + ", thrown away";
    }

    private String sql() {
        return "COPY " + Dataset.TABLE + " TO STDOUT" + (binary ? " (FORMAT binary)" : "");
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public Measurement snapshot(Run run) throws SQLException {
        Servers servers = run.data().servers();
        try (Connection connection = servers.source().open(run.data().database())) {
            Stopwatch watch = new Stopwatch()
                    .process(Metric.WORKER_CPU, ProcessHandle.current().pid())
                    .family(Metric.SERVER_CPU, servers.source().pid());
            watch.start();
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql());
            long bytes = 0;
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                bytes += row.length;
                watch.firstEvent();
            }
            watch.stop();
            return watch.measurement(run.events(), bytes, Content.NOTHING);
        }
    }
}
