package dev.walbrook.connect.json;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;

/** Kafka's converter and ours, configured alike. */
final class Oracle {

    final Map<String, Object> properties;
    final org.apache.kafka.connect.json.JsonConverter kafka = new org.apache.kafka.connect.json.JsonConverter();
    final JsonConverter ours = new JsonConverter();

    Oracle(Map<String, ?> properties) {
        this.properties = new HashMap<>(properties);
        kafka.configure(properties, false);
        ours.configure(properties, false);
    }

    /** Options of every kind, without a configured schema. */
    static Oracle random(Random random) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("schemas.enable", random.nextInt(3) > 0);
        properties.put("schemas.cache.size", new int[] {-1, 0, 1, 3, 1000}[random.nextInt(5)]);
        properties.put("decimal.format", new String[] {"BASE64", "NUMERIC", "numeric"}[random.nextInt(3)]);
        properties.put("replace.null.with.default", random.nextBoolean());
        return new Oracle(properties);
    }

    /** What a converter made of its input: something, or an exception of a class. */
    record Outcome(Object result, Class<?> failure, String message) {

        static Outcome of(Callable<?> conversion) {
            try {
                return new Outcome(conversion.call(), null, null);
            } catch (Exception e) {
                return new Outcome(null, e.getClass(), e.getMessage());
            }
        }
    }

    Outcome kafkaWrites(Schema schema, Object value) {
        return Outcome.of(() -> kafka.fromConnectData("topic", schema, value));
    }

    Outcome oursWrites(Schema schema, Object value) {
        return Outcome.of(() -> ours.fromConnectData("topic", schema, value));
    }

    Outcome kafkaReads(byte[] json) {
        return Outcome.of(() -> read(kafka.toConnectData("topic", json)));
    }

    Outcome oursReads(byte[] json) {
        return Outcome.of(() -> read(ours.toConnectData("topic", json)));
    }

    private static SchemaAndValue read(SchemaAndValue read) {
        return read;
    }
}
