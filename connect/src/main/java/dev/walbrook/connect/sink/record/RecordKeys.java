package dev.walbrook.connect.sink.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Finds what identifies a record's row beside its value, as {@code primary.key.mode} says. For one task's thread. */
final class RecordKeys {

    /** The columns for a record's place in Kafka, where the configuration names no others. */
    private static final List<String> KAFKA = List.of("__connect_topic", "__connect_partition", "__connect_offset");

    private static final int MAX_SCHEMAS = 1_000;

    private final PrimaryKeyMode mode;
    private final List<String> fields;
    private final Schema kafka;
    private final Map<List<Object>, Schema> headers = new HashMap<>();

    /** @param fields the configured names: of the columns for the place in Kafka, or of headers */
    RecordKeys(PrimaryKeyMode mode, List<String> fields) {
        this.mode = mode;
        this.fields = fields;
        List<String> names = fields.isEmpty() ? KAFKA : fields;
        this.kafka = mode != PrimaryKeyMode.KAFKA
                ? SchemaBuilder.struct().build()
                : SchemaBuilder.struct()
                        .field(names.get(0), Schema.STRING_SCHEMA)
                        .field(names.get(1), Schema.INT32_SCHEMA)
                        .field(names.get(2), Schema.INT64_SCHEMA)
                        .build();
    }

    /**
     * The key.
     *
     * @return null if the record has none
     */
    @Nullable
    Object of(SinkRecord record, Origin origin) {
        return switch (mode) {
            case NONE, RECORD_VALUE -> null;
            case RECORD_KEY -> record.key();
            case KAFKA ->
                new Struct(kafka)
                        .put(kafka.fields().get(0), origin.topic())
                        .put(kafka.fields().get(1), origin.partition())
                        .put(kafka.fields().get(2), origin.offset());
            case RECORD_HEADER -> ofHeaders(record, origin);
        };
    }

    private Struct ofHeaders(SinkRecord record, Origin origin) {
        Map<String, Header> found = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            if (fields.isEmpty() ? !header.key().startsWith("__") : fields.contains(header.key())) {
                found.put(header.key(), header);
            }
        }
        for (String name : fields.isEmpty() ? List.of("") : fields) {
            Header header = found.get(name);
            if (name.isEmpty() ? found.isEmpty() : header == null) {
                throw RecordReader.unusable(
                        origin,
                        name.isEmpty()
                                ? "it has no header that could be its key"
                                : "it has no header '" + name + "', which primary.key.fields names");
            }
        }
        List<Object> described = new ArrayList<>();
        for (Header header : found.values()) {
            if (header.schema() == null) {
                throw RecordReader.unusable(
                        origin,
                        "its header '" + header.key() + "' has no schema; use a header.converter that carries one");
            }
            described.add(header.key());
            described.add(header.schema());
        }
        if (headers.size() > MAX_SCHEMAS) {
            headers.clear();
        }
        Struct key = new Struct(headers.computeIfAbsent(described, any -> {
            SchemaBuilder builder = SchemaBuilder.struct();
            found.values().forEach(header -> builder.field(header.key(), header.schema()));
            return builder.build();
        }));
        found.values().forEach(header -> key.put(header.key(), header.value()));
        return key;
    }
}
