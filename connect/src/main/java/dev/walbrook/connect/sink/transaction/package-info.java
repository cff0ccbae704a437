/**
 * Source transactions, put together again from the topics over which they were spread: what a record says of the transaction
 * that it is part of, and which transactions are complete and next in the order of their commits. Pure: no database.
 *
 * <p>Must not know how rows are written.
 */
@NullMarked
package dev.walbrook.connect.sink.transaction;

import org.jspecify.annotations.NullMarked;
