package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import dev.walbrook.capture.FailPoint;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.SnapshotMarker;
import dev.walbrook.capture.TableSchema;
import dev.walbrook.capture.TableTruncation;
import dev.walbrook.connect.ColumnHeaders;
import dev.walbrook.connect.source.TableShape.MappedField;
import dev.walbrook.connect.source.type.LossCheck;
import dev.walbrook.postgres.codec.TextFormatException;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.pgoutput.OldTupleKind;
import dev.walbrook.postgres.pgoutput.TupleData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
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
    private final Set<String> nullable = new HashSet<>();
    private final Set<String> unrepresentable = new HashSet<>();
    private TableShape shape;

    TableRecords(TableSchema table, RecordSettings settings) {
        this.table = table;
        this.settings = settings;
        this.shape = TableShape.of(table, settings, nullable);
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
            // The catalog has become stricter since this row was written; the schema follows the rows.
            for (int i = records.size() - 1; i >= sizeBefore; i--) {
                ((CapturedRecord) records.remove(i)).delivered();
            }
            nullable.add(e.column());
            shape = TableShape.of(table, settings, nullable);
            append(change, unit, records);
        }
    }

    /** Adds the record of a truncation. */
    void append(TableTruncation truncation, Acknowledgements.Unit unit, List<SourceRecord> records) {
        if (settings.skippedOperations().contains("t")) {
            return;
        }
        Struct source = settings.sourceInfo()
                .struct(table.id(), truncation.transaction(), truncation.lsn(), SnapshotMarker.NONE);
        Map<String, Object> offset = SourceOffset.of(truncation);
        records.add(new CapturedRecord(
                settings.partition(),
                offset,
                shape.topic(),
                null,
                null,
                shape.envelope(),
                envelope(null, null, source, "t"),
                settings.headers(),
                unit));
    }

    private void makeRecords(RowChange change, Acknowledgements.Unit unit, List<SourceRecord> records) {
        TupleData before = change.before();
        TupleData after = change.after();
        Struct source = settings.sourceInfo().struct(table.id(), change.transaction(), change.lsn(), change.marker());
        Emission emission = new Emission(change, unit, records);
        switch (change.operation()) {
            case READ -> emission.add("r", key(after), null, after(emission, after, null, null), source);
            case CREATE -> emission.add("c", key(after), null, after(emission, after, null, null), source);
            case DELETE -> {
                Struct key = key(before);
                emission.add("d", key, before(emission, before, change.beforeKind()), null, source);
            }
            case UPDATE -> {
                if (before != null && after != null && keyChanged(before, after)) {
                    keyChange(change, before, after, source, emission);
                } else {
                    Struct old = before == null ? null : before(emission, before, change.beforeKind());
                    emission.add("u", key(after), old, after(emission, after, before, change.beforeKind()), source);
                }
            }
        }
    }

    /** A row under another key is another row to everybody downstream: the old one is deleted, the new one created. */
    private void keyChange(RowChange change, TupleData before, TupleData after, Struct source, Emission emission) {
        Struct oldKey = key(before);
        Struct newKey = key(after);
        Schema keySchema = shape.key();
        emission.extraHeader(NEW_KEY_HEADER, new SchemaAndValue(keySchema, newKey));
        emission.add("d", oldKey, before(emission, before, change.beforeKind()), null, source);
        FailPoint.WITHIN_KEY_CHANGE.reach();
        emission.extraHeader(OLD_KEY_HEADER, new SchemaAndValue(keySchema, oldKey));
        emission.add("c", newKey, null, after(emission, after, before, change.beforeKind()), source);
    }

    private boolean keyChanged(TupleData before, TupleData after) {
        for (MappedField field : shape.keyFields()) {
            int i = field.column();
            boolean comparable = before.kind(i) == TupleData.TEXT && after.kind(i) == TupleData.TEXT;
            if (comparable
                    && !Arrays.equals(
                            before.buffer(),
                            before.offset(i),
                            before.offset(i) + before.length(i),
                            after.buffer(),
                            after.offset(i),
                            after.offset(i) + after.length(i))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Struct key(@Nullable TupleData tuple) {
        Schema schema = shape.key();
        if (schema == null || tuple == null) {
            return null;
        }
        Struct key = new Struct(schema);
        for (MappedField field : shape.keyFields()) {
            if (tuple.kind(field.column()) == TupleData.TEXT) {
                put(key, field, decode(field, tuple));
            } else if (!field.field().schema().isOptional()) {
                throw new NullInRequiredColumn(field.field().name());
            }
        }
        return key;
    }

    private Struct before(Emission emission, @Nullable TupleData tuple, @Nullable OldTupleKind kind) {
        boolean onlyKey = kind == OldTupleKind.KEY;
        return row(emission, onlyKey ? null : ColumnHeaders.EXACT_BEFORE, tuple, null, onlyKey);
    }

    /** @param old the row before, from which an unchanged out-of-line value can be taken if it is whole */
    private Struct after(
            Emission emission, @Nullable TupleData tuple, @Nullable TupleData old, @Nullable OldTupleKind oldKind) {
        return row(emission, ColumnHeaders.EXACT_AFTER, tuple, oldKind == OldTupleKind.FULL ? old : null, false);
    }

    /**
     * @param exactHeader where the text of values goes that lose something; null for nowhere
     * @param tuple the row
     * @param old where an unchanged out-of-line value can be taken from; null for nowhere
     * @param onlyKey whether the row tells no more than the key
     */
    private Struct row(
            Emission emission,
            @Nullable String exactHeader,
            @Nullable TupleData tuple,
            @Nullable TupleData old,
            boolean onlyKey) {
        if (tuple == null) {
            throw new IllegalStateException("a change of " + table.id() + " came without its row");
        }
        Struct row = new Struct(shape.row());
        for (MappedField field : shape.rowFields()) {
            int i = field.column();
            TupleData from =
                    old != null && tuple.kind(i) == TupleData.UNCHANGED && old.kind(i) == TupleData.TEXT ? old : tuple;
            switch (from.kind(i)) {
                case TupleData.TEXT -> {
                    put(row, field, decode(field, from));
                    if (exactHeader != null && isLossy(field, from)) {
                        emission.exact(exactHeader, field.field().name(), text(from, i));
                    }
                }
                case TupleData.UNCHANGED -> unavailable(emission, row, field);
                default -> {
                    if (!field.field().schema().isOptional()) {
                        if (!onlyKey) {
                            throw new NullInRequiredColumn(field.field().name());
                        }
                        row.put(field.field(), ZeroValues.of(field.field().schema()));
                    }
                }
            }
        }
        return row;
    }

    private static boolean isLossy(MappedField field, TupleData tuple) {
        LossCheck loss = field.mapping().loss();
        int i = field.column();
        return loss != null && loss.isLossy(tuple.buffer(), tuple.offset(i), tuple.length(i));
    }

    private static String text(TupleData tuple, int column) {
        return new String(tuple.buffer(), tuple.offset(column), tuple.length(column), StandardCharsets.UTF_8);
    }

    private void unavailable(Emission emission, Struct row, MappedField field) {
        Object placeholder = field.mapping().unavailable();
        if (placeholder != null) {
            row.put(field.field(), placeholder);
            return;
        }
        emission.unavailable(field.field().name());
        if (!field.field().schema().isOptional()) {
            row.put(field.field(), ZeroValues.of(field.field().schema()));
        }
    }

    private static void put(Struct struct, MappedField field, @Nullable Object value) {
        if (value == null && !field.field().schema().isOptional()) {
            throw new NullInRequiredColumn(field.field().name());
        }
        struct.put(field.field(), value);
    }

    private @Nullable Object decode(MappedField field, TupleData tuple) {
        int i = field.column();
        try {
            Object value = field.mapping().decoder().decode(tuple.buffer(), tuple.offset(i), tuple.length(i));
            if (value == null && unrepresentable.add(field.field().name())) {
                log.warn(
                        "table={} column={} holds values that its representation cannot (NaN or infinity), which become"
                                + " null; decimal.handling.mode=string keeps them",
                        table.id(),
                        field.field().name());
            }
            return value;
        } catch (TextFormatException | ArithmeticException e) {
            throw new WalbrookException(
                    ErrorKind.CONVERSION_FAILED,
                    "a value of " + table.id() + "." + field.field().name() + " cannot be represented: "
                            + e.getMessage(),
                    Map.of(
                            "table",
                            table.id().toString(),
                            "column",
                            field.field().name()),
                    e);
        }
    }

    private Struct envelope(@Nullable Struct before, @Nullable Struct after, Struct source, String operation) {
        Instant now = Instant.now();
        long micros = now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000L;
        return new Struct(shape.envelope())
                .put("before", before)
                .put("after", after)
                .put("source", source)
                .put("op", operation)
                .put("ts_ms", Math.floorDiv(micros, 1_000L))
                .put("ts_us", micros)
                .put("ts_ns", now.getEpochSecond() * 1_000_000_000L + now.getNano());
    }

    /** The records of one change in the making. */
    private final class Emission {

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

        void unavailable(String column) {
            List<String> columns = unavailable;
            if (columns == null) {
                columns = new ArrayList<>();
                unavailable = columns;
            }
            columns.add(column);
        }

        void exact(String header, String column, String text) {
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
            if (settings.skippedOperations().contains(operation)) {
                return;
            }
            Headers headers = settings.headers();
            String name = headerName;
            if (name != null) {
                headers.add(name, headerValue);
            }
            if (unavailableColumns != null) {
                ColumnHeaders.addNames(headers, ColumnHeaders.UNAVAILABLE, unavailableColumns);
            }
            if (exactTexts != null) {
                exactTexts.forEach((header, texts) -> ColumnHeaders.addTexts(headers, header, texts));
            }
            add(key, envelope(before, after, source, operation), headers);
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
            }
            Map<String, Object> offset = SourceOffset.of(change);
            records.add(new CapturedRecord(
                    settings.partition(),
                    offset,
                    shape.topic(),
                    key == null ? null : shape.key(),
                    key,
                    value == null ? null : shape.envelope(),
                    value,
                    headers,
                    unit));
            lastOffset = offset;
        }
    }

    /** A null where the schema allows none. */
    private static final class NullInRequiredColumn extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String column;

        NullInRequiredColumn(String column) {
            super(column, null, false, false);
            this.column = column;
        }

        String column() {
            return column;
        }
    }
}
