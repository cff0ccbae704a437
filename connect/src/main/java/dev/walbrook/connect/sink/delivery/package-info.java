/**
 * What makes the sink exactly once: the offsets that the target holds beside the rows, which task may move them, and what
 * becomes of records that cannot be written.
 *
 * <p>Must not know how rows are written.
 */
@NullMarked
package dev.walbrook.connect.sink.delivery;

import org.jspecify.annotations.NullMarked;
