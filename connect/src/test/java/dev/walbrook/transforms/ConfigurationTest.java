package dev.walbrook.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.outbox.EventRouter;
import dev.walbrook.transforms.partitions.PartitionRouting;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** What the transforms can be told, and what they refuse when they are configured. */
class ConfigurationTest {

    @Test
    void everyTransformIsAPluginWithAVersionAndADescription() throws ReflectiveOperationException {
        List<Class<?>> types = ShippedTransforms.types();

        assertThat(types).hasSize(11);
        for (Class<?> type : types) {
            Transformation<?> transformation =
                    (Transformation<?>) type.getConstructor().newInstance();
            assertThat(((Versioned) transformation).version()).isEqualTo(Version.CURRENT);
            assertThat(transformation.config())
                    .isSameAs(type.getField("CONFIG_DEF").get(null));
            assertThat((String) type.getField("OVERVIEW_DOC").get(null)).endsWith(".");
            for (ConfigDef.ConfigKey key : transformation.config().configKeys().values()) {
                assertThat(key.documentation).as("%s %s", type, key.name).isNotBlank();
            }
            transformation.close();
        }
    }

    @Test
    void refusesWhatCannotBeMeant() {
        refused(
                new ExtractNewRecordState<>(),
                Map.of("delete.tombstone.handling.mode", "none"),
                "rewrite-with-tombstone");
        refused(new ExtractNewRecordState<>(), Map.of("delete.handling.mode", "keep"), "drop, rewrite or none");
        refused(new ExtractNewRecordState<>(), Map.of("add.fields", "a:b:c"), "source.ts_ms:time");
        refused(new ExtractNewRecordState<>(), Map.of("add.headers", "source.a.b"), "source.ts_ms:time");
        refused(new EventRouter<>(), Map.of("table.fields.additional.placement", "type"), "column:placement");
        refused(new EventRouter<>(), Map.of("table.fields.additional.placement", "type:body"), "column:placement");
        refused(new EventRouter<>(), Map.of("route.topic.regex", "("), "is no regular expression");
        refused(new EventRouter<>(), Map.of("table.op.invalid.behavior", "stop"), "[warn, error, fatal]");
        refused(new ToLogicalTopicRouter<>(), Map.of("topic.regex", ".*"), "topic.replacement");
        refused(
                new ToLogicalTopicRouter<>(),
                Map.of("topic.regex", ".*", "topic.replacement", "a", "key.field.regex", "b"),
                "key.field.replacement");
        refused(new PartitionRouting<>(), Map.of("partition.topic.num", "3"), "partition.payload.fields");
        refused(
                new PartitionRouting<>(),
                Map.of("partition.payload.fields", "a,,b", "partition.topic.num", "3"),
                "partition.payload.fields");
        refused(
                new PartitionRouting<>(),
                Map.of("partition.payload.fields", "a", "partition.topic.num", "0"),
                "at least 1");
        refused(new TimezoneConverter<>(), Map.of("converted.timezone", "Europe/Atlantis"), "Europe/London");
        refused(
                new TimezoneConverter<>(),
                Map.of("converted.timezone", "UTC", "include.list", "source:a:b:c"),
                "source:TABLE:FIELD");
        refused(
                new TimezoneConverter<>(),
                Map.of("converted.timezone", "UTC", "include.list", "a:b", "exclude.list", "a:c"),
                "exclude each other");
        refused(new HeaderToValue<>(), Map.of("headers", "a,b", "fields", "a", "operation", "copy"), "as many fields");
    }

    private static void refused(
            Transformation<SourceRecord> transformation, Map<String, String> options, String message) {
        assertThatThrownBy(() -> transformation.configure(options))
                .as("%s %s", transformation, options)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }
}
