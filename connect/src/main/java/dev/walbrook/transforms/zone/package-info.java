/**
 * Which times are converted to another zone, and how.
 *
 * <p>Made for {@link dev.walbrook.transforms.TimezoneConverter}; must not depend on any transform.
 */
@NullMarked
package dev.walbrook.transforms.zone;

import org.jspecify.annotations.NullMarked;
