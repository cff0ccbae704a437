package dev.walbrook.connect.source;

import dev.walbrook.capture.TableSchema;
import dev.walbrook.connect.ColumnHeaders;
import dev.walbrook.connect.source.TableShape.MappedField;
import dev.walbrook.connect.source.type.LossCheck;
import dev.walbrook.connect.source.type.NullElementException;
import dev.walbrook.connect.source.type.TextForm;
import dev.walbrook.postgres.codec.TextFormatException;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.pgoutput.OldTupleKind;
import dev.walbrook.postgres.pgoutput.TupleData;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the keys and rows of one table's changes, in the shape that was decided for the table. Not thread safe. */
final class RowValues {

    private static final Logger log = LoggerFactory.getLogger(RowValues.class);

    private final TableSchema table;
    private final RecordSettings settings;
    private final Set<String> nullable = new HashSet<>();
    private final Set<String> nullableElements = new HashSet<>();
    private final Set<String> unrepresentable = new HashSet<>();
    private TableShape shape;

    RowValues(TableSchema table, RecordSettings settings) {
        this.table = table;
        this.settings = settings;
        this.shape = TableShape.of(table, settings, nullable, nullableElements);
    }

    TableShape shape() {
        return shape;
    }

    /** The catalog has become stricter since a row was written; the schema follows the rows. */
    void allow(NullInRequiredColumn found) {
        (found.element() ? nullableElements : nullable).add(found.column());
        shape = TableShape.of(table, settings, nullable, nullableElements);
    }

    /** Whether the row is known under another key after the change. */
    boolean keyChanged(TupleData before, TupleData after) {
        for (MappedField field : shape.keyFields()) {
            if (differs(field.column(), before, after)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing that a consumer sees differs; never unless the row before is known whole. */
    boolean isUnchanged(@Nullable TupleData before, @Nullable OldTupleKind kind, @Nullable TupleData after) {
        if (before == null || after == null || kind != OldTupleKind.FULL) {
            return false;
        }
        for (MappedField field : shape.rowFields()) {
            if (differs(field.column(), before, after)) {
                return false;
            }
        }
        return true;
    }

    private static boolean differs(int i, TupleData before, TupleData after) {
        if (after.kind(i) == TupleData.UNCHANGED) {
            return false;
        }
        if (before.kind(i) != TupleData.TEXT || after.kind(i) != TupleData.TEXT) {
            return before.kind(i) != after.kind(i);
        }
        return !Arrays.equals(
                before.buffer(),
                before.offset(i),
                before.offset(i) + before.length(i),
                after.buffer(),
                after.offset(i),
                after.offset(i) + after.length(i));
    }

    /**
     * The key of a row.
     *
     * @param tuple the row; null for none
     * @param old where an out-of-line value can be taken from that the change left alone; null for nowhere
     * @return null without a row or a key
     */
    @Nullable
    Struct key(@Nullable TupleData tuple, @Nullable TupleData old) {
        Schema schema = shape.key();
        if (schema == null || tuple == null) {
            return null;
        }
        RowStruct key = new RowStruct(schema, tuple, shape.keyFields());
        Field tableField = shape.tableField();
        if (tableField != null) {
            key.set(tableField.index(), shape.tableFieldValue());
        }
        for (MappedField field : shape.keyFields()) {
            TupleData from = source(field, tuple, old);
            if (from.kind(field.column()) == TupleData.TEXT) {
                if (from == tuple && canWait(field, tuple)) {
                    key.leave(field.field().index());
                } else {
                    put(key, field, decode(field, from));
                }
            } else if (!field.field().schema().isOptional()) {
                throw new NullInRequiredColumn(field.name(), false);
            }
        }
        return key;
    }

    Struct before(RowRemarks remarks, @Nullable TupleData tuple, @Nullable OldTupleKind kind) {
        boolean onlyKey = kind == OldTupleKind.KEY;
        return row(remarks, onlyKey ? null : ColumnHeaders.EXACT_BEFORE, tuple, null, onlyKey);
    }

    /** @param old the row before, from which an unchanged out-of-line value can be taken if it is whole */
    Struct after(
            RowRemarks remarks, @Nullable TupleData tuple, @Nullable TupleData old, @Nullable OldTupleKind oldKind) {
        return row(remarks, ColumnHeaders.EXACT_AFTER, tuple, oldKind == OldTupleKind.FULL ? old : null, false);
    }

    /**
     * @param exactHeader where the text of values goes that lose something; null for nowhere
     * @param tuple the row
     * @param old where an unchanged out-of-line value can be taken from; null for nowhere
     * @param onlyKey whether the row tells no more than the key
     */
    private Struct row(
            RowRemarks remarks,
            @Nullable String exactHeader,
            @Nullable TupleData tuple,
            @Nullable TupleData old,
            boolean onlyKey) {
        if (tuple == null) {
            throw new IllegalStateException("a change of " + table.id() + " came without its row");
        }
        RowStruct row = new RowStruct(shape.row(), tuple, shape.rowFields());
        for (MappedField field : shape.rowFields()) {
            TupleData from = source(field, tuple, old);
            switch (from.kind(field.column())) {
                case TupleData.TEXT -> {
                    if (from == tuple && canWait(field, tuple)) {
                        if (exactHeader != null && isLossy(field, tuple)) {
                            remarks.exact(exactHeader, field.field().name(), tuple.text(field.column()));
                        }
                        row.leave(field.field().index());
                        continue;
                    }
                    Object value = decode(field, from);
                    if (exactHeader != null && isLossy(field, from, value)) {
                        remarks.exact(exactHeader, field.field().name(), from.text(field.column()));
                    }
                    put(row, field, value);
                }
                case TupleData.UNCHANGED -> unavailable(remarks, row, field);
                default -> putNull(row, field, onlyKey);
            }
        }
        return row;
    }

    private static TupleData source(MappedField field, TupleData tuple, @Nullable TupleData old) {
        int i = field.column();
        return old != null && tuple.kind(i) == TupleData.UNCHANGED && old.kind(i) == TupleData.TEXT ? old : tuple;
    }

    /** Whether nothing can go wrong with the value when it is made later, if ever. */
    private static boolean canWait(MappedField field, TupleData tuple) {
        TextForm form = field.mapping().form();
        int i = field.column();
        return form != null && form.takes(tuple.buffer(), tuple.offset(i), tuple.length(i));
    }

    private static boolean isLossy(MappedField field, TupleData tuple, @Nullable Object value) {
        return value == null ? field.mapping().exact() : isLossy(field, tuple);
    }

    private static boolean isLossy(MappedField field, TupleData tuple) {
        LossCheck loss = field.mapping().loss();
        int i = field.column();
        return loss != null && loss.isLossy(tuple.buffer(), tuple.offset(i), tuple.length(i));
    }

    private static void unavailable(RowRemarks remarks, RowStruct row, MappedField field) {
        Object placeholder = field.mapping().unavailable();
        if (placeholder != null) {
            row.set(field.field().index(), placeholder);
            return;
        }
        remarks.unavailable(field.field().name());
        row.set(field.field().index(), field.mapping().absent());
    }

    private static void putNull(RowStruct row, MappedField field, boolean onlyKey) {
        Object shown = field.mapping().ofNull();
        if (shown != null) {
            row.set(field.field().index(), shown);
        } else if (onlyKey) {
            row.set(field.field().index(), field.mapping().absent());
        } else if (!field.field().schema().isOptional()) {
            throw new NullInRequiredColumn(field.name(), false);
        }
    }

    private static void put(RowStruct struct, MappedField field, @Nullable Object value) {
        if (value == null && !field.field().schema().isOptional()) {
            throw new NullInRequiredColumn(field.name(), false);
        }
        struct.set(field.field().index(), value);
    }

    private @Nullable Object decode(MappedField field, TupleData tuple) {
        int i = field.column();
        RuntimeException cause = null;
        try {
            Object value = field.mapping().decoder().decode(tuple.buffer(), tuple.offset(i), tuple.length(i));
            if (value != null) {
                return value;
            }
        } catch (NullElementException e) {
            throw new NullInRequiredColumn(field.name(), true);
        } catch (TextFormatException | ArithmeticException | DateTimeException e) {
            cause = e;
        }
        unrepresentable(field, cause);
        return null;
    }

    private void unrepresentable(MappedField field, @Nullable RuntimeException cause) {
        String reason = cause == null ? "its representation has no such value" : String.valueOf(cause.getMessage());
        switch (settings.conversionFailures()) {
            case FAIL -> {
                Map<String, String> facts = Map.of("table", table.id().toString(), "column", field.name());
                throw new WalbrookException(
                        ErrorKind.CONVERSION_FAILED,
                        "a value of " + table.id() + "." + field.name() + " cannot be represented: " + reason,
                        facts,
                        cause);
            }
            case WARN -> {
                if (unrepresentable.add(field.name())) {
                    log.warn(
                            "table={} column={} holds values that cannot be represented, which become null: {}. A string"
                                    + " mode keeps them: see decimal.handling.mode, time.precision.mode and"
                                    + " interval.handling.mode",
                            table.id(),
                            field.name(),
                            reason);
                }
            }
            case SKIP, IGNORE -> {
                if (unrepresentable.add(field.name())) {
                    log.debug(
                            "table={} column={} holds values that cannot be represented: {}",
                            table.id(),
                            field.name(),
                            reason);
                }
            }
        }
    }
}
