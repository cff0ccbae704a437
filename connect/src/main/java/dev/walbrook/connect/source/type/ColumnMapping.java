package dev.walbrook.connect.source.type;

import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How one column is represented.
 *
 * @param schema the schema of its field
 * @param decoder the way to its values
 * @param form how a value's text can be handed on without making the value; null if it cannot
 * @param unavailable what stands for an out-of-line value that is not in the WAL; null if the type has no such value
 * @param loss tells which values lose something; null if none does, or if the user did not ask for the source's types
 * @param exact whether a value that cannot be represented at all may travel beside the event as PostgreSQL's text
 * @param ofNull what stands for a null, where even that is hidden; null for a null
 * @param absent what stands for a value that PostgreSQL did not send, in a column that takes no null; null in others
 */
public record ColumnMapping(
        Schema schema,
        ValueDecoder decoder,
        @Nullable TextForm form,
        @Nullable Object unavailable,
        @Nullable LossCheck loss,
        boolean exact,
        @Nullable Object ofNull,
        @Nullable Object absent) {}
