package dev.walbrook.connect.source;

import dev.walbrook.connect.data.FieldSink;
import dev.walbrook.connect.data.LazyStruct;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The value of a change's record: the row before and after, where the change is from, and when this was written. */
final class Envelope extends LazyStruct {

    private static final long NANOS_PER_MICRO = 1_000L;
    private static final long MICROS_PER_MILLI = 1_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private final @Nullable Struct before;
    private final @Nullable Struct after;
    private final Struct source;
    private final @Nullable Struct transaction;
    private final String operation;
    private final long seconds;
    private final int nanos;

    /** @param operation Debezium's letter */
    Envelope(
            Schema schema,
            @Nullable Struct before,
            @Nullable Struct after,
            Struct source,
            @Nullable Struct transaction,
            String operation) {
        super(schema);
        this.before = before;
        this.after = after;
        this.source = source;
        this.transaction = transaction;
        this.operation = operation;
        Instant now = Instant.now();
        this.seconds = now.getEpochSecond();
        this.nanos = now.getNano();
    }

    /**
     * The schema of a table's envelopes. {@link #make} counts on the order of the fields.
     *
     * @param name its name
     * @param row the schema of rows
     * @param source the schema of source blocks
     */
    static Schema schema(String name, Schema row, Schema source) {
        return SchemaBuilder.struct()
                .name(name)
                .version(2)
                .field("before", row)
                .field("after", row)
                .field("source", source)
                .field("transaction", TransactionMetadata.BLOCK)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
    }

    @Override
    protected @Nullable Object make(int index) {
        return switch (index) {
            case 0 -> before;
            case 1 -> after;
            case 2 -> source;
            case 3 -> transaction;
            case 4 -> operation;
            default -> time(index);
        };
    }

    @Override
    protected void hand(int index, FieldSink sink) {
        switch (index) {
            case 0, 1, 2, 3 -> sink.value(make(index));
            case 4 -> {
                byte[] letter = operation.getBytes(StandardCharsets.ISO_8859_1);
                sink.string(letter, 0, letter.length);
            }
            default -> sink.integer(time(index));
        }
    }

    private long time(int index) {
        long micros = seconds * MICROS_PER_SECOND + nanos / NANOS_PER_MICRO;
        return switch (index) {
            case 5 -> Math.floorDiv(micros, MICROS_PER_MILLI);
            case 6 -> micros;
            default -> seconds * MICROS_PER_SECOND * NANOS_PER_MICRO + nanos;
        };
    }
}
