package dev.walbrook.connect.source.metrics;

import dev.walbrook.capture.Capture;
import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.capture.CaptureStatistics;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.SnapshotMarker;
import dev.walbrook.capture.TableTruncation;
import dev.walbrook.connect.source.metrics.EventMeter.Kind;
import dev.walbrook.postgres.Lsn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one task: counts what the task emits, and shows it as MBeans from construction to {@link #close}.
 *
 * <p>All but {@code close} belong to the task's thread. None of it fails.
 */
public final class SourceMetrics implements AutoCloseable {

    /** Debezium's domain for this connector. */
    private static final String DEBEZIUM = "debezium.postgres";

    private final EventMeter snapshotEvents = new EventMeter();
    private final EventMeter streamedEvents = new EventMeter();
    private final CaptureStatistics capture;
    private final SlotMetrics slot;
    private final List<Registration> registrations;

    private @Nullable Lsn lastLsn;

    /** Registers the MBeans; call it before the capture starts. */
    public SourceMetrics(MetricsSettings settings, CaptureSettings captured, Capture observed) {
        capture = observed.statistics();
        slot = new SlotMetrics(captured.connection(), captured.name(), captured.slot());
        SnapshotMetrics snapshot = new SnapshotMetrics(
                new CommonMetrics(snapshotEvents, capture, observed.handOver(), settings.queueScale()));
        StreamingMetrics streaming = new StreamingMetrics(
                new CommonMetrics(streamedEvents, capture, observed.handOver(), settings.queueScale()), settings);
        registrations = List.of(
                Registration.of(DEBEZIUM, keys("connector-metrics", "snapshot", settings), snapshot),
                Registration.of(DEBEZIUM, keys("connector-metrics", "streaming", settings), streaming),
                Registration.of("walbrook.postgres", keys("slot-metrics", null, settings), slot));
    }

    private static Map<String, String> keys(String type, @Nullable String context, MetricsSettings settings) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("type", type);
        if (context != null) {
            keys.put("context", context);
        }
        keys.put("server", settings.server());
        keys.putAll(settings.tags());
        return keys;
    }

    /**
     * Counts a row's change.
     *
     * @param records the batch so far
     * @param sizeBefore how many records were there before this change's were added
     */
    public void emitted(RowChange change, List<SourceRecord> records, int sizeBefore) {
        int added = records.size() - sizeBefore;
        if (added == 0) {
            return;
        }
        lastLsn = change.lsn();
        EventMeter meter = change.marker() == SnapshotMarker.NONE ? streamedEvents : snapshotEvents;
        switch (change.operation()) {
            case UPDATE -> {
                if (added == 1) {
                    meter.count(Kind.UPDATE, change.table().id(), change.transaction());
                } else {
                    // A changed key: the row is deleted under the old one and created under the new.
                    meter.count(Kind.DELETE, change.table().id(), change.transaction());
                    meter.count(Kind.CREATE, change.table().id(), change.transaction());
                }
            }
            case READ, CREATE, DELETE ->
                meter.count(Kind.of(change.operation()), change.table().id(), change.transaction());
        }
    }

    /** Counts a truncation, as {@link #emitted(RowChange, List, int)} does. */
    public void emitted(TableTruncation truncation, List<SourceRecord> records, int sizeBefore) {
        if (records.size() > sizeBefore) {
            lastLsn = truncation.lsn();
            streamedEvents.count(Kind.TRUNCATE, truncation.table().id(), truncation.transaction());
        }
    }

    /** An update that changed nothing captured was left out. */
    public void unchangedSkipped() {
        streamedEvents.unchangedSkipped();
    }

    /** An event could not be represented. */
    public void failed() {
        streamedEvents.failed();
    }

    /** A batch is complete and goes to Connect. */
    public void batchEnded(List<SourceRecord> records) {
        Lsn lsn = lastLsn;
        if (lsn == null || records.isEmpty()) {
            return;
        }
        long now = System.currentTimeMillis();
        Object key = records.get(records.size() - 1).key();
        snapshotEvents.publish(lsn, key, now);
        streamedEvents.publish(lsn, key, now);
    }

    /** There was nothing to emit. */
    public void nothingToEmit() {
        if (capture.caughtUp()) {
            streamedEvents.upToDate(System.currentTimeMillis());
        }
    }

    /** Takes the MBeans away. May be called from any thread, and more than once. */
    @Override
    public void close() {
        registrations.forEach(Registration::close);
        slot.close();
    }
}
