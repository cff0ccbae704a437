package dev.walbrook.connect.sink;

import dev.walbrook.connect.Version;
import dev.walbrook.connect.sink.metrics.SinkMetrics;
import dev.walbrook.connect.sink.write.ApplyMode;
import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connect's side of the sink: starts and stops a {@link RecordSink}, and tells Connect what its failures mean.
 *
 * <p>An outage makes Connect deliver the same records again, after a growing pause; every other failure ends the task with
 * the text that says how to cure it.
 */
public final class PostgresSinkTask extends SinkTask {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSinkTask.class);

    private static final long MAX_RETRY_DELAY_MS = 30_000;

    private @Nullable Running running;

    /** What a started task has. */
    private static final class Running {

        private final SinkConfig config;
        private final SinkMetrics metrics;
        private final RecordSink applier;
        private int outages;

        Running(SinkConfig config, SinkTaskContext context) {
            this.config = config;
            this.metrics =
                    new SinkMetrics(config.connector(), config.task(), config.metricTags(), config.tableMetrics());
            this.applier = config.writer().applyMode() == ApplyMode.TRANSACTION
                    ? new TransactionApplier(config, context, metrics)
                    : new Applier(config, context, metrics);
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
        running = new Running(config, context);
        LOG.info(
                "connector={} task={} writes to {}",
                config.connector(),
                config.task(),
                config.session().connection());
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        Running started = started();
        try {
            started.applier.open(partitions);
        } catch (WalbrookException e) {
            throw failure(started, e);
        }
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        if (running != null) {
            running.applier.close(partitions);
        }
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        Running started = started();
        try {
            started.applier.put(records);
            started.outages = 0;
        } catch (WalbrookException e) {
            throw failure(started, e);
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        return started().applier.committable(currentOffsets);
    }

    private Running started() {
        Running started = running;
        if (started == null) {
            throw new ConnectException("the task was not started");
        }
        return started;
    }

    private ConnectException failure(Running started, WalbrookException e) {
        String where =
                "connector=" + started.config.connector() + " task=" + started.config.task() + " " + e.getMessage();
        if (e.kind().directive() != Directive.RETRY) {
            return new ConnectException(where, e);
        }
        long delay = started.nextDelayMs();
        started.metrics.retried();
        context.timeout(delay);
        LOG.warn("{} (again in {} ms)", where, delay);
        return new RetriableException(where, e);
    }

    @Override
    public void stop() {
        if (running != null) {
            running.applier.close();
            running.metrics.close();
            running = null;
        }
    }
}
