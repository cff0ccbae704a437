package dev.walbrook.connect.source.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes and operations of Debezium's MBean {@code context=snapshot}. */
public interface SnapshotMetricsMXBean extends CommonMetricsMXBean {

    int getTotalTableCount();

    int getRemainingTableCount();

    boolean getSnapshotRunning();

    boolean getSnapshotPaused();

    boolean getSnapshotCompleted();

    boolean getSnapshotAborted();

    boolean getSnapshotSkipped();

    long getSnapshotDurationInSeconds();

    long getSnapshotPausedDurationInSeconds();

    /** By table, as {@code schema.table}. */
    Map<String, Long> getRowsScanned();

    /** Of an incremental snapshot; null without one, as are the four that follow. */
    @Nullable
    String getChunkId();

    @Nullable
    String getChunkFrom();

    @Nullable
    String getChunkTo();

    @Nullable
    String getTableFrom();

    @Nullable
    String getTableTo();

    Map<String, Long> getTableChunkCounts();

    Map<String, Long> getTableChunksCompletedCounts();
}
