package dev.walbrook.connect.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SimpleHeaderConverterTest {

    private static final List<String> NAMES = List.of("one", "two", "__debezium.context.connectorName");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "postgresql",
            "server-1",
            "0",
            "-7",
            "3.5",
            "1e400",
            "true",
            "null",
            "NaN",
            "2026-11-21",
            "2026-11-21T10:00:00.000Z",
            "[1, 2]",
            "[1, \"two\"]",
            "{\"a\": 1}",
            "{\"a\"",
            "\"quoted \\\"text\\\"\"",
            "größer",
            "x".repeat(2_000));

    private final HeaderConverter ours = new SimpleHeaderConverter();
    private final HeaderConverter kafkas = new org.apache.kafka.connect.storage.SimpleHeaderConverter();

    private record Header(@Nullable Schema schema, @Nullable Object value) {}

    @Test
    void readsWhatKafkasReads() {
        Random random = Seeds.random();
        for (int i = 0; i < 5_000; i++) {
            String name = pick(random, NAMES);
            byte[] text = random.nextInt(20) == 0
                    ? randomBytes(random)
                    : pick(random, TEXTS).getBytes(StandardCharsets.UTF_8);

            SchemaAndValue read = ours.toConnectHeader("t", name, text);

            assertThat(read).isEqualTo(kafkas.toConnectHeader("t", name, text));
        }
        assertThat(ours.toConnectHeader("t", "one", null)).isEqualTo(kafkas.toConnectHeader("t", "one", null));
    }

    @Test
    void writesWhatKafkasWrites() {
        Random random = Seeds.random();
        List<Supplier<Header>> headers = List.of(
                () -> new Header(Schema.STRING_SCHEMA, pick(random, TEXTS)),
                () -> new Header(Schema.OPTIONAL_STRING_SCHEMA, pick(random, TEXTS)),
                () -> new Header(null, pick(random, TEXTS)),
                () -> new Header(Schema.OPTIONAL_STRING_SCHEMA, null),
                () -> new Header(null, null),
                () -> new Header(Schema.INT32_SCHEMA, random.nextInt(3)),
                () -> new Header(Schema.INT64_SCHEMA, (long) random.nextInt(3)),
                () -> new Header(Schema.FLOAT64_SCHEMA, random.nextInt(3) / 2.0),
                () -> new Header(Schema.BOOLEAN_SCHEMA, random.nextBoolean()),
                () -> new Header(Decimal.schema(1), new BigDecimal("1.5")),
                () -> new Header(Schema.BYTES_SCHEMA, randomBytes(random)),
                () -> new Header(SchemaBuilder.array(Schema.INT32_SCHEMA).build(), List.of(1, random.nextInt(3))),
                () -> new Header(
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                                .build(),
                        Map.of("k", pick(random, TEXTS))));
        for (int i = 0; i < 5_000; i++) {
            String name = pick(random, NAMES);
            Header header = pick(random, headers).get();

            byte[] written = ours.fromConnectHeader("t", name, header.schema, header.value);

            assertThat(written).isEqualTo(kafkas.fromConnectHeader("t", name, header.schema, header.value));
        }
    }

    @Test
    void convertsTheSameHeaderOnce() {
        byte[] first = "postgresql".getBytes(StandardCharsets.UTF_8);
        byte[] second = first.clone();

        assertThat(ours.toConnectHeader("t", "name", second)).isSameAs(ours.toConnectHeader("t", "name", first));
        assertThat(ours.fromConnectHeader("t", "name", Schema.STRING_SCHEMA, "postgresql"))
                .isSameAs(ours.fromConnectHeader("t", "name", Schema.STRING_SCHEMA, "postgresql"));
    }

    @Test
    void goesOnWhenThereAreMoreNamesThanItRemembers() {
        for (int i = 0; i < 1_000; i++) {
            byte[] text = ("value " + i).getBytes(StandardCharsets.UTF_8);

            assertThat(ours.toConnectHeader("t", "name " + i, text).value()).isEqualTo("value " + i);
            assertThat(ours.fromConnectHeader("t", "name " + i, Schema.STRING_SCHEMA, "value " + i))
                    .isEqualTo(text);
        }
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return bytes;
    }
}
