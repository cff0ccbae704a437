package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import dev.walbrook.capture.FailPoint;
import dev.walbrook.capture.Operation;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.SnapshotMarker;
import dev.walbrook.capture.TableSchema;
import dev.walbrook.capture.TableTruncation;
import dev.walbrook.capture.Transaction;
import dev.walbrook.connect.ColumnHeaders;
import dev.walbrook.connect.source.metrics.Omissions;
import dev.walbrook.connect.source.type.FailureHandling;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.pgoutput.TupleData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the records of one table's changes. Not thread safe.
 */
final class TableRecords {

    private static final String NEW_KEY_HEADER = "__debezium.newkey";
    private static final String OLD_KEY_HEADER = "__debezium.oldkey";

    private static final Logger log = LoggerFactory.getLogger(TableRecords.class);

    private final TableSchema table;
    private final RecordSettings settings;
    private final EventContext context;
    private final Omissions omissions;
    private final RowValues values;
    private final SourceBlock.Constants constants;
    private final @Nullable DeadLetters deadLetters;
    private @Nullable Transaction reading;
    private @Nullable Map<String, Object> offsetWhileReading;

    /** @param omissions is told of what is left out */
    TableRecords(TableSchema table, RecordSettings settings, EventContext context, Omissions omissions) {
        this.omissions = omissions;
        this.table = table;
        this.settings = settings;
        this.context = context;
        this.values = new RowValues(table, settings);
        this.constants = settings.sourceInfo().constants(table.id());
        String topic = settings.deadLetterTopic();
        this.deadLetters = topic == null ? null : new DeadLetters(settings, context, topic);
    }

    TableSchema table() {
        return table;
    }

    /** Adds the records of a row's change: none, one, or the up to three of a changed key, which must stay together. */
    void append(RowChange change, Acknowledgements.Unit unit, List<SourceRecord> records) {
        int sizeBefore = records.size();
        try {
            makeRecords(change, unit, records);
        } catch (NullInRequiredColumn e) {
            withdraw(records, sizeBefore);
            values.allow(e);
            append(change, unit, records);
        } catch (WalbrookException | DataException e) {
            omissions.addFailed();
            if (settings.processingFailures() == FailureHandling.FAIL) {
                throw e;
            }
            withdraw(records, sizeBefore);
            if (settings.processingFailures() == FailureHandling.WARN) {
                String fate = deadLetters == null ? "is left out" : "goes to the dead letters";
                log.warn("table={} lsn={} a change {}: {}", table.id(), change.lsn(), fate, e.getMessage());
            }
            if (deadLetters != null) {
                deadLetters.append(change, letter(change.operation()), values.shape(), e, unit, records);
            }
        }
    }

    private void withdraw(List<SourceRecord> records, int size) {
        context.transactions().back();
        for (int i = records.size() - 1; i >= size; i--) {
            ((CapturedRecord) records.remove(i)).delivered();
        }
    }

    /** Adds the record of a truncation. */
    void append(TableTruncation truncation, Acknowledgements.Unit unit, List<SourceRecord> records) {
        if (settings.skippedOperations().contains("t")) {
            return;
        }
        Struct source = settings.sourceInfo()
                .struct(constants, truncation.transaction(), truncation.lsn(), SnapshotMarker.NONE, context.xmin());
        TransactionMetadata transactions = context.transactions();
        transactions.change(truncation.transaction(), truncation.ordinal());
        Struct block = transactions.next(table.id().toString(), truncation.transaction(), truncation.lsn());
        Map<String, Object> offset = SourceOffset.of(truncation);
        if (truncation.last()) {
            context.addTo(offset);
        } else {
            context.addBefore(offset);
        }
        records.add(new CapturedRecord(
                settings.partition(),
                offset,
                values.shape().topic(),
                null,
                null,
                values.shape().envelope(),
                envelope(null, null, source, block, "t"),
                settings.headers(),
                unit));
    }

    private void makeRecords(RowChange change, Acknowledgements.Unit unit, List<SourceRecord> records) {
        TupleData before = change.before();
        TupleData after = change.after();
        context.transactions().change(change.transaction(), change.ordinal());
        Long xmin = change.marker() == SnapshotMarker.NONE ? context.xmin() : null;
        Struct source =
                settings.sourceInfo().struct(constants, change.transaction(), change.lsn(), change.marker(), xmin);
        if (settings.skippedOperations().contains(letter(change.operation()))) {
            return;
        }
        Emission emission = new Emission(change, unit, records);
        switch (change.operation()) {
            case READ ->
                emission.add("r", values.key(after, null), null, values.after(emission, after, null, null), source);
            case CREATE ->
                emission.add("c", values.key(after, null), null, values.after(emission, after, null, null), source);
            case DELETE -> {
                Struct key = values.key(before, null);
                emission.add("d", key, values.before(emission, before, change.beforeKind()), null, source);
            }
            case UPDATE -> {
                if (before != null && after != null && values.keyChanged(before, after)) {
                    keyChange(change, before, after, source, emission);
                } else if (settings.skipUnchanged() && values.isUnchanged(before, change.beforeKind(), after)) {
                    omissions.addUnchanged();
                } else {
                    Struct old = before == null ? null : values.before(emission, before, change.beforeKind());
                    Struct row = values.after(emission, after, before, change.beforeKind());
                    emission.add("u", values.key(after, before), old, row, source);
                }
            }
        }
    }

    /** A change of key is an update here, and without updates it is left out whole. */
    private static String letter(Operation operation) {
        return switch (operation) {
            case READ -> "r";
            case CREATE -> "c";
            case UPDATE -> "u";
            case DELETE -> "d";
        };
    }

    /**
     * A row under another key is another row to everybody downstream: the old one is deleted, the new one created. Whoever
     * wants none of those operations gets none of these.
     */
    private void keyChange(RowChange change, TupleData before, TupleData after, Struct source, Emission emission) {
        Struct oldKey = values.key(before, null);
        Struct newKey = values.key(after, before);
        Schema keySchema = values.shape().key();
        if (!settings.skippedOperations().contains("d")) {
            emission.extraHeader(NEW_KEY_HEADER, new SchemaAndValue(keySchema, newKey));
            emission.add("d", oldKey, values.before(emission, before, change.beforeKind()), null, source);
        }
        FailPoint.WITHIN_KEY_CHANGE.reach();
        if (!settings.skippedOperations().contains("c")) {
            emission.extraHeader(OLD_KEY_HEADER, new SchemaAndValue(keySchema, oldKey));
            emission.add("c", newKey, null, values.after(emission, after, before, change.beforeKind()), source);
        }
    }

    @SuppressWarnings("ReferenceEquality") // Each snapshot has one object, and equal ones would be as good.
    private Map<String, Object> offset(RowChange change) {
        if (change.marker() == SnapshotMarker.NONE) {
            Map<String, Object> offset = SourceOffset.of(change);
            context.addTo(offset);
            return offset;
        }
        if (change.marker() == SnapshotMarker.LAST) {
            return SourceOffset.of(change);
        }
        // All rows before the last say no more than that the snapshot is not complete.
        Map<String, Object> known = offsetWhileReading;
        if (known == null || change.transaction() != reading) {
            reading = change.transaction();
            known = SourceOffset.of(change);
            offsetWhileReading = known;
        }
        return known;
    }

    private Struct envelope(
            @Nullable Struct before, @Nullable Struct after, Struct source, @Nullable Struct block, String operation) {
        return new Envelope(values.shape().envelope(), before, after, source, block, operation);
    }

    /** The records of one change in the making. */
    private final class Emission implements RowRemarks {

        private final RowChange change;
        private final Acknowledgements.Unit unit;
        private final List<SourceRecord> records;
        private @Nullable List<String> unavailable;
        private @Nullable Map<String, Map<String, String>> exact;
        private @Nullable String headerName;
        private @Nullable SchemaAndValue headerValue;
        private @Nullable Map<String, Object> lastOffset;

        Emission(RowChange change, Acknowledgements.Unit unit, List<SourceRecord> records) {
            this.change = change;
            this.unit = unit;
            this.records = records;
        }

        @Override
        public void unavailable(String column) {
            List<String> columns = unavailable;
            if (columns == null) {
                columns = new ArrayList<>();
                unavailable = columns;
            }
            columns.add(column);
        }

        @Override
        public void exact(String header, String column, String text) {
            Map<String, Map<String, String>> texts = exact;
            if (texts == null) {
                texts = new LinkedHashMap<>();
                exact = texts;
            }
            texts.computeIfAbsent(header, any -> new LinkedHashMap<>()).put(column, text);
        }

        void extraHeader(String name, SchemaAndValue value) {
            headerName = name;
            headerValue = value;
        }

        /** Adds the record of one operation, and the tombstone of a delete. */
        void add(
                String operation,
                @Nullable Struct key,
                @Nullable Struct before,
                @Nullable Struct after,
                Struct source) {
            List<String> unavailableColumns = unavailable;
            Map<String, Map<String, String>> exactTexts = exact;
            unavailable = null;
            exact = null;
            Struct block = change.marker() == SnapshotMarker.NONE
                    ? context.transactions().next(table.id().toString(), change.transaction(), change.lsn())
                    : null;
            Headers headers = new ConnectHeaders();
            String name = headerName;
            if (name != null) {
                headers.add(name, headerValue);
            }
            settings.addContext(headers);
            if (unavailableColumns != null) {
                ColumnHeaders.addNames(headers, ColumnHeaders.UNAVAILABLE, unavailableColumns);
            }
            if (exactTexts != null) {
                exactTexts.forEach((header, texts) -> ColumnHeaders.addTexts(headers, header, texts));
            }
            add(key, envelope(before, after, source, block, operation), headers);
            if (operation.equals("d") && settings.tombstones() && key != null) {
                add(key, null, headers.duplicate());
            }
        }

        /** Until the last of a change's records is delivered the change is not: those before it say so. */
        private void add(@Nullable Struct key, @Nullable Struct value, Headers headers) {
            Map<String, Object> previous = lastOffset;
            if (previous != null) {
                previous.clear();
                previous.putAll(SourceOffset.before(change));
                context.addBefore(previous);
            }
            Map<String, Object> offset = offset(change);
            records.add(new CapturedRecord(
                    settings.partition(),
                    offset,
                    values.shape().topic(),
                    key == null ? null : values.shape().key(),
                    key,
                    value == null ? null : values.shape().envelope(),
                    value,
                    headers,
                    unit));
            lastOffset = offset;
        }
    }
}
