/**
 * PostgreSQL's text format of values: bytes in, Java values out, and back.
 *
 * <p>Row changes, COPY and arrays all carry values as the types' output functions print them. The classes here read those
 * bytes where they lie, without a string in between, and accept only what the output functions print in sessions with
 * {@code DateStyle} ISO, {@code IntervalStyle} postgres, {@code TimeZone} UTC, {@code extra_float_digits} 1 or more and
 * {@code lc_monetary} C. Anything else is a {@link dev.walbrook.postgres.codec.TextFormatException}: a wrong value is worse
 * than none. The methods are static and keep no state, so any thread may call them.
 *
 * <p>Nothing here knows connections, catalogs, tables or Kafka.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype.html">Data Types</a>
 */
@NullMarked
package dev.walbrook.postgres.codec;

import org.jspecify.annotations.NullMarked;
