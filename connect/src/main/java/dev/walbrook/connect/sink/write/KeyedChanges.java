package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of rows with a key that need no order among each other: first rows get other keys, in the order in which they came,
 * then there is one net change per key.
 */
final class KeyedChanges {

    /**
     * All tasks lock rows in one order, so that none waits for another in a circle. Shorter texts first: that is the numbers'
     * own order, in which an index is filled best.
     */
    private static final Comparator<List<@Nullable String>> LOCK_ORDER = (one, other) -> {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            String left = Objects.requireNonNullElse(one.get(i), "");
            String right = Objects.requireNonNullElse(other.get(i), "");
            int order = left.length() == right.length()
                    ? left.compareTo(right)
                    : Integer.compare(left.length(), right.length());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    };

    /** The net change of one key. */
    private sealed interface Net {
        /** The row is as given; if the row is incomplete, the rest of it stays what it is. */
        record Put(TextRow row, Origin origin) implements Net {}

        /** The row that is there is deleted, and an incomplete one takes its place. */
        record Replace(TextRow row, Origin origin) implements Net {}

        /** The row is gone. */
        record Delete(TextRow key, Origin origin) implements Net {}
    }

    private final InsertMode mode;
    private final List<Step> moves = new ArrayList<>();
    private final Set<List<List<@Nullable String>>> moved = new HashSet<>();
    private final Map<List<@Nullable String>, Net> byKey = new LinkedHashMap<>();

    /** @param mode upsert or update */
    KeyedChanges(InsertMode mode) {
        this.mode = mode;
    }

    /**
     * A row gets another key.
     *
     * @return false if one of the keys was changed before, so that the move has to come after these changes
     */
    boolean move(TextRow oldKey, TextRow newKey, Origin origin) {
        if (byKey.containsKey(oldKey.key()) || byKey.containsKey(newKey.key())) {
            return false;
        }
        // A delete and its tombstone say the same.
        if (moved.add(List.of(oldKey.key(), newKey.key()))) {
            moves.add(Step.move(oldKey, newKey, origin));
        }
        return true;
    }

    /**
     * A row is as given.
     *
     * @return false if the row was changed before with columns that this change does not have, as before a column was dropped:
     *     those values must be written too, so that this change has to come after it
     */
    boolean put(TextRow row, Origin origin) {
        TextRow earlierRow = row(byKey.get(row.key()));
        if (earlierRow != null && !row.columns().cover(earlierRow.columns())) {
            return false;
        }
        byKey.merge(row.key(), new Net.Put(row, origin), (earlier, now) -> merge(earlier, row, origin));
        return true;
    }

    private static @Nullable TextRow row(@Nullable Net net) {
        if (net instanceof Net.Put put) {
            return put.row();
        }
        return net instanceof Net.Replace replace ? replace.row() : null;
    }

    void delete(TextRow key, Origin origin) {
        byKey.put(key.key(), new Net.Delete(key, origin));
    }

    private Net merge(Net earlier, TextRow row, Origin origin) {
        if (earlier instanceof Net.Delete && mode == InsertMode.UPDATE) {
            // There is no row left that could be updated.
            return earlier;
        }
        if (row.isComplete()) {
            return new Net.Put(row, origin);
        }
        if (earlier instanceof Net.Put put) {
            return new Net.Put(row.completedFrom(put.row()), origin);
        }
        if (earlier instanceof Net.Replace replace) {
            return new Net.Replace(row.completedFrom(replace.row()), origin);
        }
        return new Net.Replace(row, origin);
    }

    /** Adds the statements, in the order in which they are to be run; those with the same text side by side. */
    void addTo(List<Step> steps) {
        steps.addAll(moves);
        // Deletes first: they make room where another column is unique, too.
        List<Map.Entry<List<@Nullable String>, Net>> inLockOrder = new ArrayList<>(byKey.entrySet());
        inLockOrder.sort(Map.Entry.comparingByKey(LOCK_ORDER));
        for (var entry : inLockOrder) {
            Net net = entry.getValue();
            if (net instanceof Net.Delete delete) {
                steps.add(Step.delete(delete.key(), delete.origin()));
            } else if (net instanceof Net.Replace replace) {
                steps.add(Step.delete(replace.row(), replace.origin()));
            }
        }
        Map<String, List<Step>> puts = new LinkedHashMap<>();
        for (var entry : inLockOrder) {
            Net net = entry.getValue();
            if (net instanceof Net.Put put) {
                Step step = step(put);
                puts.computeIfAbsent(step.sql(), sql -> new ArrayList<>()).add(step);
            } else if (net instanceof Net.Replace replace) {
                Step step = Step.insert(replace.row(), replace.origin());
                puts.computeIfAbsent(step.sql(), sql -> new ArrayList<>()).add(step);
            }
        }
        puts.values().forEach(steps::addAll);
    }

    private Step step(Net.Put put) {
        TextRow row = put.row();
        Origin origin = put.origin();
        if (mode == InsertMode.UPDATE) {
            return Step.update(row, origin, null);
        }
        // An upsert would have to name a value even for columns that may not be null.
        return row.isComplete() ? Step.upsert(row, origin) : Step.update(row, origin, Step.insert(row, origin));
    }
}
