package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.table.TargetTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a batch does to one table, reduced to one change per key; and the statements that do it. Pure.
 *
 * <p>Rows with a key have no order among each other, except that a change of a key comes after what was done to both keys
 * before, and before what is done to them later. Rows without a key, and the plain inserts of {@code insert.mode=insert},
 * keep the order in which they came.
 */
final class TableChanges {

    private final InsertMode mode;
    private final List<Step> ordered = new ArrayList<>();
    private final List<KeyedChanges> keyed = new ArrayList<>();
    private @Nullable Step truncate;

    TableChanges(InsertMode mode) {
        this.mode = mode;
        keyed.add(new KeyedChanges(mode));
    }

    /** Every row goes, those of this batch so far included. */
    void truncate(TargetTable table, Origin origin) {
        ordered.clear();
        keyed.clear();
        keyed.add(new KeyedChanges(mode));
        truncate = Step.truncate(table, origin);
    }

    /**
     * A row is as given.
     *
     * @param before the whole row it was, where it has no key and is updated; null otherwise
     */
    void put(TextRow row, @Nullable TextRow before, Origin origin) {
        if (!row.hasKey()) {
            ordered.add(before == null ? Step.insert(row, origin) : Step.updateOne(row, before, origin));
        } else if (mode == InsertMode.INSERT) {
            ordered.add(Step.insert(row, origin));
        } else {
            if (!latest().put(row, origin)) {
                keyed.add(new KeyedChanges(mode));
                latest().put(row, origin);
            }
        }
    }

    /** @param row the key, or the whole row where there is none */
    void delete(TextRow row, Origin origin) {
        if (!row.hasKey()) {
            ordered.add(Step.deleteOne(row, origin));
        } else if (mode == InsertMode.INSERT) {
            ordered.add(Step.delete(row, origin));
        } else {
            latest().delete(row, origin);
        }
    }

    /** A row gets another key; where the table does not allow that, it is deleted, and its next change inserts it. */
    void move(TextRow oldKey, TextRow newKey, Origin origin) {
        if (oldKey.key().equals(newKey.key())) {
            // What has changed is not part of what the configuration calls the key.
            return;
        }
        if (mode == InsertMode.INSERT || !oldKey.columns().keyIsSettable()) {
            delete(oldKey, origin);
        } else if (!latest().move(oldKey, newKey, origin)) {
            keyed.add(new KeyedChanges(mode));
            latest().move(oldKey, newKey, origin);
        }
    }

    private KeyedChanges latest() {
        return keyed.get(keyed.size() - 1);
    }

    /** The statements, in the order in which they are to be run; those with the same text side by side. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        if (truncate != null) {
            steps.add(truncate);
        }
        keyed.forEach(changes -> changes.addTo(steps));
        steps.addAll(ordered);
        return steps;
    }
}
