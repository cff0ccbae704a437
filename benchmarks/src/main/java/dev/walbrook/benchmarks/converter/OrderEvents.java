package dev.walbrook.benchmarks.converter;

import java.math.BigDecimal;
import java.util.Random;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Change events as Debezium's PostgreSQL connector and ours make them, of a table with eight columns: {@code bigint} key,
 * {@code bigint}, {@code text}, {@code numeric(12,2)}, two {@code timestamptz}, {@code text} of about 60 characters, {@code
 * jsonb} of about 150 bytes. Six of ten are inserts, three updates, one a delete.
 */
final class OrderEvents {

    static final Schema ROW = SchemaBuilder.struct()
            .name("shop.public.orders.Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("customer_id", Schema.INT64_SCHEMA)
            .field("status", Schema.STRING_SCHEMA)
            .field(
                    "total",
                    Decimal.builder(2)
                            .parameter("connect.decimal.precision", "12")
                            .build())
            .field("created_at", time())
            .field("updated_at", time())
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "details",
                    SchemaBuilder.string()
                            .name("io.debezium.data.Json")
                            .version(1)
                            .optional()
                            .build())
            .build();

    private static final Schema SOURCE = SchemaBuilder.struct()
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
                            .parameter(
                                    "allowed",
                                    "true,first,first_in_data_collection,last_in_data_collection,last,false,incremental")
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

    private static final Schema BLOCK = SchemaBuilder.struct()
            .name("event.block")
            .version(1)
            .optional()
            .field("id", Schema.STRING_SCHEMA)
            .field("total_order", Schema.INT64_SCHEMA)
            .field("data_collection_order", Schema.INT64_SCHEMA)
            .build();

    static final Schema ENVELOPE = SchemaBuilder.struct()
            .name("shop.public.orders.Envelope")
            .version(2)
            .field("before", ROW)
            .field("after", ROW)
            .field("source", SOURCE)
            .field("transaction", BLOCK)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    private static final long NOW_MICROS = 1_760_000_000_000_000L;

    private final Random random = new Random(5);

    private static Schema time() {
        return SchemaBuilder.string()
                .name("io.debezium.time.ZonedTimestamp")
                .version(1)
                .build();
    }

    /** As many events. */
    Struct[] events(int count) {
        Struct[] events = new Struct[count];
        for (int i = 0; i < count; i++) {
            events[i] = event(i);
        }
        return events;
    }

    private Struct event(int number) {
        int operation = number % 10;
        Struct envelope = new Struct(ENVELOPE);
        if (operation >= 9) {
            envelope.put(
                    "before",
                    new Struct(ROW)
                            .put("id", (long) number)
                            .put("customer_id", 0L)
                            .put("status", "")
                            .put("total", new BigDecimal("0.00"))
                            .put("created_at", "1970-01-01T00:00:00.000000Z")
                            .put("updated_at", "1970-01-01T00:00:00.000000Z"));
            envelope.put("op", "d");
        } else {
            envelope.put("after", row(number));
            envelope.put("op", operation < 6 ? "c" : "u");
        }
        long micros = NOW_MICROS + number * 37L;
        envelope.put("source", source(number, micros));
        return envelope.put("ts_ms", micros / 1000).put("ts_us", micros).put("ts_ns", micros * 1000);
    }

    private Struct row(int number) {
        return new Struct(ROW)
                .put("id", 1_000_000L + number)
                .put("customer_id", (long) random.nextInt(1_000_000))
                .put("status", random.nextBoolean() ? "shipped" : "pending")
                .put("total", BigDecimal.valueOf(random.nextInt(10_000_000), 2))
                .put("created_at", "2026-03-0" + (1 + random.nextInt(9)) + "T11:22:33.123456Z")
                .put("updated_at", "2026-03-1" + random.nextInt(9) + "T01:02:03.654321Z")
                .put(
                        "note",
                        "Leave it with the neighbours at number " + random.nextInt(100_000) + ", second floor, please")
                .put("details", details());
    }

    private String details() {
        return """
                {"sku": "AB-%05d", "tags": ["fragile", "gift"], "weight": %d.5, "options": {"wrap": true, "card": null, \
                "colour": "green"}, "warehouse": "north-%d", "lines": %d}"""
                .formatted(random.nextInt(100_000), random.nextInt(100), random.nextInt(10), random.nextInt(10));
    }

    private static Struct source(int number, long micros) {
        return new Struct(SOURCE)
                .put("version", "3.7.0.Final")
                .put("connector", "postgresql")
                .put("name", "shop")
                .put("ts_ms", micros / 1000)
                .put("db", "shop")
                .put("sequence", "[\"" + (24_023_128L + number) + "\",\"" + (24_023_200L + number * 300L) + "\"]")
                .put("ts_us", micros)
                .put("ts_ns", micros * 1000)
                .put("schema", "public")
                .put("table", "orders")
                .put("txId", 771L + number / 100)
                .put("lsn", 24_023_128L + number * 300L);
    }
}
