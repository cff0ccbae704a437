package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import dev.walbrook.capture.Capture;
import dev.walbrook.capture.CaptureEvent;
import dev.walbrook.capture.CapturePosition;
import dev.walbrook.capture.FailPoint;
import dev.walbrook.capture.Progress;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.TableSchema;
import dev.walbrook.capture.TableTruncation;
import dev.walbrook.connect.Version;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.ArrayList;
import java.util.HashMap;
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

    private final Map<Integer, TableRecords> tables = new HashMap<>();
    private @Nullable SourceConfig config;
    private @Nullable Capture capture;
    private @Nullable KafkaTransactions transactions;
    private List<CaptureEvent> leftOver = List.of();

    @Override
    public String version() {
        return Version.CURRENT;
    }

    @Override
    public void start(Map<String, String> props) {
        SourceConfig parsed = SourceConfig.parse(props.getOrDefault("name", "walbrook"), "0", props);
        try {
            CapturePosition position = SourceOffset.fromMap(
                    context.offsetStorageReader().offset(parsed.records().partition()));
            config = parsed;
            TransactionContext transactionContext = context.transactionContext();
            if (transactionContext != null) {
                transactions = new KafkaTransactions(transactionContext, parsed.transactionLimit());
            }
            Capture started = new Capture(parsed.capture(), position, transactionContext != null);
            capture = started;
            started.start();
        } catch (WalbrookException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        Capture running = capture;
        SourceConfig settings = config;
        if (running == null || settings == null) {
            return null;
        }
        try {
            KafkaTransactions kafka = transactions;
            if (kafka != null) {
                kafka.polled();
            }
            List<CaptureEvent> events = leftOver;
            leftOver = List.of();
            if (events.isEmpty()) {
                events = running.handOver().take(settings.maxBatch(), settings.pollInterval());
            }
            FailPoint.IN_POLL.reach();
            if (events.isEmpty()) {
                if (kafka != null) {
                    kafka.returning(List.of());
                }
                return null;
            }
            return records(events, running.acknowledgements(), settings.records());
        } catch (WalbrookException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private List<SourceRecord> records(
            List<CaptureEvent> events, Acknowledgements acknowledgements, RecordSettings settings) {
        List<SourceRecord> records = new ArrayList<>(events.size() + 16);
        KafkaTransactions kafka = transactions;
        for (int i = 0; i < events.size(); i++) {
            CaptureEvent event = events.get(i);
            if (event instanceof RowChange change) {
                table(change.table(), settings).append(change, acknowledgements.current(), records);
            } else if (event instanceof TableTruncation truncation) {
                table(truncation.table(), settings).append(truncation, acknowledgements.current(), records);
            } else if (event instanceof Progress progress) {
                acknowledgements.progress(progress.position());
            }
            if (kafka != null && kafka.endsBatch(event, records)) {
                leftOver = events.subList(i + 1, events.size());
                break;
            }
        }
        if (kafka != null) {
            kafka.returning(records);
        }
        return records;
    }

    @SuppressWarnings("ReferenceEquality") // The same object is the rule; comparing the columns is for the exception.
    private TableRecords table(TableSchema schema, RecordSettings settings) {
        TableRecords known = tables.get(schema.relationOid());
        if (known == null || known.table() != schema && !known.table().equals(schema)) {
            known = new TableRecords(schema, settings);
            tables.put(schema.relationOid(), known);
        }
        return known;
    }

    @Override
    public void commitRecord(SourceRecord sourceRecord, @Nullable RecordMetadata metadata) {
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
        if (running != null) {
            try {
                running.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
