package dev.walbrook.connect.header;

import dev.walbrook.connect.Version;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.jspecify.annotations.Nullable;

/**
 * Converts headers as Kafka's {@link org.apache.kafka.connect.storage.SimpleHeaderConverter} does, by asking it for what is not
 * remembered ({@link RememberedHeaders}).
 *
 * <p>It has no configuration. Safe for any number of threads.
 */
public final class SimpleHeaderConverter implements HeaderConverter {

    private final HeaderConverter kafkas = new org.apache.kafka.connect.storage.SimpleHeaderConverter();
    private final RememberedHeaders headers = new RememberedHeaders(kafkas::toConnectHeader, kafkas::fromConnectHeader);

    /** Ready to be used. */
    public SimpleHeaderConverter() {}

    @Override
    public String version() {
        return Version.CURRENT;
    }

    @Override
    public ConfigDef config() {
        return kafkas.config();
    }

    @Override
    public void configure(Map<String, ?> properties) {
        kafkas.configure(properties);
    }

    @Override
    public @Nullable SchemaAndValue toConnectHeader(String topic, String headerKey, byte @Nullable [] value) {
        return headers.read(topic, headerKey, value);
    }

    @Override
    public byte @Nullable [] fromConnectHeader(
            String topic, String headerKey, @Nullable Schema schema, @Nullable Object value) {
        return headers.write(topic, headerKey, schema, value);
    }

    @Override
    public void close() throws IOException {
        kafkas.close();
    }
}
