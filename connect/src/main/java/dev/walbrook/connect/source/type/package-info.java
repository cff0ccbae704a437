/**
 * How each PostgreSQL type is represented in Connect: its schema, and the way from PostgreSQL's text to the value.
 *
 * <p>Everything that depends on the column is decided once per table, in {@link
 * dev.walbrook.connect.source.type.ColumnMappings}; per value only a {@link
 * dev.walbrook.connect.source.type.ValueDecoder} runs.
 */
@NullMarked
package dev.walbrook.connect.source.type;

import org.jspecify.annotations.NullMarked;
