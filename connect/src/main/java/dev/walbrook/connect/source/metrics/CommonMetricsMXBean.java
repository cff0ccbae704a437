package dev.walbrook.connect.source.metrics;

import org.jspecify.annotations.Nullable;

/** What both of Debezium's MBeans of a connector have. The names are the attributes' and may not change. */
public interface CommonMetricsMXBean {

    /** Position and key of the last event; no other value of the row. Null without one. */
    @Nullable
    String getLastEvent();

    /** -1 without one. */
    long getMilliSecondsSinceLastEvent();

    long getTotalNumberOfEventsSeen();

    long getTotalNumberOfCreateEventsSeen();

    long getTotalNumberOfUpdateEventsSeen();

    long getTotalNumberOfDeleteEventsSeen();

    long getTotalNumberOfReadEventsSeen();

    /** Changes of tables that are published but not captured. */
    long getNumberOfEventsFiltered();

    long getNumberOfErroneousEvents();

    /** As {@code schema.table}. */
    String[] getCapturedTables();

    /** The scale of {@link #getQueueRemainingCapacity}: {@code max.queue.size}. */
    int getQueueTotalCapacity();

    /** The share of the queue that is free, in bytes and, if {@code max.queue.size} is set, in events, on the scale of {@link #getQueueTotalCapacity}. */
    int getQueueRemainingCapacity();

    long getMaxQueueSizeInBytes();

    long getCurrentQueueSizeInBytes();

    /** Sets what was counted back to the beginning. */
    void reset();
}
