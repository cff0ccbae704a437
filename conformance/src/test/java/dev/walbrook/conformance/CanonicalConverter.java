package dev.walbrook.conformance;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/** Writes keys and values as {@link CanonicalText}; the worker finds it on its class path. */
public final class CanonicalConverter implements Converter {

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        // There is nothing to choose.
    }

    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        return CanonicalText.bytes(schema, value);
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        throw new UnsupportedOperationException("Canonical text is read by the tests only");
    }
}
