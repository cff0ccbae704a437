/**
 * A whole pipeline on one machine with nothing installed: PostgreSQL servers, a Kafka broker, a Kafka Connect worker.
 *
 * <p>It exists for laptops and for tests. Everything binds to the loopback address, keeps its data in a directory
 * that the caller names, and continues from that directory after any kind of death.
 *
 * <p>It depends on no other part of Walbrook, and the connectors must not be on its class path: the worker loads them
 * from a plugin folder, as in production.
 */
@NullMarked
package dev.walbrook.local;

import org.jspecify.annotations.NullMarked;
