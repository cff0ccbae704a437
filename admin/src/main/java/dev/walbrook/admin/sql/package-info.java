/**
 * Runs SQL scripts written for psql, foremost what {@code pg_dump} writes, through JDBC.
 *
 * <p>It depends on nothing but the driver and {@code database}.
 */
@NullMarked
package dev.walbrook.admin.sql;

import org.jspecify.annotations.NullMarked;
