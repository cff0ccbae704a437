/**
 * What the transforms share: the envelope's names, reading options, derived schemas, and the one way a record is refused.
 *
 * <p>Must not depend on any transform.
 */
@NullMarked
package dev.walbrook.transforms.event;

import org.jspecify.annotations.NullMarked;
