package dev.walbrook.connect.source.metrics;

import dev.walbrook.capture.CaptureStatistics;
import dev.walbrook.capture.CaptureStatistics.SnapshotPhase;
import dev.walbrook.capture.CaptureStatistics.SnapshotStatus;
import dev.walbrook.capture.HandOver;
import dev.walbrook.connect.source.metrics.EventMeter.Kind;
import dev.walbrook.postgres.TableId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The snapshot's MBean. */
final class SnapshotMetrics extends CommonMetrics implements SnapshotMetricsMXBean {

    private volatile boolean forgotten;

    SnapshotMetrics(EventMeter events, CaptureStatistics capture, HandOver handOver, MetricsSettings settings) {
        super(events, capture, handOver, settings);
    }

    /** A snapshot reads only what is captured. */
    @Override
    public long getNumberOfEventsFiltered() {
        return 0;
    }

    @Override
    public int getTotalTableCount() {
        return status().tables().size();
    }

    @Override
    public int getRemainingTableCount() {
        return status().remaining();
    }

    @Override
    public boolean getSnapshotRunning() {
        return status().phase() == SnapshotPhase.RUNNING;
    }

    /** It is never paused: nothing interrupts an initial snapshot but its end. */
    @Override
    public boolean getSnapshotPaused() {
        return false;
    }

    @Override
    public boolean getSnapshotCompleted() {
        return status().phase() == SnapshotPhase.COMPLETED;
    }

    @Override
    public boolean getSnapshotAborted() {
        return status().phase() == SnapshotPhase.ABORTED;
    }

    @Override
    public boolean getSnapshotSkipped() {
        return status().phase() == SnapshotPhase.SKIPPED;
    }

    @Override
    public long getSnapshotDurationInSeconds() {
        return status().seconds();
    }

    @Override
    public long getSnapshotPausedDurationInSeconds() {
        return 0;
    }

    @Override
    public Map<String, Long> getRowsScanned() {
        Map<String, Long> rows = new TreeMap<>();
        for (TableId table : status().tables()) {
            rows.put(table.toString(), 0L);
        }
        rows.putAll(events().byTable(Kind.READ));
        return rows;
    }

    @Override
    public @Nullable String getChunkId() {
        return null;
    }

    @Override
    public @Nullable String getChunkFrom() {
        return null;
    }

    @Override
    public @Nullable String getChunkTo() {
        return null;
    }

    @Override
    public @Nullable String getTableFrom() {
        return null;
    }

    @Override
    public @Nullable String getTableTo() {
        return null;
    }

    @Override
    public Map<String, Long> getTableChunkCounts() {
        return Map.of();
    }

    @Override
    public Map<String, Long> getTableChunksCompletedCounts() {
        return Map.of();
    }

    /** Forgets a snapshot that is over; one that runs is not. */
    @Override
    public void reset() {
        events().reset();
        forgotten = capture().snapshot().endNanos() != null;
    }

    private SnapshotStatus status() {
        SnapshotStatus status = capture().snapshot();
        if (forgotten && status.phase() == SnapshotPhase.RUNNING) {
            forgotten = false;
        }
        return forgotten ? SnapshotStatus.NONE : status;
    }
}
