package dev.walbrook.connect.source.metrics;

import org.jspecify.annotations.Nullable;

/**
 * What the slot costs the server, as the server tells. Asked anew when somebody looks, at most every five seconds; where it
 * cannot be asked, the last answer stays and {@code LastError} says why.
 */
public interface SlotMetricsMXBean {

    String getSlotName();

    /** Whether a process reads the slot; false as well if there is no slot. */
    boolean isActive();

    /** {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; null if it holds back no WAL. */
    @Nullable
    String getWalStatus();

    /** WAL kept from being removed for this slot; null if unknown, as are the two that follow. */
    @Nullable
    Long getRetainedBytes();

    /** WAL that is written and not confirmed by the connector. */
    @Nullable
    Long getLagBytes();

    /** WAL that may still be written before the slot is in danger; null also if max_slot_wal_keep_size sets no limit. */
    @Nullable
    Long getSafeWalSizeBytes();

    /** Transactions the server had to write to disk while decoding them. */
    long getSpillTransactions();

    long getSpillCount();

    long getSpillBytes();

    /** Transactions sent to the connector since the server's statistics were reset. */
    long getDecodedTransactions();

    long getDecodedBytes();

    /** The age of all of these; -1 if the server has never answered. */
    long getMilliSecondsSinceRefresh();

    /** Why the server could not be asked the last time; null if it could. */
    @Nullable
    String getLastError();
}
