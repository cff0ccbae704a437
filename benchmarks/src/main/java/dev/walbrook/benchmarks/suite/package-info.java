/**
 * The command: which workloads with which contenders, how often, in which order, and what comes of it.
 */
@NullMarked
package dev.walbrook.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
