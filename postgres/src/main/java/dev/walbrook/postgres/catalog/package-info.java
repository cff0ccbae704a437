/** What the system catalog says of tables, columns, types and keys at the moment it is asked. */
@NullMarked
package dev.walbrook.postgres.catalog;

import org.jspecify.annotations.NullMarked;
