package dev.walbrook.conformance.transforms;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Records as the PostgreSQL connectors make them. */
@SuppressWarnings("JavaUtilDate") // It is what Connect's Timestamp is made of.
final class Events {

    static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .version(1)
            .field("version", Schema.STRING_SCHEMA)
            .field("connector", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field(
                    "snapshot",
                    SchemaBuilder.string()
                            .name("io.debezium.data.Enum")
                            .version(1)
                            .parameter("allowed", "true,first,first_in_data_collection,last,false,incremental")
                            .optional()
                            .defaultValue("false")
                            .build())
            .field("db", Schema.STRING_SCHEMA)
            .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("xmin", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    static final Schema TRANSACTION = SchemaBuilder.struct()
            .name("event.block")
            .version(1)
            .field("id", Schema.STRING_SCHEMA)
            .field("total_order", Schema.INT64_SCHEMA)
            .field("data_collection_order", Schema.INT64_SCHEMA)
            .optional()
            .build();

    private Events() {}

    static SchemaBuilder row(String topic) {
        return SchemaBuilder.struct().name(topic + ".Value").optional();
    }

    static Schema envelope(String topic, Schema row) {
        return SchemaBuilder.struct()
                .name(topic + ".Envelope")
                .version(2)
                .field("before", row)
                .field("after", row)
                .field("source", SOURCE)
                .field("transaction", TRANSACTION)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
    }

    static Struct source(String table) {
        return new Struct(SOURCE)
                .put("version", "3.7.0.Final")
                .put("connector", "postgresql")
                .put("name", "shop")
                .put("ts_ms", 1_711_846_801_123L)
                .put("snapshot", null)
                .put("db", "shop")
                .put("sequence", "[null,\"24023128\"]")
                .put("ts_us", 1_711_846_801_123_456L)
                .put("ts_ns", 1_711_846_801_123_456_000L)
                .put("schema", "public")
                .put("table", table)
                .put("txId", 555L)
                .put("lsn", 24_023_128L);
    }

    static SourceRecord event(
            String topic,
            Schema row,
            @Nullable Schema keySchema,
            String operation,
            @Nullable Struct before,
            @Nullable Struct after) {
        Schema envelope = envelope(topic, row);
        Struct value = new Struct(envelope)
                .put("before", before)
                .put("after", after)
                .put("source", source(topic.substring(topic.lastIndexOf('.') + 1)))
                .put("op", operation)
                .put("ts_ms", 1_711_846_801_500L)
                .put("ts_us", 1_711_846_801_500_001L)
                .put("ts_ns", 1_711_846_801_500_001_002L);
        if (operation.equals("u") || operation.equals("d")) {
            value.put(
                    "transaction",
                    new Struct(TRANSACTION)
                            .put("id", "555:24023128")
                            .put("total_order", 1L)
                            .put("data_collection_order", 2L));
        }
        Struct image = after != null ? after : before;
        Struct key = keySchema == null || image == null
                ? null
                : new Struct(keySchema).put("id", image.get("id")).put("region", image.get("region"));
        return record(topic, key == null ? null : keySchema, key, envelope, value);
    }

    static SourceRecord record(
            String topic,
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Schema valueSchema,
            @Nullable Object value) {
        SourceRecord record = new SourceRecord(
                Map.of("server", "shop"),
                Map.of("lsn", 24_023_128L, "txId", 555L),
                topic,
                null,
                keySchema,
                key,
                valueSchema,
                value,
                1_711_846_802_000L);
        record.headers().addString("__debezium.context.task", "0");
        return record;
    }

    static Schema key(String topic) {
        return SchemaBuilder.struct()
                .name(topic + ".Key")
                .field("id", Schema.INT64_SCHEMA)
                .field("region", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
    }

    /** A table with a column of each kind that matters to transforms. */
    static Schema orders(String topic) {
        return row(topic)
                .field("id", Schema.INT64_SCHEMA)
                .field("region", Schema.OPTIONAL_STRING_SCHEMA)
                .field("topic_name", Schema.OPTIONAL_STRING_SCHEMA)
                .field("amount", Decimal.builder(2).optional().build())
                .field(
                        "paid",
                        SchemaBuilder.bool().optional().defaultValue(true).build())
                .field("state", SchemaBuilder.string().defaultValue("new").build())
                .field(
                        "note",
                        SchemaBuilder.string()
                                .optional()
                                .defaultValue("nothing")
                                .doc("a comment")
                                .parameter("__debezium.source.column.type", "TEXT")
                                .build())
                .field("created", semantic(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"))
                .field("shipped", semantic(SchemaBuilder.int64(), "io.debezium.time.Timestamp"))
                .field("exact", semantic(SchemaBuilder.int64(), "io.debezium.time.NanoTimestamp"))
                .field("seen", semantic(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"))
                .field("daily", semantic(SchemaBuilder.string(), "io.debezium.time.ZonedTime"))
                .field("day", semantic(SchemaBuilder.int32(), "io.debezium.time.Date"))
                .field("connect_time", Timestamp.builder().optional().build())
                .field("photo", Schema.OPTIONAL_BYTES_SCHEMA)
                .field(
                        "tags",
                        SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                                .optional()
                                .build())
                .field("doc", semantic(SchemaBuilder.string(), "io.debezium.data.Json"))
                .build();
    }

    private static Schema semantic(SchemaBuilder builder, String name) {
        return builder.name(name).version(1).optional().build();
    }

    static Struct order(Schema row, long id) {
        return new Struct(row)
                .put("id", id)
                .put("region", id % 2 == 0 ? "north" : null)
                .put("topic_name", id % 3 == 0 ? null : "routed.orders" + id % 3)
                .put("amount", new BigDecimal("12.50").add(BigDecimal.valueOf(id)))
                .put("paid", id % 2 == 0 ? (Boolean) false : null)
                .put("state", "paid")
                .put("note", id % 2 == 0 ? null : "note " + id)
                .put("created", 1_711_846_801_123_456L + id * 86_400_000_000L * 61)
                .put("shipped", 1_711_846_801_123L + id * 86_400_000L * 61)
                .put("exact", -1_711_846_801_123_456_789L + id)
                .put("seen", "2024-0" + (1 + id % 9) + "-15T12:30:15.123456Z")
                .put("daily", "12:30:15Z")
                .put("day", 19_000)
                .put("connect_time", new Date(1_711_846_801_123L))
                .put("photo", id % 2 == 0 ? ByteBuffer.wrap(new byte[] {1, 2, (byte) id}) : null)
                .put("tags", List.of("a", "b" + id))
                .put("doc", "{\"a\": " + id + "}");
    }

    /** One record of every kind, of a table. */
    static List<SourceRecord> everyKind(String topic) {
        Schema row = orders(topic);
        Schema key = key(topic);
        List<SourceRecord> records = new ArrayList<>(List.of(
                event(topic, row, key, "r", null, order(row, 1)),
                event(topic, row, key, "c", null, order(row, 2)),
                event(topic, row, key, "u", order(row, 2), order(row, 3).put("id", 2L)),
                event(topic, row, key, "u", null, order(row, 4)),
                event(topic, row, key, "d", order(row, 2), null),
                tombstone(topic, key, 2),
                event(topic, row, null, "c", null, order(row, 5)),
                event(topic, row, key, "t", null, null)));
        records.addAll(others());
        return records;
    }

    static SourceRecord tombstone(String topic, Schema key, long id) {
        return record(topic, key, new Struct(key).put("id", id), null, null);
    }

    /** Records that are no change events: message, heartbeat, transaction boundaries, without schema. */
    static List<SourceRecord> others() {
        Schema messageKey = SchemaBuilder.struct()
                .name("io.debezium.connector.postgresql.MessageKey")
                .version(1)
                .field("prefix", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Schema heartbeat = SchemaBuilder.struct()
                .name("io.debezium.connector.common.Heartbeat")
                .version(1)
                .field("ts_ms", Schema.INT64_SCHEMA)
                .build();
        Schema heartbeatKey = SchemaBuilder.struct()
                .name("io.debezium.connector.common.ServerNameKey")
                .version(1)
                .field("serverName", Schema.STRING_SCHEMA)
                .build();
        Schema boundary = SchemaBuilder.struct()
                .name("io.debezium.connector.common.TransactionMetadataValue")
                .version(1)
                .field("status", Schema.STRING_SCHEMA)
                .field("id", Schema.STRING_SCHEMA)
                .field("event_count", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_ms", Schema.INT64_SCHEMA)
                .build();
        return List.of(
                message("{\"id\": \"1\"}"),
                record("shop.message", messageKey, new Struct(messageKey).put("prefix", "p"), null, null),
                record(
                        "__debezium-heartbeat.shop",
                        heartbeatKey,
                        new Struct(heartbeatKey).put("serverName", "shop"),
                        heartbeat,
                        new Struct(heartbeat).put("ts_ms", 1_711_846_801_500L)),
                record(
                        "shop.transaction",
                        Schema.STRING_SCHEMA,
                        "555",
                        boundary,
                        new Struct(boundary)
                                .put("status", "BEGIN")
                                .put("id", "555:24023128")
                                .put("ts_ms", 1_711_846_801_500L)),
                record(
                        "shop.public.orders",
                        null,
                        Map.of("id", 1L),
                        null,
                        Map.of("op", "c", "after", Map.of("id", 1L), "source", Map.of("table", "orders"))));
    }

    /** A logical message. */
    static SourceRecord message(String content) {
        Schema block = SchemaBuilder.struct()
                .name("io.debezium.connector.postgresql.Message")
                .version(1)
                .field("prefix", Schema.OPTIONAL_STRING_SCHEMA)
                .field("content", Schema.OPTIONAL_BYTES_SCHEMA)
                .build();
        Schema schema = SchemaBuilder.struct()
                .name("io.debezium.connector.postgresql.MessageValue")
                .version(1)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .field("source", SOURCE)
                .field("message", block)
                .build();
        Schema key = SchemaBuilder.struct()
                .name("io.debezium.connector.postgresql.MessageKey")
                .version(1)
                .field("prefix", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        return record(
                "shop.message",
                key,
                new Struct(key).put("prefix", "outbox"),
                schema,
                new Struct(schema)
                        .put("op", "m")
                        .put("ts_ms", 1_711_846_801_500L)
                        .put("source", source(""))
                        .put(
                                "message",
                                new Struct(block)
                                        .put("prefix", "outbox")
                                        .put("content", content.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }
}
