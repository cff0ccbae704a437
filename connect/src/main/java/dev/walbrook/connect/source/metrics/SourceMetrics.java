package dev.walbrook.connect.source.metrics;

import dev.walbrook.capture.Capture;
import dev.walbrook.capture.CaptureEvent;
import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.capture.CaptureStatistics;
import dev.walbrook.capture.EmittedMessage;
import dev.walbrook.capture.Operation;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.SnapshotMarker;
import dev.walbrook.capture.TableTruncation;
import dev.walbrook.connect.metrics.Registration;
import dev.walbrook.connect.source.metrics.EventMeter.Kind;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
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
    private @Nullable Object lastKey;

    /** Registers the MBeans; call it before the capture starts. */
    public SourceMetrics(MetricsSettings settings, CaptureSettings captured, Capture observed) {
        capture = observed.statistics();
        slot = new SlotMetrics(captured.connection(), captured.name(), captured.slot());
        SnapshotMetrics snapshot = new SnapshotMetrics(snapshotEvents, capture, observed.handOver(), settings);
        StreamingMetrics streaming = new StreamingMetrics(streamedEvents, capture, observed.handOver(), settings);
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
     * Counts what an event became.
     *
     * @param records the batch so far
     * @param sizeBefore how many records were there before this event's were added
     */
    public void emitted(CaptureEvent event, List<SourceRecord> records, int sizeBefore) {
        int added = records.size() - sizeBefore;
        if (added == 0) {
            return;
        }
        if (event instanceof RowChange change) {
            count(change, added);
            lastLsn = change.lsn();
        } else if (event instanceof TableTruncation truncation) {
            streamedEvents.count(Kind.TRUNCATE, truncation.table().id(), truncation.transaction());
            lastLsn = truncation.lsn();
        } else if (event instanceof EmittedMessage message) {
            streamedEvents.count(Kind.MESSAGE, message.transaction());
            lastLsn = message.lsn();
        } else {
            // Where transactions begin and end is told in records too, which are no events.
            return;
        }
        lastKey = records.get(records.size() - 1).key();
    }

    private void count(RowChange change, int added) {
        EventMeter meter = change.marker() == SnapshotMarker.NONE ? streamedEvents : snapshotEvents;
        TableId table = change.table().id();
        if (change.operation() == Operation.UPDATE && added > 1) {
            // A changed key: the row is deleted under the old one and created under the new.
            meter.count(Kind.DELETE, table, change.transaction());
            meter.count(Kind.CREATE, table, change.transaction());
        } else {
            meter.count(Kind.of(change.operation()), table, change.transaction());
        }
    }

    /** A batch is over, and goes to Connect unless it failed. */
    public void batchEnded(Omissions omissions) {
        Lsn lsn = lastLsn;
        if (lsn != null) {
            long now = System.currentTimeMillis();
            snapshotEvents.publish(lsn, lastKey, now);
            streamedEvents.publish(lsn, lastKey, now);
        }
        streamedEvents.omitted(omissions.failed(), omissions.unchanged());
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
