package dev.walbrook.connect.sink.write;

import java.util.ArrayList;
import java.util.List;

/** Decides in what order changes are made, as {@code apply.mode} wants it. Pure. */
final class Steps {

    private Steps() {}

    /**
     * The statements that do what the changes say, in the order in which they are to be run.
     *
     * @param changes in the order in which the source made them
     * @param strictly whether the order matters even for tables that seem to have nothing to do with others
     * @return in each list those that may be put together
     */
    static List<List<Step>> of(List<TargetChange> changes, InsertMode mode, ApplyMode order, boolean strictly) {
        if (order == ApplyMode.TABLE) {
            return List.of(TargetChange.steps(changes, mode));
        }
        OrderedChanges ordered = new OrderedChanges(mode);
        List<TargetChange> free = new ArrayList<>();
        for (TargetChange change : changes) {
            // Nobody sees the inside of the transaction: what no constraint and no trigger looks at may be reduced.
            if (strictly || !change.table().standsAlone()) {
                ordered.add(change);
            } else {
                free.add(change);
            }
        }
        List<List<Step>> runs = new ArrayList<>(ordered.runs());
        if (!free.isEmpty()) {
            runs.add(TargetChange.steps(free, mode));
        }
        return runs;
    }
}
