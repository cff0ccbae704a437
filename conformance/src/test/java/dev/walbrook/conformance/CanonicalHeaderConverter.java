package dev.walbrook.conformance;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.jspecify.annotations.Nullable;

/** Writes headers as {@link CanonicalText}; the worker finds it on its class path. */
public final class CanonicalHeaderConverter implements HeaderConverter {

    @Override
    public void configure(Map<String, ?> configs) {
        // There is nothing to choose.
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public byte @Nullable [] fromConnectHeader(
            String topic, String headerKey, @Nullable Schema schema, @Nullable Object value) {
        return CanonicalText.bytes(schema, value);
    }

    @Override
    public SchemaAndValue toConnectHeader(String topic, String headerKey, byte[] value) {
        throw new UnsupportedOperationException("Canonical text is read by the tests only");
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
