package dev.walbrook.connect.source;

import dev.walbrook.capture.Transaction;
import dev.walbrook.postgres.Lsn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the events of the transaction that is being emitted. The counts are part of the offset, so that numbering goes on
 * where it was after a restart. Not thread safe.
 */
final class TransactionMetadata {

    /** The collection under which logical messages are counted. */
    static final String MESSAGES = "message";

    /** The {@code transaction} block of an event. */
    static final Schema BLOCK = SchemaBuilder.struct()
            .name("event.block")
            .version(1)
            .field("id", Schema.STRING_SCHEMA)
            .field("total_order", Schema.INT64_SCHEMA)
            .field("data_collection_order", Schema.INT64_SCHEMA)
            .optional()
            .build();

    private static final String ID = "transaction_id";
    private static final String ORDER_PREFIX = "transaction_data_collection_order_";

    private final boolean enabled;
    private @Nullable String id;
    private long total;
    // Hashing gives the order in which Debezium lists the collections.
    private Map<String, Long> collections = new HashMap<>();
    private Counts before = new Counts(null, 0, Map.of());
    private Lsn changeTransaction = Lsn.INVALID;
    private long changeOrdinal;

    private record Counts(@Nullable String id, long total, Map<String, Long> collections) {}

    /** How many events of one collection a transaction has. */
    record CollectionCount(String collection, long events) {}

    /**
     * @param enabled whether events are numbered at all
     * @param offset the stored offset; null if there is none
     */
    TransactionMetadata(boolean enabled, @Nullable Map<String, ?> offset) {
        this.enabled = enabled;
        if (enabled && offset != null && offset.get(ID) instanceof String open) {
            id = open;
            offset.forEach((key, value) -> {
                if (key.startsWith(ORDER_PREFIX) && value instanceof Number count) {
                    collections.put(key.substring(ORDER_PREFIX.length()), count.longValue());
                    total += count.longValue();
                }
            });
        }
    }

    /** Begins to number a transaction's events. */
    void begin(Transaction transaction) {
        id = Long.toString(transaction.xid());
        total = 0;
        collections.clear();
    }

    /**
     * Numbers an event.
     *
     * @param collection what it is an event of, as {@code schema.table}
     * @param lsn the event's position
     * @return its block; null if events are not numbered
     */
    @Nullable
    Struct next(String collection, Transaction transaction, Lsn lsn) {
        if (!enabled) {
            return null;
        }
        if (!Long.toString(transaction.xid()).equals(id)) {
            // Its beginning was emitted when nobody counted.
            begin(transaction);
        }
        total++;
        long order = collections.getOrDefault(collection, 0L) + 1;
        collections.put(collection, order);
        return new Struct(BLOCK)
                .put("id", id(transaction, lsn))
                .put("total_order", total)
                .put("data_collection_order", order);
    }

    /** A transaction's identifier as consumers see it: Debezium appends the position of each event. */
    static String id(Transaction transaction, Lsn lsn) {
        return transaction.xid() + ":" + lsn.value();
    }

    /** How many events of the transaction were numbered. */
    long total() {
        return total;
    }

    List<CollectionCount> counts() {
        List<CollectionCount> counts = new ArrayList<>();
        collections.forEach((collection, events) -> counts.add(new CollectionCount(collection, events)));
        return counts;
    }

    /** Forgets the transaction, for what is emitted between two. */
    void clear() {
        id = null;
        total = 0;
        collections.clear();
    }

    /**
     * A change begins. Should its records be made again, or be left out, they are not to count twice: {@link #back}.
     *
     * @param ordinal the change's number in its transaction
     */
    void change(Transaction transaction, long ordinal) {
        if (enabled && (ordinal != changeOrdinal || !transaction.commitLsn().equals(changeTransaction))) {
            changeOrdinal = ordinal;
            changeTransaction = transaction.commitLsn();
            before = new Counts(id, total, new HashMap<>(collections));
        }
    }

    /** Goes back to before the change that began last. */
    void back() {
        if (enabled) {
            id = before.id();
            total = before.total();
            collections = new HashMap<>(before.collections());
        }
    }

    /** Adds the counts to an offset. */
    void addTo(Map<String, Object> offset) {
        add(id, collections, offset);
    }

    /** Adds the counts before the change that began last to an offset. */
    void addBefore(Map<String, Object> offset) {
        add(before.id(), before.collections(), offset);
    }

    private void add(@Nullable String transaction, Map<String, Long> counts, Map<String, Object> offset) {
        if (enabled && transaction != null) {
            offset.put(ID, transaction);
            counts.forEach((collection, events) -> offset.put(ORDER_PREFIX + collection, events));
        }
    }
}
