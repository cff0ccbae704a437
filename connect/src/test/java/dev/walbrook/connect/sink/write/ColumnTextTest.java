package dev.walbrook.connect.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.connect.json.JsonConverter;
import dev.walbrook.connect.sink.record.FieldFilter;
import dev.walbrook.connect.sink.record.PrimaryKeyMode;
import dev.walbrook.connect.sink.record.RecordReader;
import dev.walbrook.connect.sink.record.Row;
import dev.walbrook.connect.sink.record.RowChange;
import dev.walbrook.connect.sink.record.TableNaming;
import dev.walbrook.connect.sink.value.TextFormats;
import dev.walbrook.testkit.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;

/** The text that is made of a value still in its JSON is the text of the value that Kafka's converter makes of it. */
class ColumnTextTest {

    private static final String PLACEHOLDER = "__debezium_unavailable_value";

    private static final List<String> TYPES = List.of(
            "int2",
            "int4",
            "int8",
            "numeric",
            "float4",
            "float8",
            "money",
            "text",
            "bool",
            "bit",
            "bytea",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "interval",
            "json",
            "hstore",
            "_text",
            "_int4");

    /** Values of a schema. */
    private record Kind(SchemaBuilder schema, Function<Random, Object> values) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(SchemaBuilder.int8(), random -> (byte) integer(random)),
            new Kind(SchemaBuilder.int16(), random -> (short) integer(random)),
            new Kind(SchemaBuilder.int32(), random -> (int) integer(random)),
            new Kind(SchemaBuilder.int64(), ColumnTextTest::integer),
            new Kind(SchemaBuilder.float32(), random -> (float) real(random)),
            new Kind(SchemaBuilder.float64(), ColumnTextTest::real),
            new Kind(SchemaBuilder.bool(), Random::nextBoolean),
            new Kind(SchemaBuilder.string(), ColumnTextTest::text),
            new Kind(SchemaBuilder.string().name("io.debezium.data.Json"), random -> "{\"a\":" + integer(random) + "}"),
            new Kind(
                    SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp"),
                    random -> "20" + (10 + random.nextInt(80)) + "-01-02T03:04:05." + random.nextInt(1000) + "Z"),
            new Kind(SchemaBuilder.bytes(), ColumnTextTest::bytes),
            new Kind(SchemaBuilder.bytes().name("io.debezium.data.Bits"), ColumnTextTest::bytes),
            new Kind(Decimal.builder(0), random -> decimal(random, 0)),
            new Kind(Decimal.builder(2), random -> decimal(random, 2)),
            new Kind(Decimal.builder(-3), random -> decimal(random, -3)),
            new Kind(Decimal.builder(20), random -> decimal(random, 20)),
            new Kind(SchemaBuilder.int32().name("io.debezium.time.Date"), random -> (int) integer(random)),
            new Kind(SchemaBuilder.int32().name("io.debezium.time.Time"), random -> random.nextInt(86_400_000)),
            new Kind(SchemaBuilder.int64().name("io.debezium.time.MicroTime"), ColumnTextTest::integer),
            new Kind(SchemaBuilder.int64().name("io.debezium.time.Timestamp"), ColumnTextTest::integer),
            new Kind(SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp"), ColumnTextTest::integer),
            new Kind(SchemaBuilder.int64().name("io.debezium.time.NanoTimestamp"), ColumnTextTest::integer),
            new Kind(SchemaBuilder.int64().name("io.debezium.time.MicroDuration"), ColumnTextTest::integer),
            new Kind(
                    org.apache.kafka.connect.data.Date.builder(),
                    random -> date(86_400_000L * (random.nextInt(100_000) - 50_000))),
            new Kind(org.apache.kafka.connect.data.Time.builder(), random -> date(random.nextInt(86_400_000))),
            new Kind(Timestamp.builder(), random -> date(integer(random) >> 20)),
            new Kind(SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA), random -> List.of(text(random), text(random))),
            new Kind(
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA),
                    random -> Map.of("k" + random.nextInt(), text(random))));

    private final long seed = Seeds.choose();
    private final RecordReader reader = new RecordReader(new RecordReader.Settings(
            TableNaming.parse("t"), PrimaryKeyMode.NONE, List.of(), FieldFilter.ALL, true, false, PLACEHOLDER));

    @Test
    void textOfEveryKindOfValue() {
        Random random = new Random(seed);
        int compared = 0;
        for (int round = 0; round < 300; round++) {
            Map<String, Object> properties = Map.of(
                    "decimal.format",
                    random.nextBoolean() ? "BASE64" : "NUMERIC",
                    "replace.null.with.default",
                    random.nextBoolean());
            Converter kafkas = configured(new org.apache.kafka.connect.json.JsonConverter(), properties);
            Converter ours = configured(new JsonConverter(), properties);
            SchemaBuilder builder = SchemaBuilder.struct();
            List<Kind> kinds = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                kinds.add(KINDS.get(random.nextInt(KINDS.size())));
                builder.field("c" + i, optional(kinds.get(i).schema()));
            }
            Schema schema = builder.build();
            for (int i = 0; i < 5; i++) {
                Struct struct = new Struct(schema);
                for (int column = 0; column < kinds.size(); column++) {
                    Object value = random.nextInt(5) == 0
                            ? null
                            : kinds.get(column).values().apply(random);
                    struct.put("c" + column, value);
                }
                byte[] json = kafkas.fromConnectData("t", schema, struct);
                compared += compare(random, row(kafkas, json), row(ours, json));
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    private int compare(Random random, Row expected, Row actual) {
        int texts = 0;
        for (int column = 0; column < 6; column++) {
            Schema schema = expected.shape().columns().get(column).schema();
            String type = TYPES.get(random.nextInt(TYPES.size()));
            String about = "seed " + seed + ", " + schema.type() + " " + schema.name() + " as " + type;
            if (random.nextInt(4) == 0) {
                assertThat(actual.isUnavailable(column)).as(about).isEqualTo(expected.isUnavailable(column));
            }
            String text = text(expected, column, schema, type);
            assertThat(text(actual, column, schema, type)).as(about).isEqualTo(text);
            texts += text == null || text.startsWith("refused") ? 0 : 1;
        }
        return texts;
    }

    private static String text(Row row, int column, Schema schema, String type) {
        try {
            return new ColumnText(TextFormats.of(schema, type, 6)).of(row, column);
        } catch (IllegalArgumentException | ClassCastException e) {
            return "refused with " + e.getClass();
        }
    }

    private Row row(Converter converter, byte[] json) {
        SchemaAndValue value = converter.toConnectData("t", json);
        return ((RowChange.Put) reader.read(new SinkRecord("t", 0, null, null, value.schema(), value.value(), 1)))
                .after();
    }

    private static Converter configured(Converter converter, Map<String, ?> properties) {
        converter.configure(properties, false);
        return converter;
    }

    private static Schema optional(SchemaBuilder like) {
        SchemaBuilder optional =
                switch (like.type()) {
                    case ARRAY -> SchemaBuilder.array(like.valueSchema());
                    case MAP -> SchemaBuilder.map(like.keySchema(), like.valueSchema());
                    default -> new SchemaBuilder(like.type());
                };
        if (like.name() != null) {
            optional.name(like.name());
        }
        if (like.parameters() != null) {
            optional.parameters(like.parameters());
        }
        if (like.version() != null) {
            optional.version(like.version());
        }
        return optional.optional().build();
    }

    private static long integer(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private static Date date(long millis) {
        return Date.from(Instant.ofEpochMilli(millis));
    }

    private static double real(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(1000);
            case 1 -> -0.0;
            case 2 -> Double.longBitsToDouble(random.nextLong() & ~(0x7FFL << 52) | 1000L << 52);
            default -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
        };
    }

    private static BigDecimal decimal(Random random, int scale) {
        return new BigDecimal(new BigInteger(random.nextInt(100), random), scale)
                .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(Random random) {
        List<String> pieces =
                List.of("a", "NAN", "\"", "\\", "\n", "é", "漢", "😀", "\uD83D", " ", "2", "{", "'", PLACEHOLDER);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
