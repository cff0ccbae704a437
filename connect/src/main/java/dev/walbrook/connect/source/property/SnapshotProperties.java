package dev.walbrook.connect.source.property;

import dev.walbrook.capture.SnapshotMode;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Type;

/** When and how the tables' contents are read. */
public final class SnapshotProperties {

    public static final String SNAPSHOT_MODE = "snapshot.mode";

    private SnapshotProperties() {}

    static void define(Definition definition) {
        definition.group("Snapshot");
        definition.optional(
                SNAPSHOT_MODE,
                Type.STRING,
                "initial",
                CaseInsensitiveValidString.in(Definition.names(SnapshotMode.values())),
                "When to read the tables' contents.");
    }
}
