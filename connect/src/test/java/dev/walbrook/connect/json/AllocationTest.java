package dev.walbrook.connect.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How much a converted record costs the garbage collector, which unlike time can be measured on any machine: the record
 * itself, and little more. Kafka's converter takes three to five times the record.
 */
class AllocationTest {

    private static final int WARM_UP = 20_000;
    private static final int RECORDS = 2_000;

    /** Room for a copy of each long string and a number's digits. */
    private static final int BESIDES_THE_RECORD = 800;

    private static final Schema ROW = SchemaBuilder.struct()
            .name("shop.public.orders.Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("customer_id", Schema.INT64_SCHEMA)
            .field("status", Schema.STRING_SCHEMA)
            .field("total", Decimal.schema(2))
            .field("created_at", Schema.STRING_SCHEMA)
            .field("updated_at", Schema.STRING_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field("details", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("source")
            .field("connector", Schema.STRING_SCHEMA)
            .field(
                    "snapshot",
                    SchemaBuilder.string().optional().defaultValue("false").build())
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name("shop.public.orders.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWrittenRecordCostsLittleMoreThanItself(boolean schemas) {
        Converter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", schemas), false);
        Struct event = event();
        int length = converter.fromConnectData("orders", ENVELOPE, event).length;
        write(converter, event, WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        long bytes = write(converter, event, RECORDS);

        long perRecord = (threads.getCurrentThreadAllocatedBytes() - before) / RECORDS;
        assertThat(bytes).isEqualTo((long) length * RECORDS);
        assertThat(perRecord).isBetween((long) length, (long) length + BESIDES_THE_RECORD);
    }

    private static long write(Converter converter, Struct event, int times) {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            bytes += converter.fromConnectData("orders", ENVELOPE, event).length;
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReadRecordDoesNotCostItsSchema(boolean schemas) {
        Converter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", schemas), false);
        byte[] record = converter.fromConnectData("orders", ENVELOPE, event());
        read(converter, record, WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        int values = read(converter, record, RECORDS);

        // Connect's structs check each value they are given, and that costs them something.
        long perRecord = (threads.getCurrentThreadAllocatedBytes() - before) / RECORDS;
        assertThat(values).isEqualTo(RECORDS);
        assertThat(perRecord).isLessThan(6_000);
    }

    private static int read(Converter converter, byte[] record, int times) {
        int values = 0;
        for (int i = 0; i < times; i++) {
            if (converter.toConnectData("orders", record).value() != null) {
                values++;
            }
        }
        return values;
    }

    private static Struct event() {
        Struct row = new Struct(ROW)
                .put("id", 1_000_017L)
                .put("customer_id", 4711L)
                .put("status", "shipped")
                .put("total", new BigDecimal("1234.56"))
                .put("created_at", "2026-03-01T11:22:33.123456Z")
                .put("updated_at", "2026-03-02T01:02:03.654321Z")
                .put("note", "Leave it with the neighbours at number 17, second floor, please")
                .put("details", "{\"tags\": [\"fragile\", \"gift\"], \"weight\": 12.5, \"colour\": \"green\"}");
        Struct source = new Struct(SOURCE)
                .put("connector", "postgresql")
                .put("ts_ms", 1_760_000_000_000L)
                .put("lsn", 24_023_128L);
        return new Struct(ENVELOPE)
                .put("after", row)
                .put("source", source)
                .put("op", "c")
                .put("ts_ms", 1_760_000_000_123L);
    }
}
