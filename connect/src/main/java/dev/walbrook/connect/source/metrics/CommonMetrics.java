package dev.walbrook.connect.source.metrics;

import dev.walbrook.capture.CaptureStatistics;
import dev.walbrook.capture.HandOver;
import dev.walbrook.connect.source.metrics.EventMeter.Kind;
import dev.walbrook.postgres.TableId;
import org.jspecify.annotations.Nullable;

/** What the two MBeans answer alike, from the events of one of them. Read by any thread. */
abstract class CommonMetrics implements CommonMetricsMXBean {

    private final EventMeter events;
    private final CaptureStatistics capture;
    private final HandOver handOver;
    private final MetricsSettings settings;

    CommonMetrics(EventMeter events, CaptureStatistics capture, HandOver handOver, MetricsSettings settings) {
        this.events = events;
        this.capture = capture;
        this.handOver = handOver;
        this.settings = settings;
    }

    final EventMeter events() {
        return events;
    }

    final CaptureStatistics capture() {
        return capture;
    }

    final long total(Kind kind) {
        return events.total(kind);
    }

    @Override
    public final @Nullable String getLastEvent() {
        return events.lastEvent();
    }

    @Override
    public final long getMilliSecondsSinceLastEvent() {
        return events.millisSinceLastEvent(System.currentTimeMillis());
    }

    @Override
    public final long getTotalNumberOfEventsSeen() {
        return events.total();
    }

    @Override
    public final long getTotalNumberOfCreateEventsSeen() {
        return total(Kind.CREATE);
    }

    @Override
    public final long getTotalNumberOfUpdateEventsSeen() {
        return total(Kind.UPDATE);
    }

    @Override
    public final long getTotalNumberOfDeleteEventsSeen() {
        return total(Kind.DELETE);
    }

    @Override
    public final long getTotalNumberOfReadEventsSeen() {
        return total(Kind.READ);
    }

    @Override
    public final long getNumberOfErroneousEvents() {
        return events.erroneous();
    }

    @Override
    public final String[] getCapturedTables() {
        return capture.capturedTables().stream().map(TableId::toString).toArray(String[]::new);
    }

    @Override
    public final int getQueueTotalCapacity() {
        return settings.queueScale();
    }

    @Override
    public final int getQueueRemainingCapacity() {
        double taken = (double) handOver.bytes() / handOver.capacityBytes();
        if (settings.boundedByEvents()) {
            taken = Math.max(taken, (double) handOver.waiting() / settings.queueScale());
        }
        return (int) Math.round(settings.queueScale() * Math.max(0, 1 - taken));
    }

    @Override
    public final long getMaxQueueSizeInBytes() {
        return handOver.capacityBytes();
    }

    @Override
    public final long getCurrentQueueSizeInBytes() {
        return handOver.bytes();
    }
}
