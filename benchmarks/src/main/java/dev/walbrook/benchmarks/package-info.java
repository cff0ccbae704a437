/**
 * Measures how fast Walbrook is beside what people use today. Nothing of it is shipped, and no build runs it.
 *
 * <p>Must not be used by any module.
 */
@NullMarked
package dev.walbrook.benchmarks;

import org.jspecify.annotations.NullMarked;
