/**
 * Measures how fast Walbrook is beside what people use today. Nothing of it is shipped; a build only runs it with
 * next to no data, to see that it works.
 *
 * <p>Must not be used by any module.
 */
@NullMarked
package dev.walbrook.benchmarks;

import org.jspecify.annotations.NullMarked;
