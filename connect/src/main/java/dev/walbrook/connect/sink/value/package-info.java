/**
 * Connect's values as the text that the input function of a PostgreSQL type reads. Pure: no database.
 *
 * <p>Text rather than driver types, because a type's own input function takes every value the type's output function
 * writes: what the source held is what the target gets, for every type, those of extensions included.
 */
@NullMarked
package dev.walbrook.connect.sink.value;

import org.jspecify.annotations.NullMarked;
