package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.connect.sink.table.TargetTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change in the target's own terms: its table, its columns, its text. */
sealed interface TargetChange {

    TargetTable table();

    Origin origin();

    /** Adds the change to those of its table. */
    void addTo(TableChanges changes);

    /** @param before the whole row it was, where it has no key and is updated; null otherwise */
    record Put(TargetTable table, TextRow row, @Nullable TextRow before, Origin origin) implements TargetChange {
        @Override
        public void addTo(TableChanges changes) {
            changes.put(row, before, origin);
        }
    }

    /** @param row the key, or the whole row where there is none */
    record Delete(TargetTable table, TextRow row, Origin origin) implements TargetChange {
        @Override
        public void addTo(TableChanges changes) {
            changes.delete(row, origin);
        }
    }

    /** The row of the old key has the new one. */
    record Move(TargetTable table, TextRow oldKey, TextRow newKey, Origin origin) implements TargetChange {
        @Override
        public void addTo(TableChanges changes) {
            changes.move(oldKey, newKey, origin);
        }
    }

    /** Every row is gone. */
    record Truncate(TargetTable table, Origin origin) implements TargetChange {
        @Override
        public void addTo(TableChanges changes) {
            changes.truncate(table, origin);
        }
    }

    /** The statements that do what the changes say, table by table. */
    static List<Step> steps(List<TargetChange> changes, InsertMode mode) {
        Map<TableName, TableChanges> byTable = new LinkedHashMap<>();
        for (TargetChange change : changes) {
            change.addTo(byTable.computeIfAbsent(change.table().name(), name -> new TableChanges(mode)));
        }
        List<Step> steps = new ArrayList<>();
        byTable.values().forEach(ofTable -> steps.addAll(ofTable.steps()));
        return steps;
    }
}
