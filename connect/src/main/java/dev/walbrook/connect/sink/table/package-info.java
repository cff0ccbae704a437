/** The target's tables: what the catalog says of them, and the DDL that creates and widens them. */
@NullMarked
package dev.walbrook.connect.sink.table;

import org.jspecify.annotations.NullMarked;
