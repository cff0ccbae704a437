package dev.walbrook.connect.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.connect.json.Oracle.Outcome;
import dev.walbrook.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;

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
