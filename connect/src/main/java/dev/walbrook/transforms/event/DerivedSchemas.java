package dev.walbrook.transforms.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * What was derived from schemas, so that it is derived once and the records that follow share one schema object: converters
 * remember schemas too. Bounded; the entry that was used longest ago goes first.
 *
 * <p>For one thread, as a transform is.
 *
 * @param <K> what it was derived from; Connect's schemas remember their hash, so looking one up is cheap
 * @param <V> what was derived
 */
public final class DerivedSchemas<K, V> {

    private final Map<K, V> entries;

    /** @param size how many are kept, at least one */
    public DerivedSchemas(int size) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > size;
            }
        };
    }

    /** What is derived from the key, by the function if it is not known. */
    public V get(K key, Function<K, V> derive) {
        V known = entries.get(key);
        if (known == null) {
            known = derive.apply(key);
            entries.put(key, known);
        }
        return known;
    }

    /** How many are kept now. */
    public int size() {
        return entries.size();
    }

    /** A required struct with name, version, comment and parameters of another, without its fields. */
    public static SchemaBuilder likeStruct(Schema schema) {
        return basics(schema, SchemaBuilder.struct()).name(schema.name());
    }

    /** A struct with another name, otherwise like one, without its fields; optional if that one is. */
    public static SchemaBuilder renamedStruct(Schema schema, String name) {
        SchemaBuilder builder = basics(schema, SchemaBuilder.struct()).name(name);
        return schema.isOptional() ? builder.optional() : builder;
    }

    /** The same schema, optional and without default. */
    public static Schema optional(Schema schema) {
        SchemaBuilder builder =
                switch (schema.type()) {
                    case ARRAY -> SchemaBuilder.array(schema.valueSchema());
                    case MAP -> SchemaBuilder.map(schema.keySchema(), schema.valueSchema());
                    case STRUCT -> {
                        SchemaBuilder struct = SchemaBuilder.struct();
                        schema.fields().forEach(field -> struct.field(field.name(), field.schema()));
                        yield struct;
                    }
                    default -> new SchemaBuilder(schema.type());
                };
        return basics(schema, builder).name(schema.name()).optional().build();
    }

    private static SchemaBuilder basics(Schema schema, SchemaBuilder builder) {
        builder.version(schema.version()).doc(schema.doc());
        if (schema.parameters() != null) {
            builder.parameters(schema.parameters());
        }
        return builder;
    }
}
