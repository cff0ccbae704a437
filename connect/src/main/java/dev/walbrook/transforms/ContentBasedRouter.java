package dev.walbrook.transforms;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.event.UnconvertibleException;
import dev.walbrook.transforms.expression.ExpressionOptions;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** Chooses a record's topic by its content. */
public class ContentBasedRouter<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    public static final String OVERVIEW_DOC =
            "Sends each record to the topic that an expression names; null leaves it where"
                    + " it is. The expression is written in a small language that only looks at the record; no scripting engine"
                    + " runs in the worker, because it would let whoever may write a configuration run any code there.";

    private static final String TOPIC = "topic.expression";

    public static final ConfigDef CONFIG_DEF = ExpressionOptions.define(
            TOPIC, "The topic, such as value.op == 'd' ? 'deleted.' + topic : null; null leaves the topic as it is");

    private @Nullable ExpressionOptions options;

    @Override
    public void configure(Map<String, ?> properties) {
        options = ExpressionOptions.parse(CONFIG_DEF, TOPIC, properties);
    }

    @Override
    public @Nullable R apply(R record) {
        return Conversion.of(record, "ContentBasedRouter", this::route);
    }

    private @Nullable R route(R record) {
        if (options == null) {
            throw new IllegalStateException("The transform is not configured");
        }
        return switch (options.of(record)) {
            case KEEP -> record;
            case DROP -> null;
            case EVALUATE -> routed(record, options.expression().evaluate(record));
        };
    }

    private R routed(R record, @Nullable Object topic) {
        if (topic == null) {
            return record;
        }
        if (!(topic instanceof String name) || name.isBlank()) {
            throw new UnconvertibleException(
                    "topic.expression names no topic for it: its result is no text, or an empty one",
                    "Let the expression result in a text, or in null for records that stay.");
        }
        return record.newRecord(
                name,
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp());
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public String version() {
        return Version.CURRENT;
    }
}
