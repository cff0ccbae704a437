package dev.walbrook.connect.sink.record;

import dev.walbrook.connect.ColumnHeaders;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads change events (envelopes), flattened rows and tombstones. For one task's thread.
 *
 * <p>It remembers which table the envelopes of a topic were about, because a tombstone itself does not say.
 */
public final class RecordReader {

    /** Debezium's header on the create event of a row whose key changed. */
    private static final String OLD_KEY_HEADER = "__debezium.oldkey";

    /** The headers that Debezium's sources and ours add to every record, of which none is read here. */
    private static final String CONTEXT_HEADERS = "__debezium.context.";

    private static final Headers NO_HEADERS = new ConnectHeaders();

    private static final Logger LOG = LoggerFactory.getLogger(RecordReader.class);

    /**
     * What the reader has to know of the configuration.
     *
     * @param naming names the tables
     * @param keyMode where the key is
     * @param keyFields the fields that are the key; empty for all
     * @param filter the fields that are written
     * @param deletes whether deletes are wanted
     * @param truncates whether truncates are wanted
     * @param unavailableValue the placeholder for values that an update left alone
     */
    public record Settings(
            TableNaming naming,
            PrimaryKeyMode keyMode,
            List<String> keyFields,
            FieldFilter filter,
            boolean deletes,
            boolean truncates,
            String unavailableValue) {}

    private final Settings settings;
    private final Schemaless schemaless;
    private final RowReader rows;
    private final ValueFields.Cache values = new ValueFields.Cache();
    private final Map<String, Optional<TableName>> tablesOfTopics = new HashMap<>();
    private final Set<String> warned = new HashSet<>();

    /** What the headers of the record that is being read tell. */
    private Headers told = NO_HEADERS;

    public RecordReader(Settings settings) {
        this.settings = settings;
        this.schemaless = new Schemaless(settings.keyFields());
        this.rows =
                new RowReader(settings.keyMode(), settings.keyFields(), settings.filter(), settings.unavailableValue());
    }

    /**
     * What the record wants done.
     *
     * @return null if it wants nothing: it is not about a row, or about a kind of change the configuration leaves out
     * @throws WalbrookException RECORD_UNUSABLE if the record cannot be understood
     */
    public @Nullable RowChange read(SinkRecord delivered) {
        SinkRecord record = schemaless.typed(delivered);
        told = telling(record);
        Origin origin =
                new Origin(record.originalTopic(), record.originalKafkaPartition(), record.originalKafkaOffset());
        if (record.value() == null) {
            return tombstone(record, origin);
        }
        if (!(record.value() instanceof Struct value)) {
            throw unusable(
                    origin,
                    "its value is neither a structure nor a JSON object; use the converter that the topic was written"
                            + " with");
        }
        ValueFields fields = values.of(value.schema());
        if (!fields.rows()) {
            warnOnce(record.topic(), "holds events that are not about rows; they are skipped");
            return null;
        }
        Field op = fields.op();
        Field source = fields.source();
        return op != null && source != null
                ? envelope(record, value, op, source, origin)
                : flattened(record, value, origin);
    }

    private @Nullable RowChange envelope(SinkRecord record, Struct value, Field opField, Field source, Origin origin) {
        String op = (String) value.get(opField);
        TableName table = null;
        if (!op.equals("m")) {
            table = settings.naming().of(record.topic(), (Struct) value.get(source));
            if (table == null) {
                throw unusable(origin, "its source block lacks a field that collection.name.format names");
            }
            remember(record.topic(), table);
        }
        return switch (op) {
            case "r", "c" -> put(record, origin, notNull(table), struct(value, "after", origin), null, isKeyChange());
            case "u" -> update(record, origin, notNull(table), value);
            case "d" -> settings.deletes() ? delete(record, origin, notNull(table), value) : null;
            case "t" -> settings.truncates() ? new RowChange.Truncate(origin, notNull(table)) : null;
            case "m" -> {
                warnOnce(record.topic(), "holds logical messages; they are skipped");
                yield null;
            }
            default -> throw unusable(origin, "its operation '" + op + "' is not one of r, c, u, d, t, m");
        };
    }

    private void remember(String topic, TableName table) {
        Optional<TableName> known = tablesOfTopics.get(topic);
        if (known == null) {
            tablesOfTopics.put(topic, Optional.of(table));
        } else if (known.isPresent() && !known.get().equals(table)) {
            tablesOfTopics.put(topic, Optional.empty());
        }
    }

    private static TableName notNull(@Nullable TableName table) {
        if (table == null) {
            throw new IllegalStateException("only logical messages have no table");
        }
        return table;
    }

    /** The record's headers, or none if none of them tells anything about its row. */
    private static Headers telling(SinkRecord record) {
        for (Header header : record.headers()) {
            if (!header.key().startsWith(CONTEXT_HEADERS)) {
                return record.headers();
            }
        }
        return NO_HEADERS;
    }

    /** A row whose key changed arrives as a new row, but its large values may be unknown as in any update. */
    private boolean isKeyChange() {
        return told.lastWithName(OLD_KEY_HEADER) != null;
    }

    private RowChange update(SinkRecord record, Origin origin, TableName table, Struct value) {
        Struct after = struct(value, "after", origin);
        Struct before = null;
        if (!rows.hasKey(record)) {
            before = optionalStruct(value, "before");
            if (before == null) {
                throw unusable(
                        origin,
                        "it updates a row that has no key, and does not hold the row as it was; run ALTER TABLE … REPLICA"
                                + " IDENTITY FULL at the source, or give the table a primary key");
            }
        }
        return put(record, origin, table, after, before, true);
    }

    private @Nullable RowChange flattened(SinkRecord record, Struct value, Origin origin) {
        TableName table = settings.naming().ofTopic(record.topic());
        if (table == null) {
            throw unusable(
                    origin,
                    "collection.name.format asks for fields of the source, which a flattened record does not hold, and the"
                            + " topic is not named prefix.schema.table");
        }
        return put(record, origin, table, value, null, true);
    }

    private RowChange put(
            SinkRecord record,
            Origin origin,
            TableName table,
            Struct after,
            @Nullable Struct before,
            boolean mayLackValues) {
        List<String> missing = mayLackValues ? missing(origin) : null;
        Row row = rows.rowOf(record, after, exact(record.topic(), ColumnHeaders.EXACT_AFTER), missing, origin);
        Row old = before == null
                ? null
                : rows.wholeRow(record, before, exact(record.topic(), ColumnHeaders.EXACT_BEFORE));
        return new RowChange.Put(origin, table, row, old);
    }

    /** The columns of which the event says that it does not know their value. */
    private List<String> missing(Origin origin) {
        List<String> named = ColumnHeaders.names(told, ColumnHeaders.UNAVAILABLE);
        if (named == null) {
            // What stands in these columns is not their value: writing it would destroy the one that the target has.
            throw unusable(
                    origin,
                    "its header " + ColumnHeaders.UNAVAILABLE + " was not understood; set"
                            + " header.converter=org.apache.kafka.connect.json.JsonConverter at the source and here");
        }
        return named;
    }

    private RowChange delete(SinkRecord record, Origin origin, TableName table, Struct value) {
        if (rows.hasKeyBeside(record)) {
            RowChange move = move(record, origin, table);
            return move != null ? move : new RowChange.Delete(origin, table, rows.keyRow(record, origin), false);
        }
        Struct before = optionalStruct(value, "before");
        if (before == null) {
            throw unusable(
                    origin,
                    "it deletes a row that has no key, and does not hold the row as it was; run ALTER TABLE … REPLICA IDENTITY"
                            + " FULL at the source, or give the table a primary key");
        }
        Map<String, String> exact = exact(record.topic(), ColumnHeaders.EXACT_BEFORE);
        return new RowChange.Delete(origin, table, rows.deletedRow(record, before, exact, origin), false);
    }

    private @Nullable RowChange tombstone(SinkRecord record, Origin origin) {
        if (!settings.deletes() || settings.keyMode() != PrimaryKeyMode.RECORD_KEY || record.key() == null) {
            return null;
        }
        Optional<TableName> known = tablesOfTopics.get(record.topic());
        TableName table;
        if (known == null) {
            table = settings.naming().ofTopic(record.topic());
        } else {
            table = known.orElse(null);
        }
        if (table == null) {
            warnOnce(
                    record.topic(),
                    "holds tombstones that do not tell their table; they are skipped, the delete events before them are not");
            return null;
        }
        // Where events were flattened, the tombstone is all that is left of the delete.
        RowChange move = move(record, origin, table);
        return move != null
                ? move
                : new RowChange.Delete(origin, table, rows.keyRow(record.key(), record, origin), true);
    }

    /** What a record that deletes a key means if the row lives on under another one; null if it does not, or if nobody knows. */
    private @Nullable RowChange move(SinkRecord record, Origin origin, TableName table) {
        if (settings.keyMode() != PrimaryKeyMode.RECORD_KEY) {
            return null;
        }
        Struct newKey = NewKey.of(record);
        if (newKey == null) {
            if (NewKey.isIn(record)) {
                warnOnce(
                        record.topic(),
                        "holds changes of keys whose header was not understood; large values that such a change left alone"
                                + " are lost. Set header.converter=org.apache.kafka.connect.json.JsonConverter at the"
                                + " source and here");
            }
            return null;
        }
        return new RowChange.Move(
                origin, table, rows.keyRow(record.key(), record, origin), rows.keyRow(newKey, record, origin));
    }

    /** What the source says of values that lose something in the event; nothing if that cannot be told for sure. */
    private Map<String, String> exact(String topic, String header) {
        Map<String, String> texts = ColumnHeaders.texts(told, header);
        if (texts == null) {
            warnOnce(
                    topic,
                    "holds exact values whose header " + header
                            + " was not understood; what the events themselves hold is"
                            + " written. Set header.converter=org.apache.kafka.connect.json.JsonConverter at the source and"
                            + " here");
            return Map.of();
        }
        return texts;
    }

    private Struct struct(Struct value, String field, Origin origin) {
        Struct struct = optionalStruct(value, field);
        if (struct == null) {
            throw unusable(origin, "its operation needs '" + field + "', which is missing");
        }
        return struct;
    }

    private static @Nullable Struct optionalStruct(Struct value, String field) {
        return value.schema().field(field) == null ? null : value.getStruct(field);
    }

    private void warnOnce(String topic, String what) {
        if (warned.add(topic + what)) {
            LOG.warn("topic={} {}", topic, what);
        }
    }

    static WalbrookException unusable(Origin origin, String why) {
        return new WalbrookException(
                ErrorKind.RECORD_UNUSABLE, "The record at " + origin + " cannot be written: " + why, Map.of());
    }
}
