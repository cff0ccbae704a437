/**
 * Connections of the administration to PostgreSQL, with failures in the operator's words.
 *
 * <p>It must not know what the connections are used for.
 */
@NullMarked
package dev.walbrook.admin.database;

import org.jspecify.annotations.NullMarked;
