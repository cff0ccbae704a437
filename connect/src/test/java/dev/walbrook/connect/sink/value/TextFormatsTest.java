package dev.walbrook.connect.sink.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormatsTest {

    private static final SchemaBuilder POINT = SchemaBuilder.struct()
            .name("io.debezium.data.geometry.Point")
            .field("x", Schema.FLOAT64_SCHEMA)
            .field("y", Schema.FLOAT64_SCHEMA)
            .field("wkb", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("srid", Schema.OPTIONAL_INT32_SCHEMA);

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01",
        "19000, 2022-01-08",
        "-719163, 0001-12-31 BC",
        "-735160, 0044-03-15 BC",
        "2932897, 10000-01-01",
        "2147483647, infinity",
        "-2147483648, -infinity",
    })
    void writesDates(int days, String expected) {
        Schema date = SchemaBuilder.int32().name("io.debezium.time.Date").build();
        assertThat(TextFormats.of(date, "date").text(days)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Timestamp, 1700000000123, timestamp, 2023-11-14 22:13:20.123",
        "MicroTimestamp, 1700000000123456, timestamp, 2023-11-14 22:13:20.123456",
        "MicroTimestamp, -1, timestamp, 1969-12-31 23:59:59.999999",
        "MicroTimestamp, 0, timestamptz, 1970-01-01 00:00:00+00",
        "MicroTimestamp, 9223372036825200000, timestamp, infinity",
        "MicroTimestamp, -9223372036832400000, timestamp, -infinity",
        "Timestamp, 9223372036825200000, timestamp, infinity",
        "Timestamp, 9223372036825200, timestamp, infinity",
        "Timestamp, -9223372036832400, timestamp, -infinity",
        "NanoTimestamp, 1700000000123456789, timestamp, 2023-11-14 22:13:20.123456789",
        "NanoTimestamp, 9223372036854775807, timestamp, infinity",
        "NanoTimestamp, -9223372036854775808, timestamp, -infinity",
        "MicroTimestamp, 42, int8, 42",
        "MicroTime, 86400000000, time, 24:00:00",
        "MicroTime, 3723000001, time, 01:02:03.000001",
        "NanoTime, 3723000001000, time, 01:02:03.000001000",
        "MicroDuration, -31557600000001, interval, -8766:00:00.000001",
    })
    void writesNumbersOfTimeUnits(String name, long value, String type, String expected) {
        Schema schema = SchemaBuilder.int64().name("io.debezium.time." + name).build();
        assertThat(TextFormats.of(schema, type).text(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-02T03:04:05.123456Z, 2024-01-02T03:04:05.123456Z",
        "-0043-03-15T00:00:00Z, 0044-03-15T00:00:00Z BC",
        "0000-03-15T00:00:00Z, 0001-03-15T00:00:00Z BC",
        "+10000-01-01T00:00:00Z, 10000-01-01T00:00:00Z",
        "infinity, infinity",
        "-infinity, -infinity",
    })
    void writesTimestampsWithZone(String value, String expected) {
        Schema schema =
                SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp").build();
        assertThat(TextFormats.of(schema, "timestamptz").text(value)).isEqualTo(expected);
    }

    @Test
    void writesNumbers() {
        Schema variable = SchemaBuilder.struct()
                .name("io.debezium.data.VariableScaleDecimal")
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA)
                .build();
        Struct number = new Struct(variable).put("scale", 2).put("value", new BigInteger("-12345").toByteArray());

        assertThat(TextFormats.of(variable, "numeric").text(number)).isEqualTo("-123.45");
        assertThat(TextFormats.of(Decimal.schema(2), "numeric").text(new BigDecimal("1E+3")))
                .isEqualTo("1000");
        assertThat(TextFormats.of(Schema.STRING_SCHEMA, "numeric").text("NAN")).isEqualTo("NaN");
        assertThat(TextFormats.of(Schema.STRING_SCHEMA, "numeric").text("NEGATIVE_INFINITY"))
                .isEqualTo("-Infinity");
        assertThat(TextFormats.of(Schema.STRING_SCHEMA, "text").text("NAN")).isEqualTo("NAN");
        assertThat(TextFormats.of(Schema.FLOAT64_SCHEMA, "float8").text(Double.NEGATIVE_INFINITY))
                .isEqualTo("-Infinity");
        assertThat(TextFormats.of(Schema.BOOLEAN_SCHEMA, "bit").text(true)).isEqualTo("1");
        assertThat(TextFormats.of(Schema.BOOLEAN_SCHEMA, "bool").text(true)).isEqualTo("true");
    }

    @Test
    void writesBitsHighestFirst() {
        Schema bits = SchemaBuilder.bytes()
                .name("io.debezium.data.Bits")
                .parameter("length", "10")
                .build();

        assertThat(TextFormats.of(bits, "bit").text(new byte[] {0b101, 0b10})).isEqualTo("1000000101");
        assertThat(TextFormats.of(bits, "bit").text(new byte[] {0b101, 0})).isEqualTo("0000000101");
        assertThat(TextFormats.of(bits, "varbit").text(new byte[] {0b101, 0})).isEqualTo("101");
    }

    @Test
    void writesBytesByTheColumnsType() {
        ByteBuffer bytes = ByteBuffer.wrap("(1,\"a b\")".getBytes(StandardCharsets.UTF_8));

        assertThat(TextFormats.of(Schema.BYTES_SCHEMA, "bytea").text(new byte[] {0, (byte) 0xAB}))
                .isEqualTo("\\x00ab");
        assertThat(TextFormats.of(Schema.BYTES_SCHEMA, "pair").text(bytes)).isEqualTo("(1,\"a b\")");
        assertThatThrownBy(() -> TextFormats.of(Schema.BYTES_SCHEMA, "text").text(new byte[] {(byte) 0xAB}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void writesArraysWithEveryElementQuoted() {
        Schema texts = SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).build();
        Schema nested =
                SchemaBuilder.array(SchemaBuilder.array(Schema.INT32_SCHEMA)).build();
        Schema blobs = SchemaBuilder.array(Schema.BYTES_SCHEMA).build();

        assertThat(TextFormats.of(texts, "_text").text(Arrays.asList("a", null, "", "NULL", "q\"\\,{}")))
                .isEqualTo("{\"a\",NULL,\"\",\"NULL\",\"q\\\"\\\\,{}\"}");
        assertThat(TextFormats.of(nested, "_int4").text(List.of(List.of(1, 2), List.of(3, 4))))
                .isEqualTo("{{\"1\",\"2\"},{\"3\",\"4\"}}");
        assertThat(TextFormats.of(blobs, "_bytea").text(List.of(new byte[] {1})))
                .isEqualTo("{\"\\\\x01\"}");
        assertThat(TextFormats.of(texts, "_text").text(List.of())).isEqualTo("{}");
        assertThatThrownBy(() -> TextFormats.of(texts, "text")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesHstoreFromMapsAndFromJson() {
        Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Schema json = SchemaBuilder.string().name("io.debezium.data.Json").build();

        assertThat(TextFormats.of(map, "hstore").text(Map.of("k\"", "v"))).isEqualTo("\"k\\\"\"=>\"v\"");
        assertThat(TextFormats.of(json, "hstore").text("{\"a\":\"\\u00e9\\n\", \"b\" : null}"))
                .isEqualTo("\"a\"=>\"é\n\",\"b\"=>NULL");
        assertThat(TextFormats.of(json, "jsonb").text("{}")).isEqualTo("{}");
        assertThatThrownBy(() -> TextFormats.of(json, "hstore").text("{\"a\":[1]}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesPoints() {
        Schema schema = POINT.build();
        Struct point = new Struct(schema).put("x", 1.5).put("y", -2e300);

        assertThat(TextFormats.of(schema, "point").text(point)).isEqualTo("(1.5,-2.0E300)");
    }

    @ParameterizedTest
    @CsvSource({
        "IsoDate, 2024-02-29Z, date, 2024-02-29",
        "IsoDate, -0043-03-15Z, date, 0044-03-15 BC",
        "IsoDate, +10000-01-01Z, date, 10000-01-01",
        "IsoDate, +5877611-06-21Z, date, infinity",
        "IsoDate, -5877611-06-22Z, date, -infinity",
        "IsoDate, 2024-02-29Z, text, 2024-02-29Z",
        "IsoTime, 12:34:56.5Z, time, 12:34:56.5",
        "IsoTimestamp, 2024-02-29T12:34:56.5Z, timestamp, 2024-02-29T12:34:56.5",
        "IsoTimestamp, 2024-02-29T12:34:56.5Z, timestamptz, 2024-02-29T12:34:56.5Z",
        "IsoTimestamp, 0000-12-31T00:00:00Z, timestamp, 0001-12-31T00:00:00 BC",
        "IsoTimestamp, +292278994-08-16T23:00:00Z, timestamp, infinity",
        "IsoTimestamp, -292275055-05-16T23:00:00Z, timestamp, -infinity",
        "IsoTimestamp, +294247-01-10T04:00:25.2Z, timestamp, infinity",
    })
    void writesIsoText(String name, String value, String type, String expected) {
        Schema schema = SchemaBuilder.string().name("io.debezium.time." + name).build();

        assertThat(TextFormats.of(schema, type).text(value)).isEqualTo(expected);
    }

    @Test
    void writesStructuresOfTheParts() {
        assertThat(structured("StructuredDate", "date", Map.of("year", -43, "month", 3, "day", 15)))
                .isEqualTo("0044-03-15 BC");
        assertThat(structured("StructuredDate", "date", Map.of("specialValue", "NEGATIVE_INFINITY")))
                .isEqualTo("-infinity");
        assertThat(structured("StructuredTime", "time", Map.of("hour", 24))).isEqualTo("24:00:00");
        assertThat(structured("StructuredZonedTime", "timetz", Map.of("hour", 1, "offsetSeconds", -12600)))
                .isEqualTo("01:00:00-03:30:00");
        assertThat(structured(
                        "StructuredTimestamp", "timestamp", Map.of("year", 10000, "month", 1, "day", 2, "nanos", 5000)))
                .isEqualTo("10000-01-02 00:00:00.000005000");
        assertThat(structured(
                        "StructuredZonedTimestamp",
                        "timestamptz",
                        Map.of("year", 0, "month", 1, "day", 2, "second", 3)))
                .isEqualTo("0001-01-02 00:00:03+00:00:00 BC");
        assertThat(structured("StructuredDuration", "interval", Map.of("years", -1, "seconds", -6, "nanos", -7000)))
                .isEqualTo("-1 years 0 mons 0 days 0 hours 0 mins -6.000007000 secs");
        assertThat(structured("StructuredDuration", "interval", Map.of("nanos", -1000)))
                .isEqualTo("0 years 0 mons 0 days 0 hours 0 mins -0.000001000 secs");
    }

    private static String structured(String name, String type, Map<String, Object> parts) {
        SchemaBuilder builder = SchemaBuilder.struct().name("io.debezium.time." + name);
        for (String field : List.of(
                "year",
                "month",
                "day",
                "hour",
                "minute",
                "second",
                "nanos",
                "offsetSeconds",
                "years",
                "months",
                "days",
                "hours",
                "minutes",
                "seconds")) {
            builder.field(field, Schema.OPTIONAL_INT32_SCHEMA);
        }
        Schema schema =
                builder.field("specialValue", Schema.OPTIONAL_STRING_SCHEMA).build();
        Struct struct = new Struct(schema);
        parts.forEach(struct::put);
        return TextFormats.of(schema, type).text(struct);
    }

    @ParameterizedTest
    @CsvSource({"base64, AP8=", "base64-url-safe, AP8=", "hex, 00ff"})
    void writesBytesThatCameInText(String encoding, String value) {
        Schema schema =
                SchemaBuilder.string().parameter("__walbrook.binary", encoding).build();
        Schema list = SchemaBuilder.array(Schema.STRING_SCHEMA)
                .parameter("__walbrook.binary", encoding)
                .build();

        assertThat(TextFormats.of(schema, "bytea").text(value)).isEqualTo("\\x00ff");
        assertThat(TextFormats.of(list, "_bytea").text(List.of(value))).isEqualTo("{\"\\\\x00ff\"}");
    }

    @Test
    void writesBoxesWithTheirOwnDelimiter() {
        Schema list = SchemaBuilder.array(Schema.STRING_SCHEMA).build();

        assertThat(TextFormats.of(list, "_box").text(List.of("(1,2),(3,4)", "(5,6),(7,8)")))
                .isEqualTo("{\"(1,2),(3,4)\";\"(5,6),(7,8)\"}");
    }

    @Test
    void writesDoublesAsMoneyReadsThem() {
        assertThat(TextFormats.of(Schema.FLOAT64_SCHEMA, "money").text(9.223372036854776E16))
                .isEqualTo("92233720368547760");
    }
}
