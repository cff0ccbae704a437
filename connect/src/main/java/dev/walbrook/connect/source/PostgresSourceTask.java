package dev.walbrook.connect.source;

import dev.walbrook.capture.Capture;
import dev.walbrook.capture.CaptureEvent;
import dev.walbrook.capture.CapturePosition;
import dev.walbrook.capture.FailPoint;
import dev.walbrook.connect.Version;
import dev.walbrook.connect.source.metrics.MetricsSettings;
import dev.walbrook.connect.source.metrics.SourceMetrics;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the {@link Capture}, makes records of them, and tells it what Kafka has acknowledged.
 *
 * <p>Connect calls {@link #poll} from one thread and {@link #commitRecord} from the producer's.
 */
public final class PostgresSourceTask extends SourceTask {

    private @Nullable SourceConfig config;
    private @Nullable Capture capture;
    private @Nullable EventRecords records;
    private @Nullable SourceMetrics metrics;
    private @Nullable KafkaTransactions transactions;
    private List<CaptureEvent> leftOver = List.of();
    private final InFlight inFlight = new InFlight();

    @Override
    public String version() {
        return Version.CURRENT;
    }

    @Override
    public void start(Map<String, String> props) {
        SourceConfig parsed = SourceConfig.parse(props.getOrDefault("name", "walbrook"), "0", props);
        try {
            Map<String, Object> offset =
                    context.offsetStorageReader().offset(parsed.records().partition());
            CapturePosition position = SourceOffset.fromMap(offset);
            config = parsed;
            records = parsed.eventRecords(offset, position);
            TransactionContext transactionContext = context.transactionContext();
            if (transactionContext != null) {
                transactions = new KafkaTransactions(transactionContext, parsed.transactionLimit());
            }
            Capture started = new Capture(parsed.capture(), position, transactionContext != null);
            capture = started;
            metrics = new SourceMetrics(MetricsSettings.of(props), parsed.capture(), started);
            started.start();
        } catch (WalbrookException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        Capture running = capture;
        SourceConfig settings = config;
        EventRecords made = records;
        SourceMetrics observed = metrics;
        if (running == null || settings == null || made == null || observed == null) {
            return null;
        }
        KafkaTransactions kafka = transactions;
        // A Kafka transaction is acknowledged as a whole, however large it is.
        if (kafka == null && !inFlight.hasRoom()) {
            return null;
        }
        try {
            if (kafka != null) {
                kafka.polled();
            }
            List<CaptureEvent> events = leftOver;
            leftOver = List.of();
            if (events.isEmpty()) {
                events = running.handOver().take(settings.eventsPerPoll(kafka != null), settings.pollInterval());
            }
            FailPoint.IN_POLL.reach();
            List<SourceRecord> polled = new ArrayList<>(events.size() + 16);
            for (int i = 0; i < events.size(); i++) {
                CaptureEvent event = events.get(i);
                int sizeBefore = polled.size();
                made.append(event, running.acknowledgements(), polled);
                observed.emitted(event, polled, sizeBefore);
                if (i == events.size() - 1) {
                    // Before a Kafka transaction ends, so that it is part of it.
                    made.appendHeartbeat(polled);
                }
                if (kafka != null && kafka.endsBatch(event, polled)) {
                    leftOver = events.subList(i + 1, events.size());
                    break;
                }
            }
            if (events.isEmpty()) {
                observed.nothingToEmit();
                made.appendHeartbeat(polled);
            }
            if (kafka != null) {
                kafka.returning(polled);
            }
            inFlight.taken(polled.size());
            return polled.isEmpty() ? null : polled;
        } catch (WalbrookException e) {
            throw new ConnectException(e.getMessage(), e);
        } finally {
            observed.batchEnded(made.omissions());
        }
    }

    @Override
    public void commitRecord(SourceRecord sourceRecord, @Nullable RecordMetadata metadata) {
        inFlight.settled();
        if (sourceRecord instanceof CapturedRecord captured) {
            FailPoint.BEFORE_ACKNOWLEDGE.reach();
            captured.delivered();
            FailPoint.AFTER_ACKNOWLEDGE.reach();
        }
    }

    @Override
    public void stop() {
        Capture running = capture;
        capture = null;
        SourceMetrics observed = metrics;
        metrics = null;
        if (observed != null) {
            observed.close();
        }
        if (running != null) {
            try {
                running.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        EventRecords made = records;
        records = null;
        if (made != null) {
            made.close();
        }
    }
}
