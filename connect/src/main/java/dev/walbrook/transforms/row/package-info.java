/**
 * How a row is taken out of a change event: what becomes of deletes, which fields are added and which are dropped.
 *
 * <p>Made for {@link dev.walbrook.transforms.ExtractNewRecordState}; must not depend on any transform.
 */
@NullMarked
package dev.walbrook.transforms.row;

import org.jspecify.annotations.NullMarked;
