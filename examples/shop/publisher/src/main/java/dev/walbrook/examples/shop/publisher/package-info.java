/**
 * A service that takes orders and payments over HTTP and publishes an event of each: the row and its event are one
 * transaction.
 *
 * <p>It exists as an example of a service on the outbox library. It knows nothing of Kafka, and must not: the pipeline
 * carries the events there.
 */
@NullMarked
package dev.walbrook.examples.shop.publisher;

import org.jspecify.annotations.NullMarked;
