package dev.walbrook.connect.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.connect.json.Oracle.Outcome;
import dev.walbrook.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random JSON, whole and damaged, under random options: what is read is what Kafka's converter reads. */
class ReadingLikeKafkaTest {

    private static final int CONFIGURATIONS = 100;

    private final long seed = Seeds.choose();
    private int read;
    private int refused;

    @Test
    void recordsThatKafkasConverterWrote() {
        Random random = new Random(seed);
        RandomData data = new RandomData(random);
        RandomJson documents = new RandomJson(random);
        for (int i = 0; i < CONFIGURATIONS; i++) {
            Oracle oracle = Oracle.random(random);
            for (int schemas = 0; schemas < 6; schemas++) {
                Schema schema = data.schema(4);
                for (int values = 0; values < 6; values++) {
                    Outcome written = oracle.kafkaWrites(schema, data.value(schema, 4));
                    if (written.failure() == null && written.result() != null) {
                        byte[] json = (byte[]) written.result();
                        assertSame(oracle, json);
                        assertSame(oracle, documents.damaged(json.clone()));
                    }
                }
            }
        }
        assertThat(read).isGreaterThan(refused);
    }

    @Test
    void schemasThatComeAgain() {
        Random random = new Random(seed);
        RandomJson documents = new RandomJson(random);
        for (int i = 0; i < CONFIGURATIONS; i++) {
            Oracle oracle = Oracle.random(random);
            String[] schemas = new String[12];
            Arrays.setAll(schemas, schema -> documents.schema(2));
            for (int values = 0; values < 60; values++) {
                String schema = schemas[random.nextInt(schemas.length)];
                String json = "{\"schema\":" + schema + ",\"payload\":" + documents.payload(schema) + "}";
                assertSame(oracle, text(json));
                if (random.nextInt(4) == 0) {
                    assertSame(oracle, documents.damaged(text(json)));
                }
            }
        }
        assertThat(read).isGreaterThan(1000);
    }

    @Test
    void documentsOfEveryKind() {
        Random random = new Random(seed);
        RandomJson documents = new RandomJson(random);
        for (int i = 0; i < CONFIGURATIONS; i++) {
            Oracle oracle = Oracle.random(random);
            for (int values = 0; values < 60; values++) {
                assertSame(oracle, documents.encoded(documents.value(3)));
                assertSame(oracle, documents.encoded(documents.envelope()));
                assertSame(oracle, documents.garbage());
            }
        }
        assertThat(read).isGreaterThan(1000);
    }

    @Test
    void payloadsOfAConfiguredSchema() {
        Random random = new Random(seed);
        RandomJson documents = new RandomJson(random);
        int configured = 0;
        for (int i = 0; i < CONFIGURATIONS * 3; i++) {
            Map<String, Object> properties = new HashMap<>();
            properties.put("schema.content", documents.schema(2));
            properties.put("replace.null.with.default", random.nextBoolean());
            Outcome expected =
                    Outcome.of(() -> configure(new org.apache.kafka.connect.json.JsonConverter(), properties));
            Outcome actual = Outcome.of(() -> {
                new JsonConverter().configure(properties, false);
                return null;
            });
            assertThat(actual.failure())
                    .as("seed %d, %s, %s", seed, properties, expected)
                    .isEqualTo(expected.failure());
            if (expected.failure() == null) {
                configured++;
                Oracle oracle = new Oracle(properties);
                for (int values = 0; values < 20; values++) {
                    assertSame(oracle, documents.encoded(documents.value(3)));
                }
                assertSame(oracle, new byte[0]);
            }
        }
        assertThat(configured).isGreaterThan(CONFIGURATIONS / 2);
    }

    private static Object configure(org.apache.kafka.connect.json.JsonConverter converter, Map<String, ?> properties) {
        converter.configure(properties, false);
        return null;
    }

    @Test
    void everyBeginning() {
        // The encoding is guessed from up to four bytes.
        Oracle plain = new Oracle(Map.of("schemas.enable", false));
        int[] bytes = {0, 1, ' ', '1', '"', 0x80, 0xBB, 0xBF, 0xEF, 0xFE, 0xFF};
        for (int a : bytes) {
            assertSame(plain, new byte[] {(byte) a});
            for (int b : bytes) {
                assertSame(plain, new byte[] {(byte) a, (byte) b});
                for (int c : bytes) {
                    assertSame(plain, new byte[] {(byte) a, (byte) b, (byte) c});
                    for (int d : bytes) {
                        assertSame(plain, new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
                        assertSame(plain, new byte[] {(byte) a, (byte) b, (byte) c, (byte) d, '1', ' '});
                    }
                }
            }
        }
    }

    @Test
    void everyEncodingOfACharacter() {
        Random random = new Random(seed);
        Oracle plain = new Oracle(Map.of("schemas.enable", false));
        for (int i = 0; i < 20_000; i++) {
            byte[] json = "{\"xxxxxx\":\"xxxxxx\"}".getBytes(StandardCharsets.US_ASCII);
            int at = random.nextBoolean() ? 2 : 11;
            int lead = new int[] {0xC0, 0xE0, 0xF0, 0xF8, 0x80}[random.nextInt(5)] | random.nextInt(16);
            json[at] = (byte) lead;
            for (int j = 1; j < 4; j++) {
                json[at + j] = (byte) (random.nextInt(10) == 0 ? random.nextInt(256) : 0x80 | random.nextInt(64));
            }
            assertSame(plain, json);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {499, 500, 501, 999, 1000, 1001, 1002})
    void depth(int depth) throws InterruptedException, ExecutionException {
        Oracle plain = new Oracle(Map.of("schemas.enable", false));
        // Kafka's converter needs a large stack for as many levels.
        FutureTask<Void> comparison = new FutureTask<>(() -> {
            assertSame(plain, text("[".repeat(depth) + "]".repeat(depth)));
            assertSame(plain, text("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
            return null;
        });
        new Thread(null, comparison, "deep", 16 << 20).start();
        comparison.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18, 19, 20, 998, 999, 1000, 1001, 1002, 1003})
    void lengthOfNumbers(int length) {
        Oracle plain = new Oracle(Map.of("schemas.enable", false));
        String digits = "1".repeat(length);
        for (String sign : new String[] {"", "-", "0", "-000"}) {
            for (String number : new String[] {
                digits,
                digits + ".5",
                "1." + digits,
                digits + "e1",
                digits + ".0E+12",
                "1e" + digits,
                "1e-0000000" + digits,
                "0." + "0".repeat(length),
                "9".repeat(length),
                "0".repeat(length)
            }) {
                assertSame(plain, text(sign + number));
                assertSame(plain, text("[" + sign + number + "]"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {49_996, 49_997, 49_998, 49_999, 50_000, 50_001, 50_004, 65_600, 200_000})
    void lengthOfNames(int length) {
        Oracle plain = new Oracle(Map.of("schemas.enable", false));
        assertSame(plain, text("{\"" + "n".repeat(length) + "\":1}"));
        assertSame(plain, text("{\"" + "n".repeat(length - 2) + "é\":1}"));
        assertSame(plain, text("{\"" + "n".repeat(length - 1) + "\\n\":1}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000_000, 20_000_001})
    void lengthOfStrings(int length) {
        Oracle plain = new Oracle(Map.of("schemas.enable", false));
        byte[] json = new byte[length + 2];
        Arrays.fill(json, (byte) 'x');
        json[0] = '"';
        json[length + 1] = '"';
        assertSame(plain, json);
    }

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private void assertSame(Oracle oracle, byte[] json) {
        Outcome expected = oracle.kafkaReads(json.clone());
        Outcome actual = oracle.oursReads(json);
        if (expected.failure() == null) {
            read++;
        } else {
            refused++;
        }
        if (expected.failure() != actual.failure()
                || !Rendering.of(expected.result()).equals(Rendering.of(actual.result()))) {
            String about = "seed " + seed + ", " + oracle.properties + ", Kafka's says " + expected.message()
                    + ", ours " + actual.message() + ": "
                    + new String(json, 0, Math.min(json.length, 3000), StandardCharsets.ISO_8859_1);
            assertThat(actual.failure()).as(about).isEqualTo(expected.failure());
            assertThat(Rendering.of(actual.result())).as(about).isEqualTo(Rendering.of(expected.result()));
        }
    }
}
