/**
 * Debezium's JDBC sink and ours side by side: both read the same topics, each writes a database of its own, and the tables
 * are compared, with what is in them.
 *
 * <p>A {@link dev.walbrook.conformance.sink.SinkScenario} says what the topics hold and how the sinks are configured;
 * whatever differs afterwards fails the build unless the scenario declares it, with the reason. The page
 * docs/reference/sink-compatibility.md is written from what the run found.
 *
 * <p>Neither plugin is on the class path: the worker loads both from plugin folders.
 */
@NullMarked
package dev.walbrook.conformance.sink;

import org.jspecify.annotations.NullMarked;
