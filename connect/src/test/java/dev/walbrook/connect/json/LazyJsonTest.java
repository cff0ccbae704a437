package dev.walbrook.connect.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.connect.data.LazyStruct;
import dev.walbrook.connect.json.Oracle.Outcome;
import dev.walbrook.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

/** Structs whose values were left in the text answer everything that Kafka's answer, in whatever order they are asked. */
class LazyJsonTest {

    private static final int CONFIGURATIONS = 60;

    private static final Schema ROW = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field("body", Schema.OPTIONAL_BYTES_SCHEMA)
            .build();

    private final long seed = Seeds.choose();

    @Test
    void everyQuestion() {
        Random random = new Random(seed);
        RandomJson documents = new RandomJson(random);
        int lazy = 0;
        for (int i = 0; i < CONFIGURATIONS; i++) {
            Oracle oracle = Oracle.random(random);
            for (byte[] json : structs(random, oracle)) {
                lazy += compare(random, oracle, json);
                compare(random, oracle, documents.damaged(json.clone()));
            }
        }
        assertThat(lazy).isGreaterThan(CONFIGURATIONS);
    }

    private static List<byte[]> structs(Random random, Oracle oracle) {
        RandomData data = new RandomData(random);
        List<byte[]> records = new ArrayList<>();
        for (int schemas = 0; schemas < 10; schemas++) {
            SchemaBuilder builder = SchemaBuilder.struct().optional();
            int fields = 1 + random.nextInt(6);
            for (int field = 0; field < fields; field++) {
                builder.field("f" + field, data.schema(3));
            }
            Schema schema = builder.build();
            for (int values = 0; values < 4; values++) {
                Outcome written = oracle.kafkaWrites(schema, data.value(schema, 4));
                if (written.result() != null) {
                    records.add((byte[]) written.result());
                }
            }
        }
        return records;
    }

    private int compare(Random random, Oracle oracle, byte[] json) {
        Outcome read = oracle.kafkaReads(json);
        if (read.failure() != null || !(((SchemaAndValue) read.result()).value() instanceof Struct first)) {
            return 0;
        }
        Schema schema = first.schema();
        String described = Rendering.of(schema);
        if (described.contains("MAP") && described.contains("BYTES")) {
            // Arrays of bytes as keys have another order each time.
            return 0;
        }
        for (Function<Struct, Object> question : questions(oracle)) {
            Struct expected = (Struct) oracle.kafka.toConnectData("topic", json).value();
            Struct actual = (Struct) oracle.ours.toConnectData("topic", json).value();
            int before = random.nextInt(3);
            for (int i = 0; i < before; i++) {
                // What was asked before makes no difference.
                Field field = schema.fields().get(random.nextInt(schema.fields().size()));
                assertSame(json, actual.get(field), expected.get(field));
                assertThat(actual.get(field.name())).as("seed %d", seed).isSameAs(actual.get(field.name()));
            }
            assertSame(json, answer(question, actual), answer(question, expected));
        }
        return oracle.ours.toConnectData("topic", json).value() instanceof LazyStruct ? 1 : 0;
    }

    private List<Function<Struct, Object>> questions(Oracle oracle) {
        return List.of(
                struct -> of(struct, field -> struct.get(field)),
                struct -> of(struct, field -> struct.get(field.name())),
                struct -> of(struct, field -> struct.getWithoutDefault(field.name())),
                struct -> of(struct, field -> typed(struct, field)),
                struct -> of(struct, field -> struct.getStruct(field.name())),
                struct -> struct.get("no such field"),
                struct -> text(struct),
                // Arrays of bytes are equal to themselves alone, be they values or a schema's defaults.
                struct -> Rendering.of(struct.schema()).contains("BYTES") ? "" : struct.hashCode(),
                struct -> {
                    struct.validate();
                    return "valid";
                },
                struct -> of(struct, field -> struct.put(field, struct.get(field))),
                struct -> of(struct, field -> struct.put(field.name(), "perhaps of the wrong type")),
                struct -> of(struct, field -> struct.put(field.name(), null)),
                struct -> {
                    Struct copy = new Struct(struct.schema());
                    struct.schema().fields().forEach(field -> copy.put(field.name(), struct.get(field.name())));
                    return copy;
                },
                struct -> new String(
                        oracle.kafka.fromConnectData("topic", struct.schema(), struct), StandardCharsets.UTF_8),
                struct -> new String(
                        oracle.ours.fromConnectData("topic", struct.schema(), struct), StandardCharsets.UTF_8));
    }

    /** The text, without what arrays are called. */
    private static String text(Struct struct) {
        return struct.toString().replaceAll("\\[B@[0-9a-f]+", "[B@");
    }

    private static Object typed(Struct struct, Field field) {
        String name = field.name();
        return switch (field.schema().type()) {
            case INT8 -> struct.getInt8(name);
            case INT16 -> struct.getInt16(name);
            case INT32 -> struct.getInt32(name);
            case INT64 -> struct.getInt64(name);
            case FLOAT32 -> struct.getFloat32(name);
            case FLOAT64 -> struct.getFloat64(name);
            case BOOLEAN -> struct.getBoolean(name);
            case STRING -> struct.getString(name);
            case BYTES -> struct.getBytes(name);
            case ARRAY -> struct.getArray(name);
            case MAP -> struct.getMap(name);
            case STRUCT -> struct.getStruct(name);
        };
    }

    /** The answers for all fields, and what the struct is then. */
    private static Object of(Struct struct, Function<Field, Object> question) {
        List<Object> answers = new ArrayList<>();
        for (Field field : struct.schema().fields()) {
            answers.add(answer(any -> question.apply(field), struct));
        }
        answers.add(struct);
        return answers;
    }

    private static Object answer(Function<Struct, Object> question, Struct struct) {
        try {
            return question.apply(struct);
        } catch (RuntimeException e) {
            return e.getClass();
        }
    }

    private void assertSame(byte[] json, Object actual, Object expected) {
        assertThat(Rendering.of(actual))
                .as("seed %d, %s", seed, new String(json, StandardCharsets.ISO_8859_1))
                .isEqualTo(Rendering.of(expected));
    }

    @Test
    void structsOfEqualTextAreEqual() {
        Struct one = row("{\"id\":1,\"note\":\"a\\nb\",\"body\":\"AQID\"}");
        Struct equal = row(" { \"body\" : \"AQID\" , \"note\" : \"a\\u000ab\" , \"id\" : 1 } ");
        Struct other = row("{\"id\":2,\"note\":null}");

        assertThat(one).isInstanceOf(LazyStruct.class).isEqualTo(equal).isNotEqualTo(other);
        assertThat(one.hashCode()).isEqualTo(equal.hashCode());
    }

    @Test
    void aValueIsTheSameEachTime() {
        Struct row = row("{\"id\":1,\"note\":\"a\",\"body\":\"AQID\"}");
        row.getBytes("body")[0] = 7;

        assertThat(row.getBytes("body")).containsExactly(7, 2, 3);
        assertThat((byte[]) row.put("id", 5L).get("body")).containsExactly(7, 2, 3);
        assertThat(row.getInt64("id")).isEqualTo(5);
        assertThat(row.getString("note")).isEqualTo("a");
    }

    @Test
    void whatIsWrongIsSaidAtOnce() {
        for (String wrong : List.of(
                "{\"note\":\"a\"}",
                "{\"id\":null}",
                "{\"id\":1,\"note\":\"\\x\"}",
                "{\"id\":1,\"note\":\"\\u12g4\"}",
                "{\"id\":1,\"note\":\"a\tb\"}",
                "{\"id\":1,\"note\":\"a",
                "{\"id\":1,\"body\":\"AQI\"}",
                "{\"id\":1,\"unknown\":[}",
                "{\"id\":1.}",
                "{\"id\":1",
                "{\"id\":1,}")) {
            assertThatThrownBy(() -> row(wrong)).as(wrong).isInstanceOf(DataException.class);
        }
    }

    @Test
    void keysAreOrdinaryStructs() {
        JsonConverter keys = new JsonConverter();
        keys.configure(Map.of(), true);

        Object key = keys.toConnectData("topic", record("{\"id\":1}")).value();

        assertThat(key).isEqualTo(new Struct(ROW).put("id", 1L));
    }

    @Test
    void manyThreadsMayReadOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 2_000; i++) {
                Struct row = row("{\"id\":" + i + ",\"note\":\"n" + i + "\",\"body\":\"AQID\"}");
                List<Future<List<Object>>> seen = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    boolean all = thread == 0;
                    seen.add(threads.submit(() -> {
                        int hash = all ? row.hashCode() : 0;
                        return List.of(row.get("id"), row.get("note"), row.get("body"), hash == 0 ? "" : "hashed");
                    }));
                }
                for (Future<List<Object>> each : seen) {
                    assertThat(each.get().subList(0, 2)).containsExactly((long) i, "n" + i);
                    assertThat(each.get().get(2)).isSameAs(row.get("body"));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Struct row(String payload) {
        JsonConverter values = new JsonConverter();
        values.configure(Map.of(), false);
        return (Struct) values.toConnectData("topic", record(payload)).value();
    }

    private static byte[] record(String payload) {
        String schema = "{\"type\":\"struct\",\"fields\":[{\"type\":\"int64\",\"optional\":false,\"field\":\"id\"},"
                + "{\"type\":\"string\",\"optional\":true,\"field\":\"note\"},"
                + "{\"type\":\"bytes\",\"optional\":true,\"field\":\"body\"}],\"optional\":false}";
        return ("{\"schema\":" + schema + ",\"payload\":" + payload + "}").getBytes(StandardCharsets.UTF_8);
    }
}
