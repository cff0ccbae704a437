/**
 * Runs Debezium's transforms and Walbrook's on the same records and compares what comes out: topic, partition, key, value,
 * schemas, headers and time.
 *
 * <p>Both are known by their names and Connect's interface alone, so every test also proves that a change of package is
 * all that moving takes. What is meant to differ is listed in {@link
 * dev.walbrook.conformance.transforms.TransformDifference}, with a test for each, and nowhere else.
 */
@NullMarked
package dev.walbrook.conformance.transforms;

import org.jspecify.annotations.NullMarked;
