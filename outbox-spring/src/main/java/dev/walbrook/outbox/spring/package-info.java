/**
 * The outbox and the inbox in Spring's transactions, set up by Spring Boot.
 *
 * <p>It exists so that a Spring service writes {@code outbox.append(event)} in a {@code @Transactional} method and
 * nothing else. Both use the connection that Spring has bound to the transaction, so they work the same with JDBC, JPA
 * and jOOQ.
 *
 * <p>It depends on the outbox library, Spring and Spring Boot; on Kafka's client, Micrometer and the health endpoint
 * only where the service has them. It starts no thread.
 */
@NullMarked
package dev.walbrook.outbox.spring;

import org.jspecify.annotations.NullMarked;
