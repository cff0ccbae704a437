/**
 * The sink connector: change events from Kafka topics into the tables of a PostgreSQL database.
 *
 * <p>{@link dev.walbrook.connect.sink.delivery} knows which records were written before and which task may write. The way of
 * a batch: {@link dev.walbrook.connect.sink.record} reads what a record says, {@link
 * dev.walbrook.connect.sink.table} sees to it that the target has the table and the columns, {@link
 * dev.walbrook.connect.sink.value} turns values into PostgreSQL's text, {@link dev.walbrook.connect.sink.write} reduces
 * the changes to one per key and writes them in one transaction. With {@code apply.mode=transaction} {@link
 * dev.walbrook.connect.sink.transaction} puts the source's transactions together again. {@link
 * dev.walbrook.connect.sink.metrics} counts.
 *
 * <p>Must not depend on the source connector.
 */
@NullMarked
package dev.walbrook.connect.sink;

import org.jspecify.annotations.NullMarked;
