/**
 * The logical replication message formats of PostgreSQL's {@code pgoutput} plugin: bytes in, messages out.
 *
 * <p>Each record here is one message of the protocol page and is named as the page names it. The decoder is pure: it
 * queries no catalog, logs nothing and knows no connection, so that what a byte sequence means never depends on when it
 * is read.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">Logical Replication
 *     Message Formats</a>
 */
@NullMarked
package dev.walbrook.postgres.pgoutput;

import org.jspecify.annotations.NullMarked;
