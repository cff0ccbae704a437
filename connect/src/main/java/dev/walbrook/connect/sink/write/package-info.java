/**
 * From changes to SQL: the net change per key, the statements' text, the transaction, and what a refusal of the database
 * means.
 */
@NullMarked
package dev.walbrook.connect.sink.write;

import org.jspecify.annotations.NullMarked;
