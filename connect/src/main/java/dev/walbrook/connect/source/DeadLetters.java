package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.SnapshotMarker;
import dev.walbrook.connect.source.TableShape.MappedField;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.pgoutput.TupleData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of a change of which its table's record cannot be made: where it is in the change log, what is wrong, and
 * the row as PostgreSQL's own text, so that nothing is lost. Not thread safe.
 *
 * <p>Connect reports bad records for sinks only; for a source it can do no more than skip them.
 */
final class DeadLetters {

    /** One partition, so that the changes keep their order however many the topic has. */
    private static final int PARTITION = 0;

    private static final Schema KEY = SchemaBuilder.struct()
            .name("dev.walbrook.connect.DeadLetterKey")
            .version(1)
            .field("lsn", Schema.INT64_SCHEMA)
            .field("number", Schema.INT64_SCHEMA)
            .build();

    private static final Schema TEXTS = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
            .optional()
            .build();

    private final RecordSettings settings;
    private final EventContext context;
    private final String topic;
    private final Schema value;

    DeadLetters(RecordSettings settings, EventContext context, String topic) {
        this.settings = settings;
        this.context = context;
        this.topic = topic;
        this.value = SchemaBuilder.struct()
                .name("dev.walbrook.connect.DeadLetter")
                .version(1)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.INT64_SCHEMA)
                .field("source", settings.sourceInfo().schema())
                .field("error", Schema.STRING_SCHEMA)
                .field("cause", Schema.STRING_SCHEMA)
                .field("before", TEXTS)
                .field("after", TEXTS)
                .build();
    }

    /**
     * Adds the record.
     *
     * @param letter the operation's
     * @param shape which columns a consumer may see
     */
    void append(
            RowChange change,
            String letter,
            TableShape shape,
            RuntimeException cause,
            Acknowledgements.Unit unit,
            List<SourceRecord> records) {
        boolean streamed = change.marker() == SnapshotMarker.NONE;
        Struct source = settings.sourceInfo()
                .struct(
                        settings.sourceInfo().constants(change.table().id()),
                        change.transaction(),
                        change.lsn(),
                        change.marker(),
                        streamed ? context.xmin() : null);
        ErrorKind kind = cause instanceof WalbrookException known ? known.kind() : ErrorKind.CONVERSION_FAILED;
        Struct letterValue = new Struct(value)
                .put("op", letter)
                .put("ts_ms", System.currentTimeMillis())
                .put("source", source)
                .put("error", kind.name())
                .put("cause", String.valueOf(cause.getMessage()))
                .put("before", texts(shape, change.before()))
                .put("after", texts(shape, change.after()));
        Map<String, Object> offset = SourceOffset.of(change);
        if (streamed) {
            context.addTo(offset);
        }
        records.add(new CapturedRecord(
                settings.partition(),
                offset,
                topic,
                PARTITION,
                KEY,
                new Struct(KEY).put("lsn", change.lsn().value()).put("number", change.countAtLsn()),
                value,
                letterValue,
                settings.headers(),
                unit));
    }

    /** What a consumer of the table's topic would have seen, by column; a value that is not in the change log is missing. */
    private static @Nullable Map<String, @Nullable String> texts(TableShape shape, @Nullable TupleData tuple) {
        if (tuple == null) {
            return null;
        }
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        for (MappedField field : shape.rowFields()) {
            int column = field.column();
            if (isHidden(field)) {
                continue;
            }
            switch (tuple.kind(column)) {
                case TupleData.TEXT -> texts.put(field.name(), tuple.text(column));
                case TupleData.NULL -> texts.put(field.name(), null);
                default -> {
                    // The update did not touch it, so that PostgreSQL has not sent it.
                }
            }
        }
        return texts;
    }

    /** Whether the column is masked, hashed or cut: its schema says so, and its text must not be seen here either. */
    private static boolean isHidden(MappedField field) {
        Map<String, String> parameters = field.field().schema().parameters();
        return parameters != null && (parameters.containsKey("masked") || parameters.containsKey("truncateLength"));
    }
}
