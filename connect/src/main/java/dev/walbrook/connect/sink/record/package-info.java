/**
 * What a sink record says: which table, which key, which columns hold which values, and which columns the event does not
 * know. Pure: no database, no SQL.
 */
@NullMarked
package dev.walbrook.connect.sink.record;

import org.jspecify.annotations.NullMarked;
