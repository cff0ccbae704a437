package dev.walbrook.connect.sink;

import dev.walbrook.connect.Version;
import dev.walbrook.connect.sink.record.RecordReader;
import dev.walbrook.connect.sink.record.RowChange;
import dev.walbrook.connect.sink.write.SinkWriter;
import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each batch of records in one transaction before Connect may commit their offsets.
 *
 * <p>An outage makes Connect hand over the same batch again, after a growing pause; every other failure ends the task with
 * the text that says how to cure it.
 */
public final class PostgresSinkTask extends SinkTask {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSinkTask.class);

    private static final long MAX_RETRY_DELAY_MS = 30_000;

    private @Nullable Running running;

    /** What a started task has. */
    private static final class Running {

        private final SinkConfig config;
        private final RecordReader reader;
        private final SinkWriter writer;
        private int outages;

        Running(SinkConfig config) {
            this.config = config;
            this.reader = new RecordReader(config.reader());
            this.writer = new SinkWriter(config.writer());
        }

        /** Twice as long each time. */
        long nextDelayMs() {
            long delay = config.retryDelayMs() << Math.min(outages, 20);
            outages++;
            return delay <= 0 ? MAX_RETRY_DELAY_MS : Math.min(delay, MAX_RETRY_DELAY_MS);
        }
    }

    @Override
    public String version() {
        return Version.CURRENT;
    }

    @Override
    public void start(Map<String, String> props) {
        SinkConfig config = SinkConfig.parse(props);
        running = new Running(config);
        LOG.info(
                "connector={} task={} writes to {}",
                config.connector(),
                config.task(),
                config.writer().connection());
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        Running started = running;
        if (started == null) {
            throw new ConnectException("the task was not started");
        }
        try {
            List<RowChange> changes = new ArrayList<>(records.size());
            for (SinkRecord record : records) {
                RowChange change = started.reader.read(record);
                if (change != null) {
                    changes.add(change);
                }
            }
            started.writer.write(changes);
            started.outages = 0;
        } catch (WalbrookException e) {
            throw failure(started, e);
        }
    }

    private ConnectException failure(Running started, WalbrookException e) {
        String where =
                "connector=" + started.config.connector() + " task=" + started.config.task() + " " + e.getMessage();
        if (e.kind().directive() != Directive.RETRY) {
            return new ConnectException(where, e);
        }
        long delay = started.nextDelayMs();
        context.timeout(delay);
        LOG.warn("{} (again in {} ms)", where, delay);
        return new RetriableException(where, e);
    }

    @Override
    public void stop() {
        if (running != null) {
            running.writer.close();
            running = null;
        }
    }
}
