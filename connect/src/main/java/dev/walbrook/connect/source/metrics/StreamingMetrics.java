package dev.walbrook.connect.source.metrics;

import dev.walbrook.capture.Transaction;
import dev.walbrook.connect.metrics.LagStatistics;
import dev.walbrook.connect.source.metrics.EventMeter.Kind;
import dev.walbrook.postgres.Lsn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stream's MBean. */
final class StreamingMetrics implements StreamingMetricsMXBean {

    private final CommonMetrics common;
    private final MetricsSettings settings;
    private volatile boolean tablesPaused;
    private volatile long filteredBefore;

    StreamingMetrics(CommonMetrics common, MetricsSettings settings) {
        this.common = common;
        this.settings = settings;
    }

    @Override
    public @Nullable String getLastEvent() {
        return common.lastEvent();
    }

    @Override
    public long getMilliSecondsSinceLastEvent() {
        return common.millisSinceLastEvent();
    }

    @Override
    public long getTotalNumberOfEventsSeen() {
        return common.events().total();
    }

    @Override
    public long getTotalNumberOfCreateEventsSeen() {
        return common.total(Kind.CREATE);
    }

    @Override
    public long getTotalNumberOfUpdateEventsSeen() {
        return common.total(Kind.UPDATE);
    }

    @Override
    public long getTotalNumberOfDeleteEventsSeen() {
        return common.total(Kind.DELETE);
    }

    @Override
    public long getTotalNumberOfReadEventsSeen() {
        return common.total(Kind.READ);
    }

    @Override
    public long getNumberOfErroneousEvents() {
        return common.events().erroneous();
    }

    @Override
    public String[] getCapturedTables() {
        return common.capturedTables();
    }

    @Override
    public int getQueueTotalCapacity() {
        return common.queueTotal();
    }

    @Override
    public int getQueueRemainingCapacity() {
        return common.queueRemaining();
    }

    @Override
    public long getMaxQueueSizeInBytes() {
        return common.queueCapacityBytes();
    }

    @Override
    public long getCurrentQueueSizeInBytes() {
        return common.queueBytes();
    }

    @Override
    public long getNumberOfEventsFiltered() {
        return common.capture().filtered() - filteredBefore;
    }

    @Override
    public long getTotalNumberOfLogicalMessageEventsSeen() {
        return common.total(Kind.MESSAGE);
    }

    @Override
    public boolean isConnected() {
        return common.capture().connected();
    }

    @Override
    public Map<String, String> getSourceEventPosition() {
        Lsn lsn = common.events().lastLsn();
        return lsn == null ? Map.of() : Map.of("lsn", Long.toString(lsn.value()));
    }

    @Override
    public long getMilliSecondsBehindSource() {
        return common.events().millisBehind(System.currentTimeMillis());
    }

    @Override
    public long getNumberOfCommittedTransactions() {
        return common.events().transactions();
    }

    @Override
    public @Nullable String getLastTransactionId() {
        Transaction last = common.events().lastTransaction();
        return last == null ? null : Long.toString(last.xid());
    }

    @Override
    public long getNumberOfUnchangedEventsSkipped() {
        return settings.countUnchanged() ? common.events().unchanged() : -1;
    }

    @Override
    public @Nullable Long getMilliSecondsBehindSourceMinValue() {
        return settings.lagStatistics() ? common.events().lag(LagStatistics::min) : null;
    }

    @Override
    public @Nullable Long getMilliSecondsBehindSourceMaxValue() {
        return settings.lagStatistics() ? common.events().lag(LagStatistics::max) : null;
    }

    @Override
    public @Nullable Double getMilliSecondsBehindSourceAverageValue() {
        return settings.lagStatistics() ? common.events().lag(LagStatistics::average) : null;
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
        return settings.lagStatistics() ? common.events().lag(lag -> lag.quantile(share)) : null;
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
        return tablesPaused ? Map.of() : common.events().byTable(kind);
    }

    @Override
    public void reset() {
        common.events().reset();
        filteredBefore = common.capture().filtered();
    }

    @Override
    public void resetLagBehindSource() {
        common.events().resetLag();
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
