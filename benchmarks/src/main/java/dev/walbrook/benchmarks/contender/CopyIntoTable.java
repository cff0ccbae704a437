package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.server.Servers;
import dev.walbrook.benchmarks.workload.Dataset;
import dev.walbrook.benchmarks.workload.TargetDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** Writes the rows, which it has ready as bytes, with COPY over one connection: inserts cannot be faster. */
public final class CopyIntoTable implements TableContender {

    @Override
    public String name() {
        return "copy-in";
    }

    @Override
    public String description() {
        return "COPY " + Dataset.TABLE + " FROM STDIN, one transaction, of rows that are ready as bytes";
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
    public Measurement write(Run run) throws SQLException {
        if (run.data().dataset().changesRows()) {
            return Measurement.failed("COPY only inserts");
        }
        Servers servers = run.data().servers();
        List<byte[]> rows = rows(run);
        try (TargetDatabase target = TargetDatabase.create(run.data());
                Connection connection = servers.target().open(target.name())) {
            Stopwatch watch = Applied.watch(
                    new Stopwatch()
                            .process(Metric.WORKER_CPU, ProcessHandle.current().pid()),
                    run,
                    target);
            watch.start();
            CopyIn copy =
                    connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + Dataset.TABLE + " FROM STDIN");
            for (byte[] row : rows) {
                copy.writeToCopy(row, 0, row.length);
            }
            copy.endCopy();
            watch.stop();
            return Applied.measurement(run, watch, target);
        }
    }

    private static List<byte[]> rows(Run run) throws SQLException {
        List<byte[]> rows = new ArrayList<>();
        try (Connection connection =
                run.data().servers().source().open(run.data().database())) {
            CopyOut copy =
                    connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY " + Dataset.TABLE + " TO STDOUT");
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
