package dev.walbrook.transforms;

import dev.walbrook.connect.Version;
import dev.walbrook.transforms.event.Conversion;
import dev.walbrook.transforms.expression.Expression;
import dev.walbrook.transforms.expression.ExpressionOptions;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** Keeps the records for which a condition holds. */
public class Filter<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    public static final String OVERVIEW_DOC =
            "Keeps the records for which a condition is true and drops the others. The"
                    + " condition is written in a small language that only looks at the record; no scripting engine runs in the"
                    + " worker, because it would let whoever may write a configuration run any code there.";

    private static final String CONDITION = "condition";

    public static final ConfigDef CONFIG_DEF =
            ExpressionOptions.define(CONDITION, "The condition: true keeps the record, false drops it");

    private @Nullable ExpressionOptions options;

    @Override
    public void configure(Map<String, ?> properties) {
        options = ExpressionOptions.parse(CONFIG_DEF, CONDITION, properties);
    }

    @Override
    public @Nullable R apply(R record) {
        return Conversion.of(record, "Filter", this::filter);
    }

    private @Nullable R filter(R record) {
        if (options == null) {
            throw new IllegalStateException("The transform is not configured");
        }
        return switch (options.of(record)) {
            case KEEP -> record;
            case DROP -> null;
            case EVALUATE -> Expression.condition(options.expression(), record) ? record : null;
        };
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
