/**
 * Real servers and repeatable randomness for the tests of every module.
 *
 * <p>One PostgreSQL server, one broker and one Connect worker are shared by all tests of a JVM, started when first
 * asked for and stopped with the JVM; each test takes a database, topics and connectors of its own. Tests that kill
 * or restart take a server of their own.
 *
 * <p>It knows nothing of Walbrook's own classes but the {@code local} module, so that it can test every other.
 */
@NullMarked
package dev.walbrook.testkit;

import org.jspecify.annotations.NullMarked;
