package dev.walbrook.connect.sink.delivery;

import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of records that the target will never take: with {@code errors.tolerance=all} Connect sets them aside, else
 * the first of them ends the task. For any thread.
 */
public final class ErrantRecords {

    private static final Logger LOG = LoggerFactory.getLogger(ErrantRecords.class);

    private final boolean tolerant;
    private final @Nullable ErrantRecordReporter reporter;
    private final Runnable observer;
    private final Queue<Future<Void>> reports = new ConcurrentLinkedQueue<>();

    /**
     * Records are set aside as Connect is configured.
     *
     * @param reporter Connect's; null where it neither logs such records nor has a dead letter queue
     * @param observer is told of each record that is set aside
     */
    public ErrantRecords(boolean tolerant, @Nullable ErrantRecordReporter reporter, Runnable observer) {
        this.observer = observer;
        this.tolerant = tolerant;
        this.reporter = reporter;
    }

    /** Whether a failure of one record may be left behind. */
    public boolean tolerates(WalbrookException failure) {
        return tolerant && failure.kind().directive() == Directive.DEAD_LETTER;
    }

    /**
     * Sets a record aside.
     *
     * @throws WalbrookException the failure itself if it is not to be left behind
     */
    public void report(SinkRecord record, WalbrookException failure) {
        if (!tolerates(failure)) {
            throw failure;
        }
        LOG.warn("{} (the record is set aside)", failure.getMessage());
        observer.run();
        if (reporter != null) {
            reports.add(reporter.report(record, failure));
        }
    }

    /** Returns when everything set aside is where it cannot be lost, so that the offsets may pass it. */
    public void await() {
        try {
            for (Future<Void> report = reports.peek(); report != null; report = reports.peek()) {
                report.get();
                reports.poll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted while records were being set aside", e);
        } catch (ExecutionException e) {
            throw new ConnectException("a record could not be set aside in the dead letter queue", e.getCause());
        }
    }
}
