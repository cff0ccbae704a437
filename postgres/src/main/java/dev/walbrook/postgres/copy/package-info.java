/**
 * Rows of {@code COPY}, as PostgreSQL sends and takes them.
 *
 * <p>A row read here is a tuple like those of a change, so that a snapshot's values take the same way as streamed ones.
 * Knows bytes only: no connection, no catalog.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>
 */
@NullMarked
package dev.walbrook.postgres.copy;

import org.jspecify.annotations.NullMarked;
