package dev.walbrook.connect.sink.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a sink's task has done since it was started. */
public interface SinkMetricsMXBean {

    /** Changes written: rows inserted, updated, deleted, and truncated tables; several of one row each count. */
    long getRows();

    /** Transactions committed in the target. */
    long getBatches();

    /** Changes in the last of them. */
    long getLastBatchRows();

    /** How long statements took, all together, in milliseconds. */
    long getStatementMilliSeconds();

    /** How long commits took, all together, in milliseconds. */
    long getCommitMilliSeconds();

    /** From the commit at the source to the commit here, of the last change, in milliseconds; null without one. */
    @Nullable
    Long getLatencyMilliSeconds();

    @Nullable
    Long getMinLatencyMilliSeconds();

    @Nullable
    Long getMaxLatencyMilliSeconds();

    @Nullable
    Double getAverageLatencyMilliSeconds();

    @Nullable
    Double getP50LatencyMilliSeconds();

    @Nullable
    Double getP95LatencyMilliSeconds();

    @Nullable
    Double getP99LatencyMilliSeconds();

    /** -1 if nothing was committed yet. */
    long getMilliSecondsSinceLastBatch();

    /** Failures after which the records are delivered again. */
    long getRetries();

    /** Records that were set aside. */
    long getDeadLetters();

    /** Records in hand that are not written yet. */
    long getHeldRecords();

    /** Rows inserted or updated, by table; empty without {@code metrics.by.table}. */
    Map<String, Long> getWritesByTable();

    /** Rows deleted, by table; empty without {@code metrics.by.table}. */
    Map<String, Long> getDeletesByTable();

    /** Sets what was counted back to zero. */
    void reset();
}
