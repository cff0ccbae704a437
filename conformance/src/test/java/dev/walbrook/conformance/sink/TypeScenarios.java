package dev.walbrook.conformance.sink;

import static dev.walbrook.conformance.sink.SinkScenario.scenario;

import dev.walbrook.conformance.Subject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Columns of every type, as both sources write them, with and without the types' names. */
final class TypeScenarios {

    /**
     * A column.
     *
     * @param name its name, without the {@code c_} that it begins with
     * @param sql its type
     * @param first a literal, of the first row
     * @param second another, of rows that come later
     */
    private record Column(String name, String sql, String first, String second) {}

    private static final List<Column> COLUMNS = List.of(
            column("bool", "boolean", "true", "false"),
            column("int2", "smallint", "7", "-32768"),
            column("int4", "integer", "7", "-2147483648"),
            column("int8", "bigint", "7", "-9223372036854775808"),
            column("real", "real", "1.5", "-0.25"),
            column("double", "double precision", "1.5", "1e300"),
            column("numeric_12_3", "numeric(12,3)", "12.5", "-999999999.999"),
            column("numeric", "numeric", "1.50", "12345678901234567890.123456789"),
            column("money", "money", "'1.50'", "'-1234.56'"),
            column("text", "text", "'it''s'", "''"),
            column("varchar_20", "varchar(20)", "'ab'", "' ä '"),
            column("char_5", "char(5)", "'ab'", "'abcde'"),
            column("bytea", "bytea", "'\\x00ff7f80'", "''"),
            column("date", "date", "'2024-02-29'", "'1969-12-31'"),
            column("time", "time", "'12:34:56.123456'", "'00:00'"),
            column("time_3", "time(3)", "'12:34:56.123'", "'23:59:59.999'"),
            column("timetz", "timetz", "'12:34:56.123456+02'", "'00:00:00Z'"),
            column("timestamp", "timestamp", "'2024-02-29 12:34:56.789012'", "'1969-12-31 23:59:59.999999'"),
            column("timestamp_3", "timestamp(3)", "'2024-02-29 12:34:56.789'", "'1970-01-01 00:00:00'"),
            column("timestamptz", "timestamptz", "'2024-02-29 12:34:56.789012+02'", "'1999-12-31 23:59:59Z'"),
            column("interval", "interval", "'3 days 04:05:06'", "'-00:00:01.5'"),
            column("uuid", "uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'00000000-0000-0000-0000-000000000000'"),
            column("json", "json", "'{\"a\": [1, 2]}'", "'null'"),
            column("jsonb", "jsonb", "'{\"a\": [1, 2]}'", "'\"x\"'"),
            column("xml", "xml", "'<a>b</a>'", "'<c/>'"),
            column("bit_1", "bit(1)", "B'1'", "B'0'"),
            column("bit_11", "bit(11)", "B'10000000001'", "B'00000000000'"),
            column("varbit_12", "bit varying(12)", "B'1'", "B'100000001'"),
            column("inet", "inet", "'10.1.2.3/8'", "'::1'"),
            column("cidr", "cidr", "'10.0.0.0/8'", "'192.168.1.0/24'"),
            column("macaddr", "macaddr", "'08:00:2b:01:02:03'", "'ff:ff:ff:ff:ff:ff'"),
            column("int4range", "int4range", "'[1,5)'", "'empty'"),
            column("tstzrange", "tstzrange", "'[2024-01-01 00:00Z,)'", "'empty'"),
            column("int_array", "integer[]", "'{1,NULL,3}'", "'{}'"),
            column("text_array", "text[]", "'{a,\"b, c\",NULL}'", "'{}'"),
            column("oid", "oid", "7", "4294967295"),
            column("mood", "mood", "'sad'", "'happy'"),
            column("positive", "positive", "1", "2"));

    private TypeScenarios() {}

    private static Column column(String name, String sql, String first, String second) {
        return new Column(name, sql, first, second);
    }

    /** Fills the topics that the scenarios read. */
    static void record() {
        List<String> before = new ArrayList<>();
        before.add("CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE DOMAIN positive AS integer CHECK (VALUE > 0)");
        before.add("CREATE TABLE types (id int PRIMARY KEY, "
                + listed(column -> "c_" + column.name() + " " + column.sql()) + ")");
        String first = listed(Column::first);
        String second = listed(Column::second);
        before.add("INSERT INTO types VALUES (1, " + first + "), (2, " + second + ")");
        before.add("INSERT INTO types VALUES (3)");
        StringBuilder changes = new StringBuilder();
        changes.append("INSERT INTO types VALUES (4, " + first + "), (5, " + first + ");");
        changes.append("UPDATE types SET " + listed(column -> "c_" + column.name() + " = " + column.second())
                + " WHERE id = 4;");
        changes.append("DELETE FROM types WHERE id = 5;");
        before.add(
                "CREATE TABLE toast (id int PRIMARY KEY, big text, n int); ALTER TABLE toast ALTER big SET STORAGE EXTERNAL");
        changes.append("INSERT INTO toast VALUES (1, repeat('x', 9000), 1), (2, 'short', 1);");
        changes.append("UPDATE toast SET n = 2;");
        RecordedTopics.record(before, Map.of("types", 3), changes.toString(), Map.of("types", 8, "toast", 4));
    }

    private static String listed(Function<Column, String> text) {
        return COLUMNS.stream().map(text).collect(Collectors.joining(", "));
    }

    static List<SinkScenario> all() {
        List<SinkScenario> all = new ArrayList<>();
        for (Subject source : Subject.values()) {
            String name = source == Subject.DEBEZIUM ? "Debezium's source" : "our source";
            for (String profile : List.of("plain", "typed")) {
                boolean typed = profile.equals("typed");
                String how = typed ? ", with column.propagate.source.type" : "";
                String prefix = RecordedTopics.prefix(source, profile);
                all.add(differing(reading("type/" + prefix, "every type from " + name + how), source, typed)
                        .reading(prefix + ".public.types")
                        .build());
                all.add(reading("toast/" + prefix, "updates that leave large values alone, from " + name + how)
                        .reading(prefix + ".public.toast")
                        .differs(
                                "toast\\[0].big",
                                "a large value that an update left alone stays; Debezium's sink writes the placeholder over it")
                        .build());
            }
        }
        all.add(ofAnySource());
        all.addAll(timeZones());
        return all;
    }

    private static SinkScenario.Builder reading(String id, String title) {
        return scenario(id, title).mirroring().using("collection.name.format", "{schema}_${source.table}");
    }

    private static SinkScenario.Builder differing(SinkScenario.Builder scenario, Subject source, boolean typed) {
        scenario.differs(
                        "types.c_money type",
                        typed
                                ? "the source's own type: money"
                                : "a decimal whose precision nobody tells is numeric, which takes any, not numeric(38,n)")
                .differs(
                        "types.c_numeric type|types\\[\\d].c_numeric",
                        "a number of any scale is numeric and keeps its digits; Debezium's sink makes it double precision");
        if (typed) {
            scenario.differs("types\\[\\d].c_money", "the source's own type: money")
                    .differs("types.c_mood type", "enums are created with the source's labels")
                    .differs("types\\[\\d].c_varbit_12", "bits of varying length are not filled up with zeros");
        }
        if (typed && source == Subject.WALBROOK) {
            scenario.differs(
                    "types\\[0].c_(interval|timetz)",
                    "the text of values that lose something in the event format comes in a header: an interval's days, a"
                            + " time's zone");
        }
        return scenario;
    }

    /** Semantic types that other databases' connectors, or producers without a database, write. */
    private static SinkScenario ofAnySource() {
        Events any = Events.of(
                "any",
                "id",
                Schema.INT32_SCHEMA,
                "tiny",
                Schema.OPTIONAL_INT8_SCHEMA,
                "small",
                Schema.OPTIONAL_INT16_SCHEMA,
                "real_number",
                Schema.OPTIONAL_FLOAT32_SCHEMA,
                "double_number",
                Schema.OPTIONAL_FLOAT64_SCHEMA,
                "flag",
                Schema.OPTIONAL_BOOLEAN_SCHEMA,
                "bytes",
                Schema.OPTIONAL_BYTES_SCHEMA,
                "day",
                Date.builder().optional().build(),
                "moment",
                Timestamp.builder().optional().build(),
                "clock",
                Time.builder().optional().build(),
                "price",
                Decimal.builder(2)
                        .optional()
                        .parameter("connect.decimal.precision", "8")
                        .build(),
                "year",
                semantic(SchemaBuilder.int32(), "io.debezium.time.Year"),
                "days",
                semantic(SchemaBuilder.int32(), "io.debezium.time.Date"),
                "millis",
                semantic(SchemaBuilder.int64(), "io.debezium.time.Timestamp"),
                "micros",
                semantic(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"),
                "nanos",
                semantic(SchemaBuilder.int64(), "io.debezium.time.NanoTimestamp"),
                "zoned",
                semantic(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"),
                "zoned_time",
                semantic(SchemaBuilder.string(), "io.debezium.time.ZonedTime"),
                "document",
                semantic(SchemaBuilder.string(), "io.debezium.data.Json"),
                "markup",
                semantic(SchemaBuilder.string(), "io.debezium.data.Xml"),
                "uuid",
                semantic(SchemaBuilder.string(), "io.debezium.data.Uuid"),
                "choice",
                SchemaBuilder.string()
                        .name("io.debezium.data.Enum")
                        .optional()
                        .parameter("allowed", "a,b")
                        .build(),
                "choices",
                SchemaBuilder.string()
                        .name("io.debezium.data.EnumSet")
                        .optional()
                        .parameter("allowed", "a,b")
                        .build());
        return scenario("type/any-source", "semantic types of any source")
                .mirroring()
                .records(
                        any.create(
                                1,
                                (byte) 1,
                                (short) 2,
                                1.5f,
                                2.25,
                                true,
                                new byte[] {0, -1},
                                java.util.Date.from(Instant.parse("2024-02-29T00:00:00Z")),
                                java.util.Date.from(Instant.parse("2024-02-29T12:34:56.789Z")),
                                java.util.Date.from(Instant.parse("1970-01-01T12:34:56.789Z")),
                                new BigDecimal("123456.78"),
                                2024,
                                19_782,
                                1_709_210_096_789L,
                                1_709_210_096_789_012L,
                                1_709_210_096_789_012_345L,
                                "2024-02-29T12:34:56.789012Z",
                                "12:34:56.789012Z",
                                "{\"a\": 1}",
                                "<a/>",
                                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                                "a",
                                "a,b"),
                        any.create(2))
                .build();
    }

    private static Schema semantic(SchemaBuilder builder, String name) {
        return builder.name(name).optional().build();
    }

    private static List<SinkScenario> timeZones() {
        Events times = Events.of(
                "times",
                "id",
                Schema.INT32_SCHEMA,
                "zoned",
                semantic(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"),
                "local",
                semantic(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"),
                "moment",
                Timestamp.builder().optional().build());
        SinkRecordText summer = times.create(
                1,
                "2024-07-01T12:34:56.789012Z",
                1_719_837_296_789_012L,
                java.util.Date.from(Instant.parse("2024-07-01T12:34:56.789Z")));
        return List.of(
                scenario("zone/utc", "moments with and without zone, by default")
                        .with("use.time.zone", "UTC")
                        .mirroring()
                        .records(summer)
                        .build(),
                scenario("zone/other", "moments with and without zone, elsewhere")
                        .with("use.time.zone", "America/New_York")
                        .mirroring()
                        .records(summer)
                        .build(),
                scenario("zone/alias", "the older name of the property")
                        .with("database.time_zone", "America/New_York")
                        .mirroring()
                        .records(summer)
                        .build(),
                scenario("zone/crossed", "moments without zone into columns with one, and the other way round")
                        .with("use.time.zone", "America/New_York")
                        .mirroring()
                        .before("CREATE TABLE server_{schema}_times (id int PRIMARY KEY, zoned timestamp, local"
                                + " timestamptz, moment timestamptz)")
                        .records(summer)
                        .build());
    }
}
