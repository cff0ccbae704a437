package dev.walbrook.connect.source.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes and operations of Debezium's MBean {@code context=streaming} for PostgreSQL. */
public interface StreamingMetricsMXBean extends CommonMetricsMXBean {

    boolean isConnected();

    /** The last event's {@code lsn}. */
    Map<String, String> getSourceEventPosition();

    /**
     * How far the records given to Kafka Connect are behind the database: while events come, the age of the last one's commit
     * when it was handed over; 0 when the server has nothing more to send; growing while nothing is heard. -1 at first.
     */
    long getMilliSecondsBehindSource();

    /** Transactions of which something was emitted. */
    long getNumberOfCommittedTransactions();

    @Nullable
    String getLastTransactionId();

    /** Updates that changed no captured column and were left out; -1 if none are. */
    long getNumberOfUnchangedEventsSkipped();

    long getTotalNumberOfLogicalMessageEventsSeen();

    @Nullable
    Long getMilliSecondsBehindSourceMinValue();

    @Nullable
    Long getMilliSecondsBehindSourceMaxValue();

    @Nullable
    Double getMilliSecondsBehindSourceAverageValue();

    @Nullable
    Double getMilliSecondsBehindSourceP50();

    @Nullable
    Double getMilliSecondsBehindSourceP95();

    @Nullable
    Double getMilliSecondsBehindSourceP99();

    Map<String, Long> getNumberOfCreateEventsSeen();

    Map<String, Long> getNumberOfDeleteEventsSeen();

    Map<String, Long> getNumberOfUpdateEventsSeen();

    Map<String, Long> getNumberOfTruncateEventsSeen();

    void resetLagBehindSource();

    /** Lets the counts by table rest; capturing goes on. */
    void pause();

    /** Shows the counts by table again. */
    void resume();
}
