/**
 * The transactional outbox for services: an event is appended in the transaction that changes the data, so either both
 * are committed or neither is, and change data capture carries it to Kafka from PostgreSQL's write-ahead log.
 *
 * <p>It exists because writing to a database and to Kafka one after the other loses or invents events whenever the
 * service dies in between. There is nothing to poll and no thread to run: appending is one SQL statement.
 *
 * <p>It must not depend on anything but the JDK: no framework, no JSON library, no Kafka client, no other part of
 * Walbrook. What it stores is what Debezium's {@code EventRouter} reads, by Debezium's names.
 */
@NullMarked
package dev.walbrook.outbox;

import org.jspecify.annotations.NullMarked;
