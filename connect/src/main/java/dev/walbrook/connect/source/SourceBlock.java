package dev.walbrook.connect.source;

import dev.walbrook.capture.SnapshotMarker;
import dev.walbrook.capture.Transaction;
import dev.walbrook.connect.data.FieldSink;
import dev.walbrook.connect.data.LazyStruct;
import dev.walbrook.postgres.Lsn;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The {@code source} block of one change. */
final class SourceBlock extends LazyStruct {

    private static final long MICROS_PER_MILLI = 1_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    /**
     * What all changes of a table have in common, by the index of the field, as text in UTF-8 and as a string. For one thread at
     * a time.
     */
    static final class Constants {

        private final @Nullable String[] values;
        private final byte[] @Nullable [] texts;
        private @Nullable Reading reading;

        /** @param values null where changes differ */
        Constants(@Nullable String[] values) {
            this.values = values;
            this.texts = new byte[values.length][];
            for (int i = 0; i < values.length; i++) {
                String value = values[i];
                texts[i] = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    /** What the blocks of all rows are like, except the first and last, that a snapshot reads of a table. */
    private record Reading(Constants table, Transaction snapshot) {}

    private final SourceInfo info;
    private final Constants constants;
    private final Transaction transaction;
    private final Lsn lsn;
    private final SnapshotMarker marker;
    private final @Nullable Long xmin;

    SourceBlock(
            SourceInfo info,
            Constants constants,
            Transaction transaction,
            Lsn lsn,
            SnapshotMarker marker,
            @Nullable Long xmin) {
        super(info.schema());
        this.info = info;
        this.constants = constants;
        this.transaction = transaction;
        this.lsn = lsn;
        this.marker = marker;
        this.xmin = xmin;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Each snapshot has one object, and equal ones would be as good.
    protected @Nullable Object likeness() {
        if (marker != SnapshotMarker.MIDDLE
                || xmin != null
                || lsn.value() != transaction.commitLsn().value()) {
            return null;
        }
        Reading known = constants.reading;
        if (known == null || known.snapshot != transaction) {
            known = new Reading(constants, transaction);
            constants.reading = known;
        }
        return known;
    }

    @Override
    protected @Nullable Object make(int index) {
        String constant = constants.values[index];
        return constant == null ? info.part(index).value(this) : constant;
    }

    @Override
    protected void hand(int index, FieldSink sink) {
        byte[] constant = constants.texts[index];
        if (constant != null) {
            sink.string(constant, 0, constant.length);
            return;
        }
        Part part = info.part(index);
        switch (part) {
            case TS_MS, TS_US, TS_NS, LSN -> sink.integer(number(part));
            case TX_ID -> {
                if (transaction.xid() == Transaction.NO_XID) {
                    sink.value(null);
                } else {
                    sink.integer(transaction.xid());
                }
            }
            default -> sink.value(part.value(this));
        }
    }

    private long number(Part part) {
        long micros = transaction.commitTimeMicros();
        return switch (part) {
            case TS_MS -> Math.floorDiv(micros, MICROS_PER_MILLI);
            case TS_US -> micros;
            case TS_NS -> micros * NANOS_PER_MICRO;
            default -> lsn.value();
        };
    }

    /** The fields that are not the same for all changes of a table. */
    enum Part {
        TS_MS,
        TS_US,
        TS_NS,
        SNAPSHOT,
        SEQUENCE,
        TX_ID,
        LSN,
        XMIN,
        ORIGIN,
        ORIGIN_LSN,
        /** One of those that are. */
        CONSTANT;

        static Part of(String field) {
            return switch (field) {
                case "ts_ms" -> TS_MS;
                case "ts_us" -> TS_US;
                case "ts_ns" -> TS_NS;
                case "snapshot" -> SNAPSHOT;
                case "sequence" -> SEQUENCE;
                case "txId" -> TX_ID;
                case "lsn" -> LSN;
                case "xmin" -> XMIN;
                case "origin" -> ORIGIN;
                case "origin_lsn" -> ORIGIN_LSN;
                default -> CONSTANT;
            };
        }

        private @Nullable Object value(SourceBlock block) {
            Transaction.Origin origin = block.transaction.origin();
            return switch (this) {
                case TS_MS, TS_US, TS_NS, LSN -> block.number(this);
                case SNAPSHOT -> snapshot(block.marker);
                case SEQUENCE -> sequence(block);
                case TX_ID -> block.transaction.xid() == Transaction.NO_XID ? null : block.transaction.xid();
                case XMIN -> block.xmin;
                case ORIGIN -> origin == null ? null : origin.name();
                case ORIGIN_LSN -> origin == null ? null : origin.lsn().value();
                case CONSTANT -> throw new IllegalStateException("a constant without value");
            };
        }

        /** Null for a streamed change: the schema's default says "false", and so Debezium leaves it. */
        private static @Nullable String snapshot(SnapshotMarker marker) {
            return switch (marker) {
                case NONE -> null;
                case FIRST -> "first";
                case FIRST_IN_TABLE -> "first_in_data_collection";
                case MIDDLE -> "true";
                case LAST_IN_TABLE -> "last_in_data_collection";
                case LAST -> "last";
            };
        }

        /** A JSON array of the last commit before this change and the change itself, which orders a source's changes. */
        private static String sequence(SourceBlock block) {
            Lsn previous = block.marker == SnapshotMarker.NONE ? block.transaction.previousCommit() : null;
            String last = previous == null ? "null" : '"' + Long.toString(previous.value()) + '"';
            return '[' + last + ",\"" + block.lsn.value() + "\"]";
        }
    }
}
