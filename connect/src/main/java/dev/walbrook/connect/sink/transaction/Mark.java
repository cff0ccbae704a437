package dev.walbrook.connect.sink.transaction;

import java.util.Map;

/** What a record says of the source's transactions. */
public sealed interface Mark {

    /** A transaction begins: none but this one is emitted until its end. */
    record Begin(long xid) implements Mark {}

    /**
     * A transaction is complete.
     *
     * @param xid its number, which comes again after four billion transactions
     * @param lsn where its commit ended in the WAL
     * @param millis when it was committed, in milliseconds since 1970
     * @param events how many events it has, by collection
     */
    record End(long xid, long lsn, long millis, Map<String, Long> events) implements Mark {}

    /**
     * An event of a transaction.
     *
     * @param lsn where it is in the WAL, before the commit's {@link End#lsn}
     * @param order its number among the transaction's events, from 1
     * @param collection what it is counted under, {@code schema.table} or {@code message}
     */
    record Event(long xid, long lsn, long order, String collection) implements Mark {}

    /** A record that is part of no transaction: a snapshot's row, a tombstone, a heartbeat. */
    record Outside() implements Mark {}

    /** All of these say the same. */
    Mark OUTSIDE = new Outside();
}
