package dev.walbrook.connect.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.connect.json.Oracle.Outcome;
import dev.walbrook.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random data of random schemas under random options: each byte is what Kafka's converter writes. */
class WritingLikeKafkaTest {

    private static final int CONFIGURATIONS = 150;

    private final long seed = Seeds.choose();
    private int written;
    private int refused;

    @Test
    void valuesWithSchemas() {
        Random random = new Random(seed);
        RandomData data = new RandomData(random);
        for (int i = 0; i < CONFIGURATIONS; i++) {
            Oracle oracle = Oracle.random(random);
            for (int schemas = 0; schemas < 8; schemas++) {
                Schema schema = data.schema(4);
                for (int values = 0; values < 8; values++) {
                    assertSame(oracle, schema, data.value(schema, 4));
                }
            }
        }
        assertThat(written).isGreaterThan(refused);
    }

    @Test
    void valuesWithoutSchema() {
        Random random = new Random(seed);
        RandomData data = new RandomData(random);
        for (int i = 0; i < CONFIGURATIONS; i++) {
            Oracle oracle = Oracle.random(random);
            for (int values = 0; values < 30; values++) {
                assertSame(oracle, null, data.anything(4));
            }
        }
        assertThat(written).isGreaterThan(refused);
    }

    @Test
    void valuesOfSchemasThatNoBuilderMakes() {
        Random random = new Random(seed);
        RandomData data = new RandomData(random);
        for (int i = 0; i < CONFIGURATIONS; i++) {
            Oracle oracle = Oracle.random(random);
            for (int values = 0; values < 30; values++) {
                Schema schema = data.brokenSchema();
                assertSame(oracle, schema, data.oneIn(3) ? data.anything(3) : data.fitting(schema));
            }
        }
        assertThat(written).isGreaterThan(refused / 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {998, 999, 1000, 1001})
    void depth(int depth) throws InterruptedException, ExecutionException {
        Object value = List.of();
        for (int i = 1; i < depth; i++) {
            value = List.of(value);
        }
        Object deepest = value;
        // Kafka's converter needs a large stack for as many levels.
        FutureTask<Void> comparison = new FutureTask<>(() -> {
            for (boolean schemas : new boolean[] {false, true}) {
                Oracle oracle = new Oracle(Map.of("schemas.enable", schemas));
                assertThat(oracle.oursWrites(null, deepest).failure())
                        .isEqualTo(oracle.kafkaWrites(null, deepest).failure());
            }
            return null;
        });
        new Thread(null, comparison, "deep", 16 << 20).start();
        comparison.get();
    }

    private void assertSame(Oracle oracle, Schema schema, Object value) {
        Outcome expected = oracle.kafkaWrites(schema, value);
        Outcome actual = oracle.oursWrites(schema, value);
        String about = "seed " + seed + ", " + oracle.properties + ", " + schema + ", value " + value
                + "; Kafka's says " + expected.message() + ", ours " + actual.message();
        if (expected.failure() == null) {
            written++;
        } else {
            refused++;
        }
        assertThat(actual.failure()).as(about).isEqualTo(expected.failure());
        assertThat(text(actual)).as(about).isEqualTo(text(expected));
        assertThat((byte[]) actual.result()).as(about).isEqualTo((byte[]) expected.result());
    }

    private static String text(Outcome outcome) {
        return outcome.result() == null ? null : new String((byte[]) outcome.result(), StandardCharsets.UTF_8);
    }
}
