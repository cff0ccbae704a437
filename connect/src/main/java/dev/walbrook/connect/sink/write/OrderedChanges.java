package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes as they were made, one after the other: nothing is left out and nothing changes its place, so that foreign keys,
 * unique columns and triggers see what they saw at the source. Neighbours that are alike still go in one statement. Pure.
 */
final class OrderedChanges {

    private final InsertMode mode;
    private final List<List<Step>> runs = new ArrayList<>();
    private final Set<List<@Nullable String>> keys = new HashSet<>();
    private List<Step> run = new ArrayList<>();

    OrderedChanges(InsertMode mode) {
        this.mode = mode;
    }

    void add(TargetChange change) {
        Origin origin = change.origin();
        if (change instanceof TargetChange.Put put) {
            TextRow row = put.row();
            TextRow before = put.before();
            if (row.hasKey()) {
                add(row.key(), put(row, origin));
            } else {
                add(null, before == null ? Step.insert(row, origin) : Step.updateOne(row, before, origin));
            }
        } else if (change instanceof TargetChange.Delete delete) {
            TextRow row = delete.row();
            add(row.hasKey() ? row.key() : null, row.hasKey() ? Step.delete(row, origin) : Step.deleteOne(row, origin));
        } else if (change instanceof TargetChange.Move move) {
            TextRow old = move.oldKey();
            if (old.key().equals(move.newKey().key())) {
                return;
            }
            boolean moves = mode != InsertMode.INSERT && old.columns().keyIsSettable();
            add(null, moves ? Step.move(old, move.newKey(), origin) : Step.delete(old, origin));
        } else {
            add(null, Step.truncate(change.table(), origin));
        }
    }

    private Step put(TextRow row, Origin origin) {
        return switch (mode) {
            case INSERT -> Step.insert(row, origin);
            case UPDATE -> Step.update(row, origin, null);
            case UPSERT ->
                row.isComplete() ? Step.upsert(row, origin) : Step.update(row, origin, Step.insert(row, origin));
        };
    }

    /** @param key the row's, which one statement may touch once only; null where each step is a statement of its own */
    private void add(@Nullable List<@Nullable String> key, Step step) {
        boolean alike = !run.isEmpty() && run.get(0).sql().equals(step.sql());
        if (!alike || (key != null && keys.contains(key))) {
            flush();
        }
        if (key != null) {
            keys.add(key);
        }
        run.add(step);
    }

    private void flush() {
        if (!run.isEmpty()) {
            runs.add(run);
            run = new ArrayList<>();
        }
        keys.clear();
    }

    /** The statements, in the order in which they are to be run: in each list those that may be put together. */
    List<List<Step>> runs() {
        flush();
        return runs;
    }
}
