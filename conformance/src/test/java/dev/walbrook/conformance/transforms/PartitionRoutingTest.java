package dev.walbrook.conformance.transforms;

import dev.walbrook.testkit.Seeds;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PartitionRouting}: rows must keep their partitions to the bit. */
class PartitionRoutingTest {

    private static final String NAME = "transforms.partitions.PartitionRouting";
    private static final String TOPIC = "shop.public.orders";

    @Test
    void everyCombination() {
        Map<String, List<String>> options = new LinkedHashMap<>();
        options.put(
                "partition.payload.fields",
                List.of(
                        "change.id",
                        "after.id",
                        "before.id",
                        "change.region,source.table,op",
                        "change.amount, change.note ,change.tags",
                        "source.lsn,transaction.total_order",
                        "nothing",
                        "change.nothing",
                        "op.nothing",
                        "change",
                        "source",
                        "change.paid"));
        options.put("partition.topic.num", List.of("1", "3", "100"));
        options.put("partition.hash.function", Arrays.asList(null, "java", "murmur", "MURMUR"));

        for (Map<String, String> combination : TransformPair.combinations(options)) {
            new TransformPair(NAME, combination).assertSame(Events.everyKind(TOPIC));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "murmur"})
    void randomValues(String hash) {
        Random random = Seeds.random();
        TransformPair pair = new TransformPair(
                NAME,
                Map.of(
                        "partition.payload.fields",
                        "after.id,after.note,after.amount,after.photo,after.region",
                        "partition.topic.num",
                        "1000003",
                        "partition.hash.function",
                        hash));
        Schema row = Events.orders(TOPIC);

        for (int i = 0; i < 2_000; i++) {
            Struct values = Events.order(row, random.nextLong())
                    .put("note", text(random))
                    .put("region", random.nextBoolean() ? text(random) : null)
                    .put("amount", BigDecimal.valueOf(random.nextInt(), 2))
                    .put("photo", ByteBuffer.wrap(text(random).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            SourceRecord record = Events.event(TOPIC, row, null, "c", null, values);
            pair.assertSame(List.of(record));
        }
    }

    /** Up to fifty characters of every length in UTF-8, and halves of pairs. */
    private static String text(Random random) {
        int[] limits = {0x80, 0x800, 0x10000, 0x110000};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(50); i > 0; i--) {
            text.appendCodePoint(random.nextInt(limits[random.nextInt(limits.length)]));
        }
        return text.toString();
    }
}
