package dev.walbrook.connect.source.metrics;

import dev.walbrook.capture.CaptureStatistics;
import dev.walbrook.capture.HandOver;
import dev.walbrook.capture.Transaction;
import dev.walbrook.connect.metrics.LagStatistics;
import dev.walbrook.connect.source.metrics.EventMeter.Kind;
import dev.walbrook.postgres.Lsn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stream's MBean. */
final class StreamingMetrics extends CommonMetrics implements StreamingMetricsMXBean {

    private final MetricsSettings settings;
    private volatile boolean tablesPaused;
    private volatile long filteredBefore;

    StreamingMetrics(EventMeter events, CaptureStatistics capture, HandOver handOver, MetricsSettings settings) {
        super(events, capture, handOver, settings);
        this.settings = settings;
    }

    @Override
    public long getNumberOfEventsFiltered() {
        return capture().filtered() - filteredBefore;
    }

    @Override
    public long getTotalNumberOfLogicalMessageEventsSeen() {
        return total(Kind.MESSAGE);
    }

    @Override
    public boolean isConnected() {
        return capture().connected();
    }

    @Override
    public Map<String, String> getSourceEventPosition() {
        Lsn lsn = events().lastLsn();
        return lsn == null ? Map.of() : Map.of("lsn", Long.toString(lsn.value()));
    }

    @Override
    public long getMilliSecondsBehindSource() {
        return events().millisBehind(System.currentTimeMillis());
    }

    @Override
    public long getNumberOfCommittedTransactions() {
        return events().transactions();
    }

    @Override
    public @Nullable String getLastTransactionId() {
        Transaction last = events().lastTransaction();
        return last == null ? null : Long.toString(last.xid());
    }

    @Override
    public long getNumberOfUnchangedEventsSkipped() {
        return settings.countUnchanged() ? events().unchanged() : -1;
    }

    @Override
    public @Nullable Long getMilliSecondsBehindSourceMinValue() {
        return settings.lagStatistics() ? events().lag(LagStatistics::min) : null;
    }

    @Override
    public @Nullable Long getMilliSecondsBehindSourceMaxValue() {
        return settings.lagStatistics() ? events().lag(LagStatistics::max) : null;
    }

    @Override
    public @Nullable Double getMilliSecondsBehindSourceAverageValue() {
        return settings.lagStatistics() ? events().lag(LagStatistics::average) : null;
    }

    @Override
    public @Nullable Double getMilliSecondsBehindSourceP50() {
        return quantile(0.50);
    }

    @Override
    public @Nullable Double getMilliSecondsBehindSourceP95() {
        return quantile(0.95);
    }

    @Override
    public @Nullable Double getMilliSecondsBehindSourceP99() {
        return quantile(0.99);
    }

    private @Nullable Double quantile(double share) {
        return settings.lagStatistics() ? events().lag(lag -> lag.quantile(share)) : null;
    }

    @Override
    public Map<String, Long> getNumberOfCreateEventsSeen() {
        return byTable(Kind.CREATE);
    }

    @Override
    public Map<String, Long> getNumberOfDeleteEventsSeen() {
        return byTable(Kind.DELETE);
    }

    @Override
    public Map<String, Long> getNumberOfUpdateEventsSeen() {
        return byTable(Kind.UPDATE);
    }

    @Override
    public Map<String, Long> getNumberOfTruncateEventsSeen() {
        return byTable(Kind.TRUNCATE);
    }

    private Map<String, Long> byTable(Kind kind) {
        return tablesPaused ? Map.of() : events().byTable(kind);
    }

    @Override
    public void reset() {
        events().reset();
        filteredBefore = capture().filtered();
    }

    @Override
    public void resetLagBehindSource() {
        events().resetLag();
    }

    @Override
    public void pause() {
        tablesPaused = true;
    }

    @Override
    public void resume() {
        tablesPaused = false;
    }
}
