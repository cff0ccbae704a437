package dev.walbrook.connect.source.metrics;

import dev.walbrook.capture.CaptureStatistics;
import dev.walbrook.capture.HandOver;
import dev.walbrook.connect.source.metrics.EventMeter.Kind;
import dev.walbrook.postgres.TableId;
import org.jspecify.annotations.Nullable;

/** What the two MBeans answer alike, from the events of one of them. Read by any thread. */
final class CommonMetrics {

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

    EventMeter events() {
        return events;
    }

    CaptureStatistics capture() {
        return capture;
    }

    @Nullable
    String lastEvent() {
        return events.lastEvent();
    }

    long millisSinceLastEvent() {
        return events.millisSinceLastEvent(System.currentTimeMillis());
    }

    long total(Kind kind) {
        return events.total(kind);
    }

    String[] capturedTables() {
        return capture.capturedTables().stream().map(TableId::toString).toArray(String[]::new);
    }

    int queueTotal() {
        return settings.queueScale();
    }

    int queueRemaining() {
        double taken = (double) handOver.bytes() / handOver.capacityBytes();
        if (settings.boundedByEvents()) {
            taken = Math.max(taken, (double) handOver.waiting() / settings.queueScale());
        }
        return (int) Math.round(settings.queueScale() * Math.max(0, 1 - taken));
    }

    long queueBytes() {
        return handOver.bytes();
    }

    long queueCapacityBytes() {
        return handOver.capacityBytes();
    }
}
