/**
 * Looks at a database before anything is captured from it, and says everything that is wrong in one pass, each problem with
 * its cure. Start reading at {@link dev.walbrook.capture.preflight.Preflight}.
 *
 * <p>Only looks: nothing here creates, alters or locks anything, so that a running connector can be looked at as well. The
 * single checks are also what the capture itself asks before it begins. Which property of which connector a finding
 * concerns is not known here.
 */
@NullMarked
package dev.walbrook.capture.preflight;

import org.jspecify.annotations.NullMarked;
