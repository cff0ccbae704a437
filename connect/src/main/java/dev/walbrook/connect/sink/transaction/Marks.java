package dev.walbrook.connect.sink.transaction;

import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link Mark}s, with and without schemas.
 *
 * @see <a href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-transaction-metadata">
 *     Transaction metadata</a>
 */
public final class Marks {

    /** The collection under which logical messages are counted. */
    static final String MESSAGES = "message";

    /** The number of the transaction and the position of the event, of the begin or of the end. */
    private static final Pattern ID = Pattern.compile("(\\d{1,18}):(\\d{1,19})");

    private Marks() {}

    /**
     * What the record says.
     *
     * @throws WalbrookException CONFIGURATION if it is a change that does not tell its transaction
     */
    public static Mark of(SinkRecord record) {
        Object value = record.value();
        if (value == null) {
            return Mark.OUTSIDE;
        }
        if (has(value, "status") && has(value, "id") && has(value, "event_count")) {
            return boundary(record, value);
        }
        if (!(get(value, "op") instanceof String op) || !isObject(get(value, "source"))) {
            if (isAboutNoRow(value)) {
                return Mark.OUTSIDE;
            }
            throw refused(
                    record,
                    "it is not a change event as the source writes it; take transforms that change its form, such as"
                            + " ExtractNewRecordState, out");
        }
        Object block = get(value, "transaction");
        if (op.equals("r") || (op.equals("m") && block == null)) {
            return Mark.OUTSIDE;
        }
        if (block == null) {
            throw refused(
                    record,
                    "it does not tell its transaction; set provide.transaction.metadata=true at the source, and read only"
                            + " what was written since then");
        }
        Matcher id = id(record, get(block, "id"));
        return new Mark.Event(
                Long.parseLong(id.group(1)),
                Long.parseLong(id.group(2)),
                number(record, block, "total_order"),
                op.equals("m") ? MESSAGES : collection(Objects.requireNonNull(get(value, "source"))));
    }

    private static Mark boundary(SinkRecord record, Object value) {
        Matcher id = id(record, get(value, "id"));
        long xid = Long.parseLong(id.group(1));
        if (!"END".equals(get(value, "status"))) {
            return new Mark.Begin(xid);
        }
        Map<String, Long> events = new HashMap<>();
        if (get(value, "data_collections") instanceof List<?> collections) {
            for (Object collection : collections) {
                events.put(
                        String.valueOf(get(collection, "data_collection")), number(record, collection, "event_count"));
            }
        }
        return new Mark.End(xid, Long.parseLong(id.group(2)), number(record, value, "ts_ms"), events);
    }

    private static String collection(Object source) {
        return get(source, "schema") + "." + get(source, "table");
    }

    private static Matcher id(SinkRecord record, @Nullable Object id) {
        Matcher matcher = ID.matcher(String.valueOf(id));
        if (!matcher.matches()) {
            throw refused(
                    record, "its transaction is not one of PostgreSQL; only a PostgreSQL source's can be applied");
        }
        return matcher;
    }

    private static long number(SinkRecord record, Object holder, String field) {
        if (get(holder, field) instanceof Number number) {
            return number.longValue();
        }
        throw refused(record, "its transaction metadata lack " + field);
    }

    /** Heartbeats and notifications. */
    private static boolean isAboutNoRow(Object value) {
        if (value instanceof Struct struct) {
            String name = struct.schema().name();
            return name != null && name.startsWith("io.debezium.connector.common.");
        }
        return value instanceof Map<?, ?> map && map.keySet().equals(Set.of("ts_ms"));
    }

    private static boolean isObject(@Nullable Object value) {
        return value instanceof Struct || value instanceof Map;
    }

    private static boolean has(Object holder, String name) {
        return holder instanceof Struct struct
                ? struct.schema().field(name) != null
                : holder instanceof Map<?, ?> map && map.containsKey(name);
    }

    private static @Nullable Object get(@Nullable Object holder, String name) {
        if (holder instanceof Struct struct) {
            return struct.schema().field(name) == null ? null : struct.get(name);
        }
        return holder instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static WalbrookException refused(SinkRecord record, String why) {
        return new WalbrookException(
                ErrorKind.CONFIGURATION,
                "apply.mode=transaction cannot place the record at topic=" + record.originalTopic() + " partition="
                        + record.originalKafkaPartition() + " offset=" + record.originalKafkaOffset() + ": " + why,
                Map.of());
    }
}
