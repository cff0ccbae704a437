/** {@code walbrook tail}: how change events look on a terminal and as JSON. Reading them is {@code admin.events}. */
@NullMarked
package dev.walbrook.cli.tail;

import org.jspecify.annotations.NullMarked;
