package dev.walbrook.connect.source.property;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** The source connector's properties: Debezium's names, with Debezium's defaults except where a property says otherwise. */
public final class SourceProperties {

    /** All of them, in groups. */
    public static final ConfigDef CONFIG_DEF = define();

    /** Those whose names are not fixed, which a {@link ConfigDef} cannot hold. */
    public static final List<RepresentationProperties.Family> FAMILIES = families();

    private SourceProperties() {}

    private static List<RepresentationProperties.Family> families() {
        List<RepresentationProperties.Family> families = new ArrayList<>(RepresentationProperties.FAMILIES);
        families.add(new RepresentationProperties.Family(
                SnapshotProperties.OVERRIDE_PREFIX + "<schema>.<table>",
                "The whole SELECT statement that reads the table in a snapshot; the table must be listed in "
                        + SnapshotProperties.OVERRIDES + "."));
        families.add(new RepresentationProperties.Family(
                SnapshotProperties.MULTIPLIER_PREFIX + "<schema>.<table>",
                SnapshotProperties.THREADS_MULTIPLIER + " for one table."));
        families.add(new RepresentationProperties.Family(
                "driver.<name>", "Goes to pgjdbc as the connection property of that name, such as socketTimeout."));
        families.add(new RepresentationProperties.Family(
                "database.<name>",
                "The same, if it is none of the properties above; driver.<name> leaves less to guess."));
        return List.copyOf(families);
    }

    private static ConfigDef define() {
        Definition definition = new Definition();
        ConnectionProperties.define(definition);
        ReplicationProperties.define(definition);
        PositionProperties.define(definition);
        FilterProperties.define(definition);
        SnapshotProperties.define(definition);
        RepresentationProperties.define(definition);
        TopicProperties.define(definition);
        RuntimeProperties.define(definition);
        RefusedProperties.define(definition);
        return definition.build();
    }
}
