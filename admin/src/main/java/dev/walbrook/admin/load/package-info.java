/**
 * The sample schema and a generator of changes to it.
 *
 * <p>It speaks SQL only and knows nothing of the pipeline that captures the changes.
 */
@NullMarked
package dev.walbrook.admin.load;

import org.jspecify.annotations.NullMarked;
