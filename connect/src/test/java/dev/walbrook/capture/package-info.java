/** Test code that sets the fail points of the capture, which only this package may. */
@NullMarked
package dev.walbrook.capture;

import org.jspecify.annotations.NullMarked;
