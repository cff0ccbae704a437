package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Content;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.workload.Dataset;
import dev.walbrook.benchmarks.workload.PreparedDataset;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.pgoutput.PgOutputDecoder;
import dev.walbrook.postgres.replication.ReplicationConnection;
import dev.walbrook.postgres.replication.ReplicationStream;
import java.sql.SQLException;
import java.util.Map;

/** Reads the messages of the slot and throws them away, as pg_recvlogical into /dev/null does: streaming cannot be faster. */
public final class RawPull implements StreamContender {

    private final String name;
    private final boolean decodes;
    private final Map<String, String> options;

    /**
     * @param decodes whether our decoder looks at each message
     * @param binary whether the server sends values in their binary form
     */
    public RawPull(String name, boolean decodes, boolean binary) {
        this.name = name;
        this.decodes = decodes;
        this.options = binary ? Map.of("binary", "true") : Map.of();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "messages read and thrown away" + (decodes ? " after decoding" : "") + ", pgoutput options " + options;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public Measurement stream(Run run) throws SQLException {
        PreparedDataset data = run.data();
        String slot = data.copySlot();
        try (ReplicationConnection connection = ReplicationConnection.open(
                        data.servers().connectionSettings(data.database()), "walbrook-benchmarks");
                ReplicationStream stream = connection.start(slot, Lsn.INVALID, Dataset.PUBLICATION, options)) {
            Stopwatch watch = new Stopwatch()
                    .process(Metric.WORKER_CPU, ProcessHandle.current().pid())
                    .process(Metric.WALSENDER_CPU, data.walSender(slot));
            watch.start();
            long bytes = pull(stream, run.events(), watch);
            watch.stop();
            return watch.measurement(run.events(), bytes, Content.NOTHING);
        } finally {
            data.dropSlot(slot);
        }
    }

    private long pull(ReplicationStream stream, long events, Stopwatch watch) {
        PgOutputDecoder decoder = new PgOutputDecoder(1, false);
        long bytes = 0;
        long seen = 0;
        while (seen < events) {
            if (!stream.next()) {
                continue;
            }
            bytes += stream.length();
            byte kind = stream.buffer()[stream.offset()];
            if (kind == 'I' || kind == 'U' || kind == 'D') {
                if (seen++ == 0) {
                    watch.firstEvent();
                }
            }
            if (decodes) {
                decoder.decode(stream.buffer(), stream.offset(), stream.length());
            }
        }
        return bytes;
    }
}
