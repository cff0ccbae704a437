/**
 * What is measured and how: processor time and memory of processes, records that arrived, and the sums that show that all
 * contenders delivered the same.
 *
 * <p>Must not know the contenders or the workloads.
 */
@NullMarked
package dev.walbrook.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
