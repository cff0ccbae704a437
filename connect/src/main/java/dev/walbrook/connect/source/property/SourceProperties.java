package dev.walbrook.connect.source.property;

import org.apache.kafka.common.config.ConfigDef;

/** The source connector's properties: Debezium's names, with Debezium's defaults except where a property says otherwise. */
public final class SourceProperties {

    /** All of them, in groups. */
    public static final ConfigDef CONFIG_DEF = define();

    private SourceProperties() {}

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
