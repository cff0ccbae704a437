package dev.walbrook.connect.sink.record;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A row of values as Connect holds them.
 *
 * @param shape its columns
 * @param values the values in the order of the columns
 * @param unavailable the columns whose value the event does not know, because the update did not touch it
 */
public record Row(RowShape shape, @Nullable Object[] values, BitSet unavailable) {}
