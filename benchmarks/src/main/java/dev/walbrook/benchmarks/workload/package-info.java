/**
 * The data and the questions: which tables, which changes, and what is asked of the contenders.
 */
@NullMarked
package dev.walbrook.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
