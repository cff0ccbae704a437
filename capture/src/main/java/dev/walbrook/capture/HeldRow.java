package dev.walbrook.capture;

import org.jspecify.annotations.Nullable;

/**
 * The last row of the table that was read last: it is held back, because it may turn out to be the last of the whole snapshot,
 * and its marker is what completes the snapshot. Thread safe.
 */
final class HeldRow {

    private @Nullable RowChange row;

    /**
     * Holds this row instead of the one before.
     *
     * @param next null to hold none
     * @return the one before, to be handed over before any later row; null if none was held
     */
    synchronized @Nullable RowChange exchange(@Nullable RowChange next) {
        RowChange before = row;
        row = next;
        return before;
    }
}
