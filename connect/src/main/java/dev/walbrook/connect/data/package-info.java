/**
 * Structs that make their values only when somebody asks, and can hand them on as the text they came in. To a transform or a
 * converter they are structs like any other; a converter that knows them need not have a value made at all.
 *
 * <p>Depends on Connect's API alone.
 */
@NullMarked
package dev.walbrook.connect.data;

import org.jspecify.annotations.NullMarked;
