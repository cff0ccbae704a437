package dev.walbrook.connect.source.type;

import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How one column is represented.
 *
 * @param schema the schema of its field
 * @param decoder the way to its values
 * @param unavailable what stands for an out-of-line value that is not in the WAL; null if the type has no such value
 * @param loss tells which values lose something; null if none does, or if the user did not ask for the source's types
 */
public record ColumnMapping(
        Schema schema, ValueDecoder decoder, @Nullable Object unavailable, @Nullable LossCheck loss) {}
