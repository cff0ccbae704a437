package dev.walbrook.connect.sink.record;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which fields of a topic's rows are written: {@code field.include.list} and {@code field.exclude.list}, each a list of
 * {@code field} or {@code topic:field}. The key's are always written.
 *
 * @param included those that are written; empty for all
 * @param excluded those that are not
 */
public record FieldFilter(Set<String> included, Set<String> excluded) {

    /** Writes everything. */
    public static final FieldFilter ALL = new FieldFilter(Set.of(), Set.of());

    public static FieldFilter of(List<String> included, List<String> excluded) {
        return new FieldFilter(Set.copyOf(new HashSet<>(included)), Set.copyOf(new HashSet<>(excluded)));
    }

    boolean writes(String topic, String field) {
        String qualified = topic + ':' + field;
        if (!included.isEmpty()) {
            return included.contains(field) || included.contains(qualified);
        }
        return !excluded.contains(field) && !excluded.contains(qualified);
    }

    boolean isForAll() {
        return included.isEmpty() && excluded.isEmpty();
    }
}
