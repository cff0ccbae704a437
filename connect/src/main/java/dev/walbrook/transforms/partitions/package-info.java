/**
 * Choosing a record's partition by its content.
 *
 * <p>Must not depend on the other transforms.
 */
@NullMarked
package dev.walbrook.transforms.partitions;

import org.jspecify.annotations.NullMarked;
