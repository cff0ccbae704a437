package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type: the column that is created for it, and the text PostgreSQL gives back for its values. The rows are written
 * twice, once with a key and once without, and those without are found again by their values and deleted.
 */
class SinkTypesIT {

    private static final Schema POINT = SchemaBuilder.struct()
            .name("io.debezium.data.geometry.Point")
            .field("x", Schema.FLOAT64_SCHEMA)
            .field("y", Schema.FLOAT64_SCHEMA)
            .field("wkb", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
            .optional()
            .parameter("__debezium.source.column.type", "POINT")
            .build();

    private static final Schema VARIABLE_SCALE = SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .field("scale", Schema.INT32_SCHEMA)
            .field("value", Schema.BYTES_SCHEMA)
            .optional()
            .parameter("__debezium.source.column.type", "NUMERIC")
            .parameter("__debezium.source.column.length", "131089")
            .parameter("__debezium.source.column.scale", "0")
            .build();

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    private static int tables;

    @BeforeAll
    static void startServer() {
        SERVER.execute("CREATE SCHEMA types");
        SERVER.execute("CREATE TYPE types.pair AS (a int, b text)");
        SERVER.execute("CREATE DOMAIN types.positive AS int CHECK (VALUE > 0)");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                of("BOOL", 1, 0, SchemaBuilder.bool(), true, "boolean", "true"),
                of("INT2", 5, 0, SchemaBuilder.int16(), (short) -32768, "smallint", "-32768"),
                of("INT4", 10, 0, SchemaBuilder.int32(), Integer.MAX_VALUE, "integer", "2147483647"),
                of("SERIAL", 10, 0, SchemaBuilder.int32(), 1, "integer", "1"),
                of("INT8", 19, 0, SchemaBuilder.int64(), Long.MIN_VALUE, "bigint", "-9223372036854775808"),
                of("OID", 10, 0, SchemaBuilder.int64(), 4294967295L, "oid", "4294967295"),
                of("FLOAT4", 8, 8, SchemaBuilder.float32(), 1.1f, "real", "1.1"),
                of("FLOAT4", 8, 8, SchemaBuilder.float32(), Float.NaN, "real", "NaN"),
                of("FLOAT8", 17, 17, SchemaBuilder.float64(), 1e-300, "double precision", "1e-300"),
                of("FLOAT8", 17, 17, SchemaBuilder.float64(), -0.0, "double precision", "-0"),
                of(
                        "FLOAT8",
                        17,
                        17,
                        SchemaBuilder.float64(),
                        Double.NEGATIVE_INFINITY,
                        "double precision",
                        "-Infinity"),
                of("NUMERIC", 12, 2, Decimal.builder(2), new BigDecimal("-1.50"), "numeric(12,2)", "-1.50"),
                of("NUMERIC", 12, 2, SchemaBuilder.string(), "NAN", "numeric(12,2)", "NaN"),
                of("NUMERIC", 131089, 0, SchemaBuilder.string(), "POSITIVE_INFINITY", "numeric", "Infinity"),
                of(
                        "MONEY",
                        Integer.MAX_VALUE,
                        0,
                        Decimal.builder(2),
                        new BigDecimal("-1234.50"),
                        "money",
                        "-$1,234.50"),
                of("VARCHAR", 5, 0, SchemaBuilder.string(), "größe", "character varying(5)", "größe"),
                of("VARCHAR", Integer.MAX_VALUE, 0, SchemaBuilder.string(), "", "character varying", ""),
                of("BPCHAR", 4, 0, SchemaBuilder.string(), "ab  ", "character(4)", "ab"),
                of("CHAR", 1, 0, SchemaBuilder.string(), "x", "\"char\"", "x"),
                of("TEXT", Integer.MAX_VALUE, 0, SchemaBuilder.string(), "it's \\ \"\n\uD83D\uDE80", "text", null),
                of("NAME", Integer.MAX_VALUE, 0, SchemaBuilder.string(), "n", "name", "n"),
                of("BYTEA", Integer.MAX_VALUE, 0, SchemaBuilder.bytes(), new byte[] {0, -1}, "bytea", "\\x00ff"),
                of("BIT", 1, 0, SchemaBuilder.bool(), true, "bit(1)", "1"),
                of("BIT", 10, 0, bits(10), new byte[] {5, 0}, "bit(10)", "0000000101"),
                of("VARBIT", 10, 0, bits(10), new byte[] {5, 2}, "bit varying(10)", "1000000101"),
                of("DATE", 13, 0, time(SchemaBuilder.int32(), "Date"), -735160, "date", "0044-03-15 BC"),
                of("DATE", 13, 0, time(SchemaBuilder.int32(), "Date"), Integer.MAX_VALUE, "date", "infinity"),
                of(
                        "TIME",
                        15,
                        6,
                        time(SchemaBuilder.int64(), "MicroTime"),
                        86_400_000_000L,
                        "time without time zone",
                        "24:00:00"),
                of("TIME", 12, 3, time(SchemaBuilder.int32(), "Time"), 1, "time(3) without time zone", "00:00:00.001"),
                of(
                        "TIMETZ",
                        21,
                        6,
                        time(SchemaBuilder.string(), "ZonedTime"),
                        "24:00:00Z",
                        "time with time zone",
                        "24:00:00+00"),
                of(
                        "TIMESTAMP",
                        29,
                        6,
                        time(SchemaBuilder.int64(), "MicroTimestamp"),
                        -1L,
                        "timestamp without time zone",
                        "1969-12-31 23:59:59.999999"),
                of(
                        "TIMESTAMP",
                        29,
                        6,
                        time(SchemaBuilder.int64(), "MicroTimestamp"),
                        9223372036825200000L,
                        "timestamp without time zone",
                        "infinity"),
                of(
                        "TIMESTAMP",
                        29,
                        6,
                        time(SchemaBuilder.int64(), "MicroTimestamp"),
                        -210866803200000000L,
                        "timestamp without time zone",
                        "4714-11-24 00:00:00 BC"),
                of(
                        "TIMESTAMP",
                        22,
                        0,
                        time(SchemaBuilder.int64(), "Timestamp"),
                        253402300800000L,
                        "timestamp(0) without time zone",
                        "10000-01-01 00:00:00"),
                zoned("2024-02-29T12:30:00.123456Z", "2024-02-29 12:30:00.123456+00"),
                zoned("-0043-03-15T01:02:03Z", "0044-03-15 01:02:03+00 BC"),
                zoned("+10000-01-01T00:00:00Z", "10000-01-01 00:00:00+00"),
                zoned("-infinity", "-infinity"),
                of(
                        "INTERVAL",
                        49,
                        6,
                        time(SchemaBuilder.int64(), "MicroDuration"),
                        -31_557_600_000_001L,
                        "interval",
                        "-8766:00:00.000001"),
                of(
                        "INTERVAL",
                        49,
                        6,
                        time(SchemaBuilder.string(), "Interval"),
                        "P1Y-2M3DT4H-5M-6.78S",
                        "interval",
                        "10 mons 3 days 03:54:53.22"),
                of("UUID", Integer.MAX_VALUE, 0, data("Uuid"), "6f0ab7a5-4f3c-4b1e-8d55-3f0c1c2b7a11", "uuid", null),
                of("JSON", Integer.MAX_VALUE, 0, data("Json"), "{\"b\":1,  \"a\":2}", "json", null),
                of("JSONB", Integer.MAX_VALUE, 0, data("Json"), "{\"a\": 1.0}", "jsonb", null),
                of("XML", Integer.MAX_VALUE, 0, data("Xml"), "<a b=\"c\">d</a>", "xml", null),
                of("TSVECTOR", Integer.MAX_VALUE, 0, data("Tsvector"), "'cat':2 'fat':1A", "tsvector", null),
                of("INET", Integer.MAX_VALUE, 0, SchemaBuilder.string(), "10.0.0.0/8", "inet", null),
                of("CIDR", Integer.MAX_VALUE, 0, SchemaBuilder.string(), "10.0.0.0/8", "cidr", null),
                of(
                        "MACADDR8",
                        Integer.MAX_VALUE,
                        0,
                        SchemaBuilder.string(),
                        "08:00:2b:01:02:03:04:05",
                        "macaddr8",
                        null),
                of("INT4RANGE", Integer.MAX_VALUE, 0, SchemaBuilder.string(), "[1,5)", "int4range", null),
                of(
                        "TSTZRANGE",
                        Integer.MAX_VALUE,
                        0,
                        SchemaBuilder.string(),
                        "[\"2024-01-01 00:00:00+00\",)",
                        "tstzrange",
                        null),
                of("POSITIVE", 10, 0, SchemaBuilder.int32(), 3, "types.positive", "3"),
                of(
                        "PAIR",
                        Integer.MAX_VALUE,
                        0,
                        SchemaBuilder.bytes(),
                        utf8("(1,\"a b\")"),
                        "types.pair",
                        "(1,\"a b\")"),
                of("PG_LSN", Integer.MAX_VALUE, 0, SchemaBuilder.bytes(), utf8("16/B374D848"), "pg_lsn", "16/B374D848"),
                of(
                        "INT4MULTIRANGE",
                        Integer.MAX_VALUE,
                        0,
                        SchemaBuilder.bytes(),
                        utf8("{[1,2),[5,7)}"),
                        "int4multirange",
                        "{[1,2),[5,7)}"),
                of("UNHEARD_OF", Integer.MAX_VALUE, 0, SchemaBuilder.bytes(), utf8("(x)"), "text", "(x)"),
                array(
                        "_INT4",
                        10,
                        Schema.OPTIONAL_INT32_SCHEMA,
                        Arrays.asList(1, null, -3),
                        "integer[]",
                        "{1,NULL,-3}"),
                array("_BOOL", 1, Schema.OPTIONAL_BOOLEAN_SCHEMA, List.of(true, false), "boolean[]", "{t,f}"),
                array(
                        "_TEXT",
                        0,
                        Schema.OPTIONAL_STRING_SCHEMA,
                        List.of("a b", "NULL", "\"\\,"),
                        "text[]",
                        "{\"a b\",\"NULL\",\"\\\"\\\\,\"}"),
                array("_BYTEA", 0, Schema.OPTIONAL_BYTES_SCHEMA, List.of(new byte[] {1}), "bytea[]", "{\"\\\\x01\"}"),
                array(
                        "_NUMERIC",
                        5,
                        Decimal.builder(2).optional().build(),
                        List.of(new BigDecimal("1.20")),
                        "numeric(5,2)[]",
                        "{1.20}"),
                array(
                        "_TIMESTAMPTZ",
                        6,
                        time(SchemaBuilder.string(), "ZonedTimestamp")
                                .optional()
                                .build(),
                        List.of("-0043-03-15T01:02:03Z"),
                        "timestamp with time zone[]",
                        "{\"0044-03-15 01:02:03+00 BC\"}"),
                array(
                        "_JSONB",
                        0,
                        data("Json").optional().build(),
                        List.of("{\"a\": [1, 2]}"),
                        "jsonb[]",
                        "{\"{\\\"a\\\": [1, 2]}\"}"),
                array("_UUID", 0, data("Uuid").optional().build(), List.of(), "uuid[]", "{}"),
                shape("BOX", 3, "(3.0,4.0),(1.0,2.0)", Map.of(), 3, 4, 3, 2, 1, 2, 1, 4, 3, 4),
                shape("POLYGON", 3, "((0.0,0.0),(1.0,0.0),(0.0,1.0))", Map.of(), 0, 0, 1, 0, 0, 1, 0, 0),
                shape("LSEG", 2, "[(0.0,0.0),(1.0,1.0)]", Map.of(), 0, 0, 1, 1),
                shape("PATH", 2, "[(0.0,0.0),(1.0,1.0)]", Map.of("closed", "false"), 0, 0, 1, 1),
                shape("PATH", 2, "((0.0,0.0),(1.0,1.0))", Map.of("closed", "true"), 0, 0, 1, 1),
                Arguments.of(
                        "variable scale",
                        VARIABLE_SCALE,
                        new Struct(VARIABLE_SCALE)
                                .put("scale", 20)
                                .put("value", new BigInteger("-123456789012345678901234567890").toByteArray()),
                        "numeric",
                        "-1234567890.12345678901234567890"),
                Arguments.of("point", POINT, new Struct(POINT).put("x", 1.5).put("y", 1e300), "point", "(1.5,1e+300)"));
    }

    @ParameterizedTest(name = "{0} {3} {4}")
    @MethodSource("values")
    void comesBackAsItWas(String type, Schema schema, Object value, String expectedType, String expected) {
        String table = "t" + ++tables;
        Map<String, Schema> columns = Events.columns("id", Schema.INT32_SCHEMA, "value", schema);
        Events keyed = new Events("types", table, columns, "id");
        Events many = new Events("types", table + "m", columns, "id");
        Events keyless = new Events("types", table + "k", columns);
        PostgresSinkTask task = new PostgresSinkTask();
        task.initialize(new DirectContext());
        task.start(SERVER.with(Map.of(
                "name", "it",
                "insert.mode", "upsert",
                "delete.enabled", "true",
                "primary.key.mode", "record_key",
                "schema.evolution", "basic",
                "collection.name.format", "${source.schema}.${source.table}")));
        try {
            task.put(List.of(keyed.create(1, value), keyed.create(2, null)));
            // Enough rows for one statement to write them all: first new ones, then over these.
            for (int time = 0; time < 2; time++) {
                task.put(IntStream.range(0, 30)
                        .mapToObj(id -> many.create(id, id % 2 == 0 ? value : null))
                        .toList());
            }
            task.put(List.of(keyless.create(1, value), keyless.create(2, null), keyless.create(1, value)));
            task.put(List.of(keyless.delete(1, value), keyless.delete(2, null)));
        } finally {
            task.stop();
        }

        assertThat(SERVER.query("SELECT id, value::text, format_type(atttypid, atttypmod) FROM types." + table
                        + ", pg_attribute WHERE attrelid = 'types." + table
                        + "'::regclass AND attname = 'value' ORDER BY id"))
                .containsExactly(
                        "1|" + (expected == null ? value : expected) + "|" + expectedType, "2|NULL|" + expectedType);
        assertThat(SERVER.query("SELECT id FROM types." + table + "k")).containsExactly("1");
        assertThat(SERVER.query("SELECT value::text, count(*) FROM types." + table + "m GROUP BY 1 ORDER BY 1"))
                .containsExactly((expected == null ? value : expected) + "|15", "NULL|15");
    }

    private static Arguments of(
            String type,
            int length,
            int scale,
            SchemaBuilder schema,
            Object value,
            String expectedType,
            String expected) {
        return Arguments.of(
                type, propagated(schema, type, length, scale).optional().build(), value, expectedType, expected);
    }

    private static Arguments zoned(String value, String expected) {
        return of(
                "TIMESTAMPTZ",
                35,
                6,
                time(SchemaBuilder.string(), "ZonedTimestamp"),
                value,
                "timestamp with time zone",
                expected);
    }

    private static Arguments array(
            String type, int length, Schema element, List<?> value, String expectedType, String expected) {
        return of(type, length, 2, SchemaBuilder.array(element), value, expectedType, expected);
    }

    /** @param wkbType 2 for a line, 3 for a polygon */
    private static Arguments shape(
            String type, int wkbType, String expected, Map<String, String> extensions, double... coordinates) {
        Schema schema = SchemaBuilder.struct()
                .name("io.debezium.data.geometry.Geometry")
                .field("wkb", Schema.BYTES_SCHEMA)
                .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
                .field(
                        "extensions",
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                                .optional()
                                .build())
                .optional()
                .parameter("__debezium.source.column.type", type)
                .build();
        ByteBuffer wkb = ByteBuffer.allocate(13 + coordinates.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        wkb.put((byte) 1).putInt(wkbType);
        if (wkbType == 3) {
            wkb.putInt(1);
        }
        wkb.putInt(coordinates.length / 2);
        for (double coordinate : coordinates) {
            wkb.putDouble(coordinate);
        }
        Struct value = new Struct(schema)
                .put("wkb", Arrays.copyOf(wkb.array(), wkb.position()))
                .put("extensions", extensions);
        return Arguments.of(type, schema, value, type.toLowerCase(Locale.ROOT), expected.replace(".0", ""));
    }

    private static SchemaBuilder propagated(SchemaBuilder schema, String type, int length, int scale) {
        return schema.parameter("__debezium.source.column.type", type)
                .parameter("__debezium.source.column.length", Integer.toString(length))
                .parameter("__debezium.source.column.scale", Integer.toString(scale));
    }

    private static SchemaBuilder time(SchemaBuilder schema, String name) {
        return schema.name("io.debezium.time." + name);
    }

    private static SchemaBuilder data(String name) {
        return SchemaBuilder.string().name("io.debezium.data." + name);
    }

    private static SchemaBuilder bits(int length) {
        return SchemaBuilder.bytes().name("io.debezium.data.Bits").parameter("length", Integer.toString(length));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
