/**
 * The source connector: turns what {@code capture} reads into Connect records with Debezium's topics, keys, envelopes and
 * offsets.
 *
 * <p>Start reading at {@link dev.walbrook.connect.source.PostgresSourceTask}.
 */
@NullMarked
package dev.walbrook.connect.source;

import org.jspecify.annotations.NullMarked;
