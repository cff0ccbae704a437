package dev.walbrook.connect.source.property;

import dev.walbrook.capture.SnapshotMode;

/** When and how the tables' contents are read. */
public final class SnapshotProperties {

    public static final String SNAPSHOT_MODE = "snapshot.mode";

    private SnapshotProperties() {}

    static void define(Definition definition) {
        definition.group("Snapshot");
        definition.choice(
                SNAPSHOT_MODE,
                "initial",
                Definition.names(SnapshotMode.values()),
                "When to read the tables' contents: initial (at the first start), initial_only (and then stop), always"
                        + " (at every start), no_data (never), when_needed (and again when the slot has lost WAL).");
    }
}
