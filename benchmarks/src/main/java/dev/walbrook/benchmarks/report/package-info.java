/**
 * What people and programs read afterwards: tables, plots and JSON.
 *
 * <p>Must not measure anything but the machine it runs on.
 */
@NullMarked
package dev.walbrook.benchmarks.report;

import org.jspecify.annotations.NullMarked;
