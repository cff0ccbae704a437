package dev.walbrook.connect.sink.record;

import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of values as Connect holds them.
 *
 * @param shape its columns
 * @param values the values in the order of the columns
 * @param unavailable the columns whose value the event does not know, because the update did not touch it
 * @param exact PostgreSQL's text of values that are not exact, by the names of their columns; the key has none
 */
public record Row(RowShape shape, @Nullable Object[] values, BitSet unavailable, Map<String, String> exact) {}
